import { Slots } from "../run/concurrency.ts";
import type { JobResult } from "../run-event.ts";
import type { StepDefinition } from "../workflow/workflow.ts";
import { type Frame, type RunningJob, scopeOf } from "./running-job.ts";
import { runStep, stepName } from "./step.ts";
import type { StepLog } from "./step-log.ts";

/** GitHub lets so many run side by side in one job; the others wait for a place. */
const MAX_AT_ONCE = 10;

/** Runs work as a visible step of the job. */
export type ShowStep = (
  name: string,
  work: (log: StepLog) => Promise<{ outcome: JobResult; conclusion: JobResult }>,
  id: string | undefined,
) => Promise<JobResult>;

interface Started {
  readonly step: StepDefinition;
  /** The job as the step sees it: what it sets is its own until somebody waits for it. */
  readonly job: RunningJob;
  readonly frame: Frame;
  readonly before: { readonly env: ReadonlyMap<string, string>; readonly paths: number };
  readonly cancel: AbortController;
  readonly ended: Promise<JobResult>;
  isSettled: boolean;
}

/**
 * The steps of a job that run in the background. Their outputs, variables and paths are there only after a wait, and
 * what fails fails the wait; a step that was cancelled on purpose fails nothing.
 */
export class BackgroundSteps {
  readonly #job: RunningJob;
  readonly #frame: Frame;
  readonly #show: ShowStep;
  readonly #slots = new Slots(MAX_AT_ONCE);
  readonly #started = new Map<StepDefinition, Started>();

  constructor(job: RunningJob, frame: Frame, show: ShowStep) {
    this.#job = job;
    this.#frame = frame;
    this.#show = show;
  }

  start(step: StepDefinition): void {
    const env = new Map(this.#job.env);
    const extraPath = [...this.#job.extraPath];
    // The rest, its status above all, stays that of the job.
    const job: RunningJob = Object.create(this.#job, {
      env: { value: env },
      extraPath: { value: extraPath },
    });
    const frame: Frame = { ...this.#frame, steps: new Map(this.#frame.steps) };
    const cancel = new AbortController();
    const before = { env: new Map(env), paths: extraPath.length };
    const ended = this.#run(step, job, frame, cancel.signal);
    this.#started.set(step, { step, job, frame, before, cancel, ended, isSettled: false });
  }

  async #run(
    step: StepDefinition,
    job: RunningJob,
    frame: Frame,
    signal: AbortSignal,
  ): Promise<JobResult> {
    const name = stepName(step, scopeOf(job, frame, frame.env));
    const release = await this.#slots.take();
    try {
      if (signal.aborted) return "cancelled";
      return await this.#show(name, (log) => runStep({ job, frame, step, log, signal }), step.id);
    } finally {
      release();
    }
  }

  /** Waits for these, or for all that nobody has waited for. */
  async wait(steps: readonly StepDefinition[] | "all"): Promise<JobResult> {
    const wanted = this.#chosen(steps);
    const results = await Promise.all(wanted.map(({ ended }) => ended));
    for (const started of wanted) this.#settle(started);
    return merged(results);
  }

  async cancel(steps: readonly StepDefinition[]): Promise<void> {
    const wanted = this.#chosen(steps);
    for (const { cancel } of wanted) cancel.abort();
    await Promise.all(wanted.map(({ ended }) => ended));
    for (const started of wanted) this.#settle(started);
  }

  /** Before anything is cleaned up, GitHub waits for the rest; whatever failed in the background fails the job. */
  async finish(): Promise<JobResult> {
    await this.wait("all");
    const results = [...this.#started.values()].map(async ({ ended, cancel }) => {
      const result = await ended;
      return cancel.signal.aborted && result === "cancelled" ? "success" : result;
    });
    return merged(await Promise.all(results));
  }

  #chosen(steps: readonly StepDefinition[] | "all"): Started[] {
    if (steps === "all") return [...this.#started.values()].filter(({ isSettled }) => !isSettled);
    return steps.flatMap((step) => this.#started.get(step) ?? []);
  }

  /** Makes known to the job what a step that has ended left for it. */
  #settle(started: Started): void {
    if (started.isSettled) return;
    started.isSettled = true;
    const { step, job, frame, before } = started;
    for (const [name, value] of job.env) {
      if (before.env.get(name) !== value) this.#job.env.set(name, value);
    }
    this.#job.extraPath.unshift(...job.extraPath.slice(0, job.extraPath.length - before.paths));
    const record = step.id === undefined ? undefined : frame.steps.get(step.id);
    if (step.id !== undefined && record) this.#frame.steps.set(step.id, record);
  }
}

function merged(results: readonly JobResult[]): JobResult {
  if (results.includes("failure")) return "failure";
  return results.includes("cancelled") ? "cancelled" : "success";
}
