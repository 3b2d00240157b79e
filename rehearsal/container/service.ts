import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { SluiceError } from "../../lib/error.ts";
import { evaluate, type Scope } from "../language/expression.ts";
import type { Token } from "../language/token.ts";
import { isMap, toText, type Value } from "../language/value.ts";
import type { StepLog } from "../runner/step-log.ts";
import { ask, type ContainerEngine, containerEngine, options } from "./engine.ts";
import { pullWithCredentials } from "./registry.ts";

const START_LIMIT_MS = 10 * 60_000;
const HEALTH_LIMIT_MS = 5 * 60_000;
const HEALTH_EVERY_MS = 500;

/** A service container as `job.services` tells of it. */
export interface RunningService {
  readonly id: string;
  readonly name: string;
  readonly ports: { readonly [port: string]: string };
}

export interface RunningServices {
  readonly services: { readonly [name: string]: RunningService };
  readonly stop: () => Promise<void>;
}

/** Starts the service containers of a job, and waits until those with a health check are healthy. */
export async function startServices(
  token: Token,
  given: {
    readonly scope: Scope;
    readonly path: string;
    readonly log: StepLog;
    /** Beside a job in a container all ports are the machine's: nothing has to be published. */
    readonly isOnHost: boolean;
  },
): Promise<RunningServices> {
  const wanted = evaluate(token, given.scope);
  const entries = isMap(wanted) ? Object.entries(wanted) : [];
  const names = entries.map(([name]) => name).join(", ");
  const engine = await containerEngine(given.path, `The service ${names}`);
  const env = { ...process.env, PATH: given.path };
  const started: string[] = [];
  const stop = async (): Promise<void> => {
    if (started.length === 0) return;
    await ask(engine.path, ["rm", "--force", "--volumes", ...started], env, START_LIMIT_MS);
  };
  try {
    const services: { [name: string]: RunningService } = {};
    for (const [name, setting] of entries) {
      // An empty image is GitHub's way of leaving a service out.
      if (toText(isMap(setting) ? (setting.image ?? "") : setting) === "") continue;
      const container = `sluice-${name}-${randomUUID().slice(0, 8)}`;
      started.push(container);
      given.log.write("runner", `Starting the service ${name} with ${engine.name}`);
      services[name] = await start(engine, env, container, setting, given.isOnHost);
    }
    for (const { name } of Object.values(services)) await healthy(engine, env, name);
    return { services, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function start(
  engine: ContainerEngine,
  env: NodeJS.ProcessEnv,
  name: string,
  setting: Value,
  isOnHost: boolean,
): Promise<RunningService> {
  const fields = isMap(setting) ? setting : { image: setting };
  const texts = (value: Value | undefined): string[] =>
    Array.isArray(value) ? value.map(toText) : [];
  const variables = isMap(fields.env ?? null)
    ? Object.entries(fields.env as { [key: string]: Value })
    : [];
  const entrypoint = toText(fields.entrypoint ?? "");
  const args = [
    "run",
    "--detach",
    `--name=${name}`,
    ...(isOnHost ? ["--network=host"] : texts(fields.ports).map((port) => `--publish=${port}`)),
    ...texts(fields.volumes).map((volume) => `--volume=${volume}`),
    ...variables.map(([key]) => `--env=${key}`),
    ...(entrypoint === "" ? [] : [`--entrypoint=${entrypoint}`]),
    ...options(toText(fields.options ?? "")),
    toText(fields.image ?? ""),
    ...options(toText(fields.command ?? "")),
  ];
  const own = Object.fromEntries(variables.map(([key, value]) => [key, toText(value)]));
  await pullWithCredentials(engine, env, toText(fields.image ?? ""), fields.credentials);
  const run = await ask(engine.path, args, { ...env, ...own }, START_LIMIT_MS);
  if (run.code !== 0) {
    throw new SluiceError("unhealthy", `The service ${name} did not start: ${run.err.trim()}`);
  }
  const shown = await ask(engine.path, ["port", name], env, START_LIMIT_MS);
  return { id: run.out.trim(), name, ports: portsIn(shown.out) };
}

/** `6379/tcp -> 0.0.0.0:49153`, a line each. */
function portsIn(text: string): { [port: string]: string } {
  const lines = text.matchAll(/^(\d+)\/\w+ -> \S*:(\d+)$/gm);
  return Object.fromEntries([...lines].map((match) => [match[1] ?? "", match[2] ?? ""]));
}

async function healthy(
  engine: ContainerEngine,
  env: NodeJS.ProcessEnv,
  name: string,
): Promise<void> {
  const format = "--format={{if .State.Health}}{{.State.Health.Status}}{{end}}";
  const deadline = Date.now() + HEALTH_LIMIT_MS;
  while (Date.now() < deadline) {
    const { out } = await ask(engine.path, ["inspect", format, name], env, START_LIMIT_MS);
    const state = out.trim();
    if (state === "" || state === "healthy") return;
    if (state === "unhealthy") break;
    await sleep(HEALTH_EVERY_MS);
  }
  throw new SluiceError("unhealthy", `The service ${name} did not become healthy`);
}
