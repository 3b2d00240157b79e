import type { JobResult } from "../run-event.ts";
import type { Json } from "./call.ts";

/** Dates are texts as GitHub writes them; `by` is the login that made it. */
interface Made {
  readonly id: number;
  readonly by: string;
  readonly createdAt: string;
}

export const DEPLOYMENT_STATES = [
  "error",
  "failure",
  "inactive",
  "in_progress",
  "queued",
  "pending",
  "success",
] as const;
/** `waiting` is set by GitHub alone, while reviewers have not decided. */
export type DeploymentState = (typeof DEPLOYMENT_STATES)[number] | "waiting";

export interface DeploymentStatus extends Made {
  readonly state: DeploymentState;
  readonly description: string;
  readonly environmentUrl: string;
  readonly logUrl: string;
}

export interface Deployment extends Made {
  readonly ref: string;
  readonly sha: string;
  readonly task: string;
  readonly environment: string;
  readonly description: string;
  readonly payload: Json;
  readonly transient: boolean;
  readonly production: boolean;
  /** Newest last. */
  readonly statuses: DeploymentStatus[];
}

export interface ReleaseAsset extends Made {
  name: string;
  label: string;
  readonly contentType: string;
  readonly size: number;
  readonly digest: string;
  readonly file: string;
}

export interface Release extends Made {
  tag: string;
  target: string;
  name: string;
  text: string;
  draft: boolean;
  prerelease: boolean;
  latest: "true" | "false" | "legacy";
  publishedAt: string | null;
  readonly assets: ReleaseAsset[];
}

export interface CheckRun extends Made {
  name: string;
  readonly sha: string;
  status: "queued" | "in_progress" | "completed" | "waiting" | "requested" | "pending";
  conclusion: string | null;
  detailsUrl: string | null;
  externalId: string;
  startedAt: string;
  completedAt: string | null;
  title: string | null;
  summary: string | null;
  text: string | null;
  readonly annotations: { readonly [key: string]: Json }[];
}

export interface CommitStatus extends Made {
  readonly sha: string;
  readonly state: "error" | "failure" | "pending" | "success";
  readonly context: string;
  readonly description: string | null;
  readonly targetUrl: string | null;
}

/** One upload of SARIF. */
export interface Analysis extends Made {
  readonly sarifId: string;
  readonly sha: string;
  readonly ref: string;
  readonly tool: string;
  readonly category: string;
  readonly results: number;
  readonly rules: number;
  readonly error: string;
}

export interface Attestation extends Made {
  readonly subjectDigests: readonly string[];
  readonly predicateType: string;
  readonly bundle: Json;
}

export interface IssueComment extends Made {
  body: string;
  updatedAt: string;
}

export interface Issue extends Made {
  readonly number: number;
  readonly isPull: boolean;
  /** Whether the run's event brought it along. */
  readonly fromEvent: boolean;
  title: string;
  body: string;
  state: "open" | "closed";
  stateReason: string | null;
  labels: string[];
  assignees: string[];
  updatedAt: string;
  readonly comments: IssueComment[];
}

/** A job as the API tells of it while the run goes on. */
export interface HeldJob {
  readonly id: number;
  name: string;
  status: "queued" | "waiting" | "in_progress" | "completed";
  conclusion: JobResult | null;
  startedAt: string;
  completedAt: string | null;
  readonly steps: { number: number; name: string; status: string; conclusion: JobResult | null }[];
}

/** A job that waits for the reviewers of its environment. */
export interface PendingApproval {
  readonly id: number;
  readonly job: string;
  readonly environment: string;
  readonly reviewers: readonly string[];
  readonly decide: (approved: boolean, comment: string) => void;
}

export interface Review {
  readonly environment: string;
  readonly state: "approved" | "rejected";
  readonly comment: string;
  readonly by: string;
}

/** A workflow that somebody asked GitHub to start: it is written down, not run. */
export interface Trigger {
  readonly kind: "workflow_dispatch" | "repository_dispatch";
  readonly what: string;
  readonly ref: string;
  readonly inputs: Json;
}
