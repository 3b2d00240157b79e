import type { RunningJob } from "./running-job.ts";

const MINUTE_MS = 60_000;

/** Why a step ends whose time is over; it is told as that alone. */
export const TIME_OVER = "its time is over";

/** Ends a step when its time is over, or when the job is cancelled and the step's `if` does not hold then. */
export class StepSignal {
  timedOut = false;
  readonly #controller = new AbortController();
  readonly #job: RunningJob;
  readonly #outer: AbortSignal | undefined;
  readonly #wanted: () => boolean;
  #timer: NodeJS.Timeout | undefined;

  constructor(
    job: RunningJob,
    wanted: () => boolean,
    outer: AbortSignal | undefined,
    timeoutMinutes: number,
  ) {
    this.#job = job;
    this.#wanted = wanted;
    this.#outer = outer;
    job.cancel.addEventListener("abort", this.#onCancel);
    job.kill.addEventListener("abort", this.#onForce);
    outer?.addEventListener("abort", this.#onForce);
    if (outer?.aborted || job.kill.aborted) this.#controller.abort();
    if (timeoutMinutes > 0) {
      this.#timer = setTimeout(() => this.#onTimeout(), timeoutMinutes * MINUTE_MS);
    }
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** Must be called when the step is over. */
  end(): void {
    clearTimeout(this.#timer);
    this.#job.cancel.removeEventListener("abort", this.#onCancel);
    this.#job.kill.removeEventListener("abort", this.#onForce);
    this.#outer?.removeEventListener("abort", this.#onForce);
  }

  #onTimeout(): void {
    this.timedOut = true;
    this.#controller.abort(TIME_OVER);
  }

  readonly #onCancel = (): void => {
    if (!this.#holds()) this.#controller.abort();
  };

  readonly #onForce = (): void => {
    this.#controller.abort();
  };

  #holds(): boolean {
    try {
      return this.#wanted();
    } catch {
      return false;
    }
  }
}
