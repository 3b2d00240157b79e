import type { Arm } from "./schedule.ts";

/**
 * Counted by our wrapper when an iteration begins and when it ends, each with the moment of its beginning as value. k6
 * itself tells of a request when it has ended: one that hangs would be in no figure until k6 gives it up after a minute.
 */
export const BEGUN = "sluice_iterations_begun";
export const ENDED = "sluice_iterations_ended";
/** k6 tells this once a second, whatever its iterations do. */
export const HEARTBEAT = "vus";

/** What is under way for less may well be a slow machine's. */
const LEAST_PATIENCE_MS = 2_000;
/** By how much longer than any of the baseline an iteration of the candidate takes that is said to hang. */
const PATIENCE = 3;

/** The iterations that have begun and not ended, by the moment of their beginning. */
export class UnderWay {
  readonly #begun: Record<Arm, Map<number, number>> = { baseline: new Map(), candidate: new Map() };
  #longestOfBaselineMs = 0;
  /** All that the candidate's k6 had to tell of the time before this has been read. */
  #readToMs = -Infinity;
  #heardMs = -Infinity;

  /** Takes the time of the candidate's `HEARTBEAT`. One later it is certain that nothing from before it is still to be read. */
  hear(atMs: number): void {
    this.#readToMs = this.#heardMs;
    this.#heardMs = atMs;
  }

  /** Takes a sample of `BEGUN` or `ENDED`. */
  add(arm: Arm, metric: string, beganMs: number, atMs: number): void {
    const begun = this.#begun[arm];
    const left = (begun.get(beganMs) ?? 0) + (metric === BEGUN ? 1 : -1);
    if (left === 0) begun.delete(beganMs);
    else begun.set(beganMs, left);
    if (metric === ENDED && arm === "baseline")
      this.#longestOfBaselineMs = Math.max(this.#longestOfBaselineMs, atMs - beganMs);
  }

  /**
   * When each of the candidate's began that hang at `nowMs`: the baseline has had nothing like it, also not under way. By the
   * clock of what k6 told: where it, or the machine, stood still, the ends are only late to be read.
   */
  hanging(nowMs: number): number[] {
    const oldestMs = Math.min(nowMs, ...this.#begun.baseline.keys());
    const longestMs = Math.max(this.#longestOfBaselineMs, nowMs - oldestMs);
    const latestMs =
      Math.min(nowMs, this.#readToMs) - Math.max(LEAST_PATIENCE_MS, PATIENCE * longestMs);
    return [...this.#begun.candidate].flatMap(([beganMs, count]) =>
      beganMs > latestMs ? [] : Array.from({ length: Math.max(0, count) }, () => beganMs),
    );
  }
}
