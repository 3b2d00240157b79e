import { randomUUID } from "node:crypto";
import { existsSync } from "node:fs";
import { SluiceError } from "../../lib/error.ts";
import { evaluate, type Scope } from "../language/expression.ts";
import type { Token } from "../language/token.ts";
import type { RunningJob } from "../runner/running-job.ts";
import type { StepLog } from "../runner/step-log.ts";
import type { StepCall } from "../runner/step-process.ts";
import { options } from "./command-line.ts";
import { ask, type ContainerEngine, containerEngine, engineEnvironment } from "./engine.ts";
import { imageFor } from "./image.ts";
import { MARK } from "./left-behind.ts";
import { HOME_INSIDE, sharedMounts, variablesInside } from "./place.ts";
import { pullWithCredentials } from "./registry.ts";
import { removeContainers } from "./remove.ts";
import { containerSetting } from "./setting.ts";
import { passed } from "./variables.ts";
import { prepareVolumes } from "./volume.ts";

const START_LIMIT_MS = 30 * 60_000;
/** Where the runner's own Node.js is inside, as on GitHub. */
const NODE_INSIDE = "/__e/node24/bin/node";
const DOCKER_SOCKET = "/var/run/docker.sock";

/** The container in which the steps of a job run. */
export interface JobContainer {
  readonly id: string;
  readonly name: string;
  /** The program that runs it, and what that runs with. */
  readonly engine: string;
  readonly env: NodeJS.ProcessEnv;
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
    readonly signal: AbortSignal;
  },
): Promise<StartedContainer> {
  const setting = containerSetting(evaluate(token, given.scope));
  if (setting.image === "") return { container: undefined, stop: async () => {} };
  const engine = await containerEngine(given.path, `The job's container ${setting.image}`);
  const env = engineEnvironment(given.path);
  const image = await imageFor(engine, env, setting.image);
  const name = `sluice-job-${randomUUID().slice(0, 8)}`;
  const always = { HOME: HOME_INSIDE, GITHUB_ACTIONS: "true", CI: "true" };
  const variables = passed(new Map([...Object.entries(always), ...setting.env]), env);
  const args = [
    "run",
    "--detach",
    `--name=${name}`,
    `--label=${MARK}`,
    "--network=host",
    ...given.services.map((service) => `--add-host=${service}:127.0.0.1`),
    `--workdir=${given.job.folders.workspace}`,
    ...mounts(given.job, engine),
    ...setting.volumes.map((volume) => `--volume=${volume}`),
    ...variables.args,
    "--entrypoint=tail",
    ...options(setting.options),
    image,
    "-f",
    "/dev/null",
  ];
  given.log.write("runner", `Starting the job's container ${image} with ${engine.name}`);
  const stop = (): Promise<void> => removeContainers(engine, env, [name]);
  const { signal } = given;
  await pullWithCredentials(engine, env, image, setting.credentials, signal);
  await prepareVolumes(engine, env, setting.volumes);
  const run = await ask(engine.path, args, variables.env, { limitMs: START_LIMIT_MS, signal });
  if (run.code !== 0) {
    await stop();
    throw new SluiceError("unhealthy", `The job's container did not start: ${run.err.trim()}`);
  }
  return { container: { id: run.out.trim(), name, engine: engine.path, env }, stop };
}

/** The job's own folders to write, and the repositories whose actions it may use to read. */
function mounts(job: RunningJob, engine: ContainerEngine): string[] {
  const { workspace, toolCache, eventFile } = job.folders;
  const read = new Set([
    eventFile,
    job.tree.root,
    job.checkoutRoot,
    ...job.mappings.map((known) => known.path),
  ]);
  // As on GitHub, who has Docker's client inside reaches this machine's Docker.
  const hasSocket = engine.name === "docker" && existsSync(DOCKER_SOCKET);
  return [
    ...sharedMounts(job),
    `--volume=${toolCache}:${toolCache}`,
    `--volume=${workspace}:/__w`,
    ...[...read].map((path) => `--volume=${path}:${path}:ro`),
    `--volume=${process.execPath}:${NODE_INSIDE}:ro`,
    ...(hasSocket ? [`--volume=${DOCKER_SOCKET}:${DOCKER_SOCKET}`] : []),
  ];
}

export interface Command {
  readonly command: string;
  readonly args: readonly string[];
  readonly cwd: string;
}

/** A step's process, inside its job's container; paths that steps added stand before the container's own. */
export function insideOf(
  container: JobContainer,
  process_: Command & { readonly env: { readonly [name: string]: string } },
  call: StepCall,
): Command & { readonly env: NodeJS.ProcessEnv } {
  const { job } = call;
  const command = process_.command === process.execPath ? NODE_INSIDE : process_.command;
  const variables = passed(variablesInside(process_.env, call), container.env);
  const paths = job.extraPath.join(":");
  const withPaths =
    paths === "" ? [] : ["sh", "-c", 'PATH="$0:$PATH" && export PATH && exec "$@"', paths];
  return {
    command: container.engine,
    args: [
      "exec",
      `--workdir=${process_.cwd}`,
      ...variables.args,
      container.name,
      ...withPaths,
      command,
      ...process_.args,
    ],
    cwd: job.folders.workspace,
    env: variables.env,
  };
}
