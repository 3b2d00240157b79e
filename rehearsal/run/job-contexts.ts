import { arch, platform } from "node:os";
import { join } from "node:path";
import type { JobContexts, JobFolders, Texts, Values } from "../runner/running-job.ts";
import type { StepsJob } from "../workflow/workflow.ts";
import { settingOf } from "./environment.ts";
import type { Leg } from "./job-matrix.ts";

/** What a job is given when it is placed. */
export interface JobGrant {
  readonly environment: string;
  readonly token: string;
  readonly folders: JobFolders;
}

/** The contexts that stay the same for the whole job, with its environment's secrets and variables. */
export function jobContexts(
  leg: Leg,
  definition: StepsJob,
  grant: JobGrant,
): JobContexts & { readonly secrets: Texts } {
  const { run } = leg;
  const { setting } = run;
  const { environment, token, folders } = grant;
  const own = settingOf(setting.environments, environment);
  return {
    github: {
      ...run.github,
      token,
      job: definition.id,
      workspace: folders.workspace,
      event_path: folders.eventFile,
    },
    vars: { ...setting.vars, ...own?.vars },
    secrets: { ...withToken(run.secrets, setting.token, token), ...own?.secrets },
    needs: leg.needs,
    strategy: leg.strategy,
    matrix: leg.matrix,
    inputs: run.inputs,
    runner: runnerContext(folders, setting.debug),
  };
}

/** The run's token, also under a name that a caller gave it, is each job's own. */
function withToken(secrets: Texts, placeholder: string, token: string): Texts {
  return Object.fromEntries(
    Object.entries(secrets).map(([name, value]) => [name, value === placeholder ? token : value]),
  );
}

function runnerContext(folders: JobFolders, debug: boolean): Values {
  return {
    name: "rehearsal",
    os: platform() === "darwin" ? "macOS" : "Linux",
    arch: arch() === "arm64" ? "ARM64" : "X64",
    temp: folders.temp,
    tool_cache: folders.toolCache,
    workspace: join(folders.workspace, ".."),
    environment: "self-hosted",
    ...(debug ? { debug: "1" } : {}),
  };
}
