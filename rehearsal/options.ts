import type { ApiFault } from "./api/api-fault.ts";
import type { Holdings } from "./api/holdings.ts";
import type { RehearsedEvent } from "./event/event.ts";
import type { Repository } from "./event/repository.ts";
import type { Fault } from "./language/fault.ts";
import type { Value } from "./language/value.ts";
import type { Moment } from "./run/disturbance.ts";
import type { ApproveMode, Ask, EnvironmentSettingsInput } from "./run/environment.ts";
import type { RunnerLabels } from "./run/runner-label.ts";
import type { JobReport } from "./run/workflow-run.ts";
import type { Conclusion, JobResult, RunEvent } from "./run-event.ts";
import type { CancelTiming } from "./runner/process.ts";
import type { Texts, Values } from "./runner/running-job.ts";
import type { LoadedWorkflow } from "./workflow/load.ts";
import type { RepositoryMapping } from "./workflow/source-tree.ts";

export interface RehearseOptions {
  /** The repository whose workflows are rehearsed. */
  readonly dir: string;
  /** What git says of it, where somebody has asked already. */
  readonly repository?: Promise<Repository> | undefined;
  /** A file below `.github/workflows`, by path or by name; without it, all that the event starts. */
  readonly workflow?: string | undefined;
  /** Default: push, or what the workflow runs on when it does not run on push. */
  readonly event?: string | undefined;
  readonly payload?: { readonly [key: string]: Value } | undefined;
  readonly ref?: string | undefined;
  readonly inputs?: { readonly [name: string]: string } | undefined;
  readonly vars?: Texts | undefined;
  readonly secrets?: Texts | undefined;
  readonly environments?: EnvironmentSettingsInput | undefined;
  /** Waits as long as the wait timers of environments say, instead of telling only. */
  readonly realTime?: boolean | undefined;
  /** What the rehearsal's GitHub does wrong on purpose. */
  readonly apiFaults?: readonly ApiFault[] | undefined;
  /** After how many requests it refuses more; default: as many as GitHub grants for an hour. */
  readonly apiLimit?: number | undefined;
  readonly repos?: readonly RepositoryMapping[] | undefined;
  /** The self-hosted runners that there are; without them every `runs-on` is taken. */
  readonly runners?: readonly RunnerLabels[] | undefined;
  /** Default: always. */
  readonly approve?: ApproveMode | undefined;
  readonly ask?: Ask | undefined;
  readonly onEvent?: ((event: RunEvent) => void) | undefined;
  /** Cancels the run, as GitHub's button does. */
  readonly signal?: AbortSignal | undefined;
  /** Ends what is still running after a cancel. */
  readonly forceSignal?: AbortSignal | undefined;
  /** The result of a run before: jobs that succeeded in it are kept, with their outputs and artifacts. */
  readonly rerun?: Pick<RunResult, "tree" | "artifacts"> | undefined;
  /** Runs this job alone, with what it needs: `job`, or `caller/job`. */
  readonly job?: string | undefined;
  /** With `rerun`: runs this job again and all that needs it, and keeps the others as they ended. */
  readonly from?: string | undefined;
  /** Cancels the run after `job/step`, or some time after it. */
  readonly cancelAfter?: Moment | undefined;
  /** Loses a job's runner when `job/step` starts, or some time after: nothing more of that job runs. */
  readonly loseRunner?: Moment | undefined;
  /** Added to the environment of every step, below `env:`. */
  readonly env?: Texts | undefined;
  /** Keeps workspaces, artifacts and logs in the system's temp folder. */
  readonly keep?: boolean | undefined;
  readonly debug?: boolean | undefined;
  readonly cancelTiming?: CancelTiming | undefined;
}

export interface RunResult {
  readonly conclusion: Conclusion;
  readonly complete: true;
  /** By id of the workflow's jobs; with several workflows, by `file/id`. */
  readonly jobs: { readonly [id: string]: JobResult };
  readonly outputs: { readonly [id: string]: Texts };
  /** The same with called workflows and matrices, by workflow file. */
  readonly tree: { readonly [file: string]: { readonly [id: string]: JobReport } };
  /** What the rehearsal's GitHub holds in the end: releases, deployments, checks, issues and so on. */
  readonly github: Holdings;
  readonly durationMs: number;
  readonly folder: string;
  /** Folder of each artifact by its name; they are there only with `keep`. */
  readonly artifacts: { readonly [name: string]: string };
}

/** A rehearsal that could start: its workflows, its event, and why the others do not run. */
export interface Rehearsal {
  /** The repository's folder. */
  readonly root: string;
  readonly event: RehearsedEvent;
  readonly inputs: Values;
  readonly workflows: readonly LoadedWorkflow[];
  readonly idle: readonly { readonly file: string; readonly reason: string }[];
  /** What is not on this machine, and would be needed: it can be shown, but not run. */
  readonly missing: readonly Fault[];
  readonly notices: readonly string[];
}
