import type { Holdings } from "../api/holdings.ts";
import type { Annotation, Conclusion, JobPath, JobResult, RunEvent } from "../run-event.ts";

const MAX_LOG_LINES = 5_000;

export interface StepRecord {
  readonly number: number;
  readonly name: string;
  readonly startedAt: number;
  readonly log: string[];
  conclusion: JobResult | undefined;
  durationMs: number;
}

export interface JobRecord {
  readonly path: JobPath;
  readonly steps: Map<number, StepRecord>;
  readonly annotations: Annotation[];
  readonly summaries: string[];
  readonly approvals: { readonly environment: string; readonly reason: string }[];
  needs: readonly JobPath[];
  name: string;
  startedAt: number | undefined;
  endedAt: number | undefined;
  result: JobResult | undefined;
  reason: string | undefined;
  url: string | undefined;
}

/** Everything that a page about a run shows, gathered from its events. */
export class RunRecord {
  readonly jobs = new Map<JobPath, JobRecord>();
  readonly notices: string[] = [];
  head: Extract<RunEvent, { type: "run-started" }> | undefined;
  conclusion: Conclusion | undefined;
  /** What the rehearsal's GitHub holds, how often it was asked, and what it refused. */
  holds: Holdings = {};
  calls = 0;
  readonly refusals: Extract<RunEvent, { type: "api-call" }>[] = [];
  startedAt = 0;
  endedAt = 0;

  see(event: RunEvent): void {
    const now = Date.parse(event.at);
    this.endedAt = now;
    switch (event.type) {
      case "run-started":
        this.head = event;
        this.startedAt = now;
        return;
      case "notice":
        this.notices.push(event.message);
        return;
      case "run-finished":
        this.conclusion = event.conclusion;
        return;
      case "api-call":
        this.calls++;
        if (event.status === 0 || event.status >= 400) this.refusals.push(event);
        return;
      case "github":
        this.holds = event.holds;
        return;
      default:
        this.#seeJob(event, this.#job(event.job), now);
    }
  }

  #seeJob(
    event: Exclude<Extract<RunEvent, { job: JobPath }>, { type: "api-call" }>,
    job: JobRecord,
    now: number,
  ): void {
    switch (event.type) {
      case "job-queued":
        job.name = event.name;
        job.needs = event.needs;
        return;
      case "job-waiting":
        job.reason = event.reason;
        return;
      case "approval":
        job.approvals.push({ environment: event.environment, reason: event.reason });
        return;
      case "job-started":
        job.name = event.name;
        job.startedAt = now;
        return;
      case "annotation":
        job.annotations.push(event.annotation);
        return;
      case "summary":
        job.summaries.push(event.markdown);
        return;
      case "job-finished":
        job.result = event.result;
        job.reason = event.reason;
        job.url = event.url;
        job.endedAt = now;
        job.startedAt ??= now - event.durationMs;
        return;
      default:
        seeStep(event, job, now);
    }
  }

  #job(path: JobPath): JobRecord {
    const known = this.jobs.get(path);
    if (known) return known;
    const job: JobRecord = {
      path,
      steps: new Map(),
      annotations: [],
      summaries: [],
      approvals: [],
      needs: [],
      name: path.split("/").at(-1) ?? path,
      startedAt: undefined,
      endedAt: undefined,
      result: undefined,
      reason: undefined,
      url: undefined,
    };
    this.jobs.set(path, job);
    return job;
  }
}

function seeStep(
  event: Extract<RunEvent, { type: "step-started" | "step-finished" | "log" }>,
  job: JobRecord,
  now: number,
): void {
  if (event.type === "step-started") {
    const { step: number, name } = event;
    job.steps.set(number, {
      number,
      name,
      startedAt: now,
      log: [],
      conclusion: undefined,
      durationMs: 0,
    });
    return;
  }
  const step = job.steps.get(event.step);
  if (!step) return;
  if (event.type === "step-finished") {
    step.conclusion = event.conclusion;
    step.durationMs = event.durationMs;
    return;
  }
  if (event.kind === "end-group") return;
  if (step.log.length < MAX_LOG_LINES)
    step.log.push(event.kind === "group" ? `▾ ${event.line}` : event.line);
  else if (step.log.length === MAX_LOG_LINES) step.log.push("… the rest is not shown");
}
