import type { Holdings } from "./api/holdings.ts";

/** The results that GitHub knows for jobs; a run concludes with one of the first three. */
export type JobResult = "success" | "failure" | "cancelled" | "skipped";
export type Conclusion = "success" | "failure" | "cancelled";

export type AnnotationLevel = "error" | "warning" | "notice";

export interface Annotation {
  readonly level: AnnotationLevel;
  readonly message: string;
  readonly title?: string;
  readonly file?: string;
  readonly line?: number;
  readonly endLine?: number;
  readonly column?: number;
  readonly endColumn?: number;
}

/** `build`, `cd/deploy` for a job of a called workflow, `test (24, linux)` for one of a matrix. */
export type JobPath = string;

export type ApprovalState = "requested" | "approved" | "rejected" | "absent" | "not-required";

/** What happens in a run, in order, as it happens. Everything in it is already masked. */
export type RunEvent = { readonly at: string } & RunHappening;

export type RunHappening =
  | {
      readonly type: "run-started";
      readonly workflows: readonly { readonly file: string; readonly runName: string }[];
      readonly event: string;
      readonly ref: string;
      readonly sha: string;
      readonly repository: string;
      readonly folder: string;
    }
  | { readonly type: "notice"; readonly message: string }
  | {
      readonly type: "job-queued";
      readonly job: JobPath;
      readonly name: string;
      readonly needs: readonly JobPath[];
    }
  | { readonly type: "job-waiting"; readonly job: JobPath; readonly reason: string }
  | {
      readonly type: "approval";
      readonly job: JobPath;
      readonly environment: string;
      readonly state: ApprovalState;
      readonly reason: string;
    }
  | { readonly type: "job-started"; readonly job: JobPath; readonly name: string }
  | {
      readonly type: "step-started";
      readonly job: JobPath;
      readonly step: number;
      readonly name: string;
      /** The author's `id:`, if there is one. */
      readonly id?: string;
    }
  | {
      readonly type: "log";
      readonly job: JobPath;
      readonly step: number;
      readonly kind: LogKind;
      readonly line: string;
    }
  | {
      readonly type: "annotation";
      readonly job: JobPath;
      readonly step: number;
      readonly annotation: Annotation;
    }
  | {
      readonly type: "summary";
      readonly job: JobPath;
      readonly step: number;
      readonly markdown: string;
    }
  | {
      readonly type: "step-finished";
      readonly job: JobPath;
      readonly step: number;
      readonly name: string;
      readonly id?: string;
      readonly outcome: JobResult;
      readonly conclusion: JobResult;
      readonly durationMs: number;
    }
  | {
      readonly type: "job-finished";
      readonly job: JobPath;
      readonly name: string;
      readonly result: JobResult;
      readonly outputs: { readonly [name: string]: string };
      readonly durationMs: number;
      /** Why, when no step tells: skipped by its condition, rejected, cancelled while it waited. */
      readonly reason?: string;
      readonly url?: string;
    }
  | {
      /** A request to the rehearsal's GitHub; 0 stands for an answer that never came. */
      readonly type: "api-call";
      /** Empty when the token is no job's. */
      readonly job: JobPath;
      readonly method: string;
      readonly path: string;
      readonly status: number;
    }
  | { readonly type: "github"; readonly holds: Holdings }
  | {
      readonly type: "run-finished";
      readonly conclusion: Conclusion;
      readonly durationMs: number;
    };

/** `output` is what the step printed; the rest is said by the runner. */
export type LogKind = "output" | "group" | "end-group" | "command" | "debug" | "runner";

export type Emit = (happening: RunHappening) => void;
