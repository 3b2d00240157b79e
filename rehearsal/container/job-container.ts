import { randomUUID } from "node:crypto";
import { SluiceError } from "../../lib/error.ts";
import { evaluate, type Scope } from "../language/expression.ts";
import type { Token } from "../language/token.ts";
import { isMap, toText, type Value } from "../language/value.ts";
import type { RunningJob } from "../runner/running-job.ts";
import type { StepLog } from "../runner/step-log.ts";
import { ask, containerEngine, options } from "./engine.ts";
import { pullWithCredentials } from "./registry.ts";

const START_LIMIT_MS = 10 * 60_000;
/** Where the runner's own Node.js is inside, as on GitHub. */
const NODE_INSIDE = "/__e/node24/bin/node";

/** The container in which the steps of a job run. */
export interface JobContainer {
  readonly id: string;
  readonly name: string;
  /** The program that runs it. */
  readonly engine: string;
}

export interface StartedContainer {
  readonly container: JobContainer | undefined;
  readonly stop: () => Promise<void>;
}

/**
 * Starts the container of a job's steps, idle. The run's folders have the same names inside, so that no path changes; the
 * network is the machine's, since the rehearsal's GitHub is on loopback, and services have their names there.
 */
export async function startJobContainer(
  token: Token,
  given: {
    readonly scope: Scope;
    readonly path: string;
    readonly log: StepLog;
    readonly job: RunningJob;
    readonly services: readonly string[];
  },
): Promise<StartedContainer> {
  const value = evaluate(token, given.scope);
  const fields = isMap(value) ? value : { image: value };
  const image = toText(fields.image ?? "");
  if (image === "") return { container: undefined, stop: async () => {} };
  const engine = await containerEngine(given.path, `The job's container ${image}`);
  const name = `sluice-job-${randomUUID().slice(0, 8)}`;
  const variables = isMap(fields.env ?? null)
    ? Object.entries(fields.env as { [key: string]: Value })
    : [];
  const args = [
    "run",
    "--detach",
    `--name=${name}`,
    "--network=host",
    ...given.services.map((service) => `--add-host=${service}:127.0.0.1`),
    `--workdir=${given.job.folders.workspace}`,
    ...mounts(given.job),
    ...texts(fields.volumes).map((volume) => `--volume=${volume}`),
    ...variables.map(([key]) => `--env=${key}`),
    "--entrypoint=tail",
    ...options(toText(fields.options ?? "")),
    image,
    "-f",
    "/dev/null",
  ];
  const own = Object.fromEntries(variables.map(([key, text]) => [key, toText(text)]));
  const env = { ...process.env, PATH: given.path };
  given.log.write("runner", `Starting the job's container ${image} with ${engine.name}`);
  const stop = async (): Promise<void> => {
    await ask(engine.path, ["rm", "--force", "--volumes", name], env, START_LIMIT_MS);
  };
  await pullWithCredentials(engine, env, image, fields.credentials);
  const run = await ask(engine.path, args, { ...env, ...own }, START_LIMIT_MS);
  if (run.code !== 0) {
    await stop();
    throw new SluiceError("unhealthy", `The job's container did not start: ${run.err.trim()}`);
  }
  return { container: { id: run.out.trim(), name, engine: engine.path }, stop };
}

/** The job's own folders to write, and the repositories whose actions it may use to read. */
function mounts(job: RunningJob): string[] {
  const { workspace, temp, toolCache, eventFile } = job.folders;
  const read = new Set([
    eventFile,
    job.tree.root,
    job.checkoutRoot,
    ...job.mappings.map((known) => known.path),
  ]);
  return [
    ...[workspace, temp, toolCache].map((path) => `--volume=${path}:${path}`),
    `--volume=${workspace}:/__w`,
    `--volume=${workspace}:/github/workspace`,
    ...[...read].map((path) => `--volume=${path}:${path}:ro`),
    `--volume=${process.execPath}:${NODE_INSIDE}:ro`,
  ];
}

function texts(value: Value | undefined): string[] {
  return Array.isArray(value) ? value.map((item: Value) => toText(item)) : [];
}

export interface Command {
  readonly command: string;
  readonly args: readonly string[];
  readonly cwd: string;
}

/** A step's process, inside its job's container; paths that steps added stand before the container's own. */
export function insideOf(
  container: JobContainer,
  process_: Command,
  env: { readonly [name: string]: string },
  job: RunningJob,
): Command {
  const command = process_.command === process.execPath ? NODE_INSIDE : process_.command;
  const given = Object.keys(env).filter(
    (name) => env[name] !== process.env[name] && name !== "PATH" && name !== "HOME",
  );
  const paths = job.extraPath.join(":");
  const withPaths =
    paths === "" ? [] : ["sh", "-c", 'PATH="$0:$PATH" && export PATH && exec "$@"', paths];
  return {
    command: container.engine,
    args: [
      "exec",
      `--workdir=${process_.cwd}`,
      ...given.map((name) => `--env=${name}`),
      container.name,
      ...withPaths,
      command,
      ...process_.args,
    ],
    cwd: job.folders.workspace,
  };
}
