import { randomUUID } from "node:crypto";
import { SluiceError } from "../../lib/error.ts";
import { evaluate, type Scope } from "../language/expression.ts";
import type { Token } from "../language/token.ts";
import { isMap } from "../language/value.ts";
import type { StepLog } from "../runner/step-log.ts";
import { options } from "./command-line.ts";
import { ask, type ContainerEngine, containerEngine, engineEnvironment } from "./engine.ts";
import { healthy } from "./health.ts";
import { imageFor } from "./image.ts";
import { MARK } from "./left-behind.ts";
import { pullWithCredentials } from "./registry.ts";
import { removeContainers } from "./remove.ts";
import { type ContainerSetting, containerSetting } from "./setting.ts";
import { passed } from "./variables.ts";
import { prepareVolumes } from "./volume.ts";

const START_LIMIT_MS = 30 * 60_000;
const ASK_LIMIT_MS = 60_000;

/** A service container as `job.services` tells of it. */
export interface RunningService {
  readonly id: string;
  readonly name: string;
  readonly ports: { readonly [port: string]: string };
}

export interface RunningServices {
  readonly services: { readonly [name: string]: RunningService };
  /** Ends them; where there is a log, what they printed is in it. */
  readonly stop: (log?: StepLog) => Promise<void>;
}

interface Given {
  readonly scope: Scope;
  readonly path: string;
  readonly log: StepLog;
  /** Ends the waiting for images and health. */
  readonly signal: AbortSignal;
  /** Beside a job in a container all ports are the machine's: nothing has to be published. */
  readonly isOnHost: boolean;
}

/** Starts the service containers of a job, and waits until those with a health check are healthy. */
export async function startServices(token: Token, given: Given): Promise<RunningServices> {
  const wanted = evaluate(token, given.scope);
  const entries = isMap(wanted) ? Object.entries(wanted) : [];
  const names = entries.map(([name]) => name).join(", ");
  const engine = await containerEngine(given.path, `The service ${names}`);
  const env = engineEnvironment(given.path);
  const started = new Map<string, string>();
  const stop = async (log?: StepLog): Promise<void> => {
    for (const [name, container] of started) {
      if (log) await tellLog(engine, env, name, container, log);
    }
    const containers = [...started.values()];
    started.clear();
    await removeContainers(engine, env, containers);
  };
  try {
    const services: { [name: string]: RunningService } = {};
    for (const [name, value] of entries) {
      const setting = containerSetting(value);
      // An empty image is GitHub's way of leaving a service out.
      if (setting.image === "") continue;
      const container = `sluice-${name}-${randomUUID().slice(0, 8)}`;
      started.set(name, container);
      given.log.write("runner", `Starting the service ${name} with ${engine.name}`);
      services[name] = await start(engine, env, { name, container, setting }, given);
    }
    for (const [name, { name: container }] of Object.entries(services)) {
      await healthy(name, container, { ...given, engine, env });
    }
    return { services, stop };
  } catch (error) {
    await stop(given.log);
    throw error;
  }
}

async function start(
  engine: ContainerEngine,
  own: NodeJS.ProcessEnv,
  wanted: { readonly name: string; readonly container: string; readonly setting: ContainerSetting },
  { isOnHost, signal }: Given,
): Promise<RunningService> {
  const { name, container, setting } = wanted;
  const variables = passed(setting.env, own);
  const image = await imageFor(engine, own, setting.image);
  await pullWithCredentials(engine, own, image, setting.credentials, signal);
  await prepareVolumes(engine, own, setting.volumes);
  const args = [
    "run",
    "--detach",
    `--name=${container}`,
    `--label=${MARK}`,
    ...(isOnHost ? ["--network=host"] : setting.ports.map((port) => `--publish=${port}`)),
    ...setting.volumes.map((volume) => `--volume=${volume}`),
    ...variables.args,
    ...(setting.entrypoint === "" ? [] : [`--entrypoint=${setting.entrypoint}`]),
    ...options(setting.options),
    image,
    ...options(setting.command),
  ];
  const run = await ask(engine.path, args, variables.env, { limitMs: START_LIMIT_MS, signal });
  if (run.code !== 0) {
    throw new SluiceError("unhealthy", `The service ${name} did not start: ${run.err.trim()}`);
  }
  const shown = await ask(engine.path, ["port", container], own, { limitMs: ASK_LIMIT_MS });
  return { id: run.out.trim(), name: container, ports: portsIn(shown.out) };
}

/** `6379/tcp -> 0.0.0.0:49153`, a line each. */
function portsIn(text: string): { [port: string]: string } {
  const lines = text.matchAll(/^(\d+)\/\w+ -> \S*:(\d+)$/gm);
  return Object.fromEntries([...lines].map((match) => [match[1] ?? "", match[2] ?? ""]));
}

async function tellLog(
  engine: ContainerEngine,
  env: NodeJS.ProcessEnv,
  name: string,
  container: string,
  log: StepLog,
): Promise<void> {
  const { out, err, code } = await ask(engine.path, ["logs", container], env, {
    limitMs: ASK_LIMIT_MS,
  });
  if (code !== 0) return;
  log.write("group", `What the service ${name} printed`);
  for (const text of [out, err]) if (text.trim() !== "") log.write("runner", text.trimEnd());
  log.write("end-group", "");
}
