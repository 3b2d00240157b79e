import type { Readable } from "node:stream";
import type { JobContainer } from "../container/job-container.ts";
import type { Scope } from "../language/expression.ts";
import type { Value } from "../language/value.ts";
import type { Emit, JobPath, JobResult } from "../run-event.ts";
import type { ServiceAccess } from "../service/run-service.ts";
import type { ArtifactStore } from "../stand-in/artifact-store.ts";
import type { CacheStore } from "../stand-in/cache-store.ts";
import type { ActionDefinition } from "../workflow/action.ts";
import type { RepositoryMapping, SourceTree } from "../workflow/source-tree.ts";
import { hashFiles } from "./hash-files.ts";
import type { Masks } from "./mask.ts";
import type { ProblemMatchers } from "./problem-matcher.ts";
import type { CancelTiming } from "./process.ts";
import type { StepLog } from "./step-log.ts";

export type Values = { readonly [name: string]: Value };
export type Texts = { readonly [name: string]: string };

export interface JobFolders {
  readonly workspace: string;
  readonly temp: string;
  readonly toolCache: string;
  readonly eventFile: string;
}

/** The contexts that stay the same for the whole job. */
export interface JobContexts {
  readonly github: Values;
  readonly vars: Values;
  readonly secrets: Values;
  readonly needs: Values;
  readonly strategy: Values;
  readonly matrix: Value;
  readonly inputs: Values;
  readonly runner: Values;
}

/** A job while it runs: what its steps share. */
export interface RunningJob {
  readonly path: JobPath;
  readonly emit: Emit;
  readonly masks: Masks;
  readonly matchers: ProblemMatchers;
  readonly folders: JobFolders;
  readonly contexts: JobContexts;
  readonly hostEnv: Texts;
  /** The workflow's and the job's `env`, and what steps wrote to GITHUB_ENV since. */
  readonly env: Map<string, string>;
  /** What steps wrote to GITHUB_PATH, the latest first. */
  readonly extraPath: string[];
  readonly defaults: { readonly shell?: string; readonly workingDirectory?: string };
  readonly trackingId: string;
  readonly access: ServiceAccess;
  readonly tree: SourceTree;
  /** The repository that a plain actions/checkout clones. */
  readonly checkoutRoot: string;
  /** What stands for that repository on GitHub: where steps fetch from and push to. */
  readonly origin: () => Promise<string>;
  readonly mappings: readonly RepositoryMapping[];
  readonly artifacts: ArtifactStore;
  /** What stand-ins for actions/cache have saved. */
  readonly caches: CacheStore;
  readonly timing: CancelTiming;
  /** Fires when the job is cancelled. */
  readonly cancel: AbortSignal;
  /** Fires when not even `always()` steps may go on. */
  readonly force: AbortSignal;
  /** Fires when the runner is lost: nothing more happens, and nobody hears of it. */
  readonly lost: AbortSignal;
  /** Either of the two: processes end at once. */
  readonly kill: AbortSignal;
  readonly leftOpen: Readable[];
  /** Where the job is defined, as the job context tells it. */
  readonly about: Values;
  /** Where its steps run, when not on this machine itself. */
  container: JobContainer | undefined;
  /** Service containers, as `job.services` tells of them. */
  services: Values;
  status: "success" | "failure" | "cancelled";
  nextStep: number;
}

export interface StepRecord {
  outputs: { [name: string]: string };
  outcome: JobResult;
  conclusion: JobResult;
}

/** The steps of a job, or those inside one use of a composite action. */
export interface Frame {
  readonly steps: Map<string, StepRecord>;
  /** The composite action's inputs; at the top, the workflow's. */
  readonly inputs: Values;
  /** What the surrounding composite steps set by `env`. */
  readonly env: ReadonlyMap<string, string>;
  readonly github: Values;
  /** What `$/` means here. */
  readonly tree: SourceTree;
  readonly depth: number;
  /** Only for a composite action: its own success or failure. */
  readonly embedded: boolean;
  /** Things remembered between pre, main and post, by what the step is called: an action file is read anew each time. */
  readonly memory: Map<string, ActionMemory>;
  /** Post stages to run at the end, the last registered first. */
  readonly posts: PostStep[];
  status: "success" | "failure" | "cancelled";
}

/** One use of an action, from pre to post. */
export interface ActionMemory {
  readonly state: Map<string, string>;
  postRegistered: boolean;
  /** Of the actions inside a composite one, and their post stages. */
  readonly inner: Map<string, ActionMemory>;
  readonly innerPosts: PostStep[];
}

export interface PostStep {
  readonly name: string;
  readonly condition: string;
  readonly frame: Frame;
  readonly run: (log: StepLog, signal: AbortSignal) => Promise<JobResult>;
  readonly env: ReadonlyMap<string, string>;
}

/** An action that was found, and the repository it belongs to. */
export interface FoundAction {
  readonly definition: ActionDefinition;
  readonly tree: SourceTree;
  /** As `github.action_repository` says it: empty for a local action. */
  readonly repository: string;
  readonly ref: string;
}

/** What expressions see in a step, given the environment that is in force there. */
export function scopeOf(job: RunningJob, frame: Frame, env: ReadonlyMap<string, string>): Scope {
  const cancelled = job.status === "cancelled";
  const status = frame.embedded ? frame.status : job.status;
  return {
    contexts: {
      ...job.contexts,
      inputs: frame.inputs,
      github: { ...job.contexts.github, ...frame.github },
      env: Object.fromEntries([...job.env, ...env]),
      job: {
        status: job.status,
        ...(Object.keys(job.services).length > 0 ? { services: job.services } : {}),
        ...(job.container ? { container: { id: job.container.id, network: "host" } } : {}),
        ...job.about,
      },
      steps: Object.fromEntries([...frame.steps].map(([id, record]) => [id, { ...record }])),
    },
    status: {
      success: () => status === "success" && !cancelled,
      failure: () => status === "failure",
      cancelled: () => cancelled,
      always: () => true,
    },
    hashFiles: (patterns) => hashFiles(job.folders.workspace, patterns),
  };
}
