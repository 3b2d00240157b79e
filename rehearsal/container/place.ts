import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { RunningJob } from "../runner/running-job.ts";
import type { StepCall } from "../runner/step-process.ts";

/** Where GitHub has things inside a container. */
export const WORKSPACE_INSIDE = "/github/workspace";
export const HOME_INSIDE = "/github/home";

/** The workspace and the home folder under GitHub's names; both stay for the job's later containers. */
export function sharedMounts({ folders }: RunningJob): string[] {
  const home = join(folders.temp, "_github_home");
  mkdirSync(home, { recursive: true });
  return [
    `--volume=${folders.workspace}:${WORKSPACE_INSIDE}`,
    `--volume=${home}:${HOME_INSIDE}`,
    ...[folders.workspace, folders.temp].map((path) => `--volume=${path}:${path}`),
  ];
}

/** What of a step's environment is a container's too: all that does not just come from this machine. */
export function variablesInside(
  env: { readonly [name: string]: string },
  { job, env: own }: Pick<StepCall, "job" | "env">,
): [string, string][] {
  return Object.entries(env).filter(([name, value]) => {
    if (own.has(name) || job.env.has(name)) return true;
    return name !== "PATH" && job.hostEnv[name] !== value;
  });
}
