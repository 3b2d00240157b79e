import { delimiter } from "node:path";
import { toText } from "../language/value.ts";
import type { CommandFiles } from "./command-file.ts";
import type { Frame, RunningJob, Texts } from "./running-job.ts";

/** What of the github context becomes GITHUB_…, as the runner does it; the token does not. */
const GITHUB_VARIABLES = [
  "action",
  "action_path",
  "action_ref",
  "action_repository",
  "actor",
  "actor_id",
  "api_url",
  "base_ref",
  "event_name",
  "event_path",
  "graphql_url",
  "head_ref",
  "job",
  "ref",
  "ref_name",
  "ref_protected",
  "ref_type",
  "repository",
  "repository_id",
  "repository_owner",
  "repository_owner_id",
  "retention_days",
  "run_attempt",
  "run_id",
  "run_number",
  "server_url",
  "sha",
  "triggering_actor",
  "workflow",
  "workflow_ref",
  "workflow_sha",
  "workspace",
];

const RUNNER_VARIABLES = ["name", "os", "arch", "temp", "tool_cache", "workspace", "environment"];

/** What belongs to the process that rehearses, and must not be seen by steps. */
const FOREIGN =
  /^(GITHUB_|RUNNER_|ACTIONS_|INPUT_|STATE_|GIT_|npm_|NODE_|VITEST|JEST_|INIT_CWD$|CI$)/;

/** How this machine reaches the network is the machine's affair, and steps need it. */
const KEPT =
  /^(NODE_EXTRA_CA_CERTS|GIT_SSL_\w+|npm_config_(registry|ca|cafile|proxy|https_proxy|noproxy|strict_ssl|userconfig|cache))$/i;

/** This machine's environment as a runner's service would have it. */
export function hostEnvironment(env: NodeJS.ProcessEnv): Texts {
  const kept = Object.entries(env).filter(
    ([name, value]) => value !== undefined && (KEPT.test(name) || !FOREIGN.test(name)),
  );
  return Object.fromEntries(kept as [string, string][]);
}

/** The PATH of a step's processes: what earlier steps added comes first. */
export function searchPath(job: RunningJob, env: ReadonlyMap<string, string>): string {
  const own =
    env.get("PATH") ?? job.env.get("PATH") ?? job.hostEnv.PATH ?? "/usr/local/bin:/usr/bin:/bin";
  return [...job.extraPath, own].join(delimiter);
}

/** The whole environment of a step's process. */
export function processEnvironment(
  job: RunningJob,
  frame: Frame,
  env: ReadonlyMap<string, string>,
  files: CommandFiles,
): { [name: string]: string } {
  const github = { ...job.contexts.github, ...frame.github };
  const result: { [name: string]: string } = {
    CI: "true",
    ...job.hostEnv,
    ...Object.fromEntries(job.env),
    ...Object.fromEntries(env),
    PATH: searchPath(job, env),
    GITHUB_ACTIONS: "true",
  };
  if (!env.has("RUNNER_TRACKING_ID")) result.RUNNER_TRACKING_ID = job.trackingId;
  for (const name of GITHUB_VARIABLES) {
    if (github[name] !== undefined) result[`GITHUB_${name.toUpperCase()}`] = toText(github[name]);
  }
  for (const name of RUNNER_VARIABLES) {
    const value = job.contexts.runner[name];
    if (value !== undefined) result[`RUNNER_${name.toUpperCase()}`] = toText(value);
  }
  if (job.contexts.runner.debug === "1") result.RUNNER_DEBUG = "1";
  return { ...result, ...job.access.everyStep, ...files.paths };
}
