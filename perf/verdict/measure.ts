import { quantile, wilson } from "./interval.ts";
import type { Decision } from "./judge.ts";
import type { Scenario } from "./scenario.ts";
import type { Trace } from "./trace.ts";

/** What one judge did in all traces of one cell. */
export interface Outcome {
  judge: string;
  runs: number;
  rolledBack: number;
  /** Wilson's interval, 95 %. */
  rolledBackShare: { low: number; high: number };
  inconclusive: number;
  /** From the onset of the fault. */
  detectSeconds: { median: number; p95: number };
  /** Bad requests that stable would have answered well, per rollout. */
  excess: number;
  promoted: number;
  promoteSeconds: { median: number; p95: number };
}

/** Null: it was never rolled back. */
export function excessUntil(rolledBackAt: number | null, { excess }: Trace): number {
  const until = rolledBackAt ?? excess.length;
  return excess[Math.max(0, until - 1)] ?? 0;
}

/** Collects decisions trace by trace, so that no trace needs to be kept. */
export class Outcomes {
  readonly #judge: string;
  readonly #onset: number;
  #runs = 0;
  #inconclusive = 0;
  #excess = 0;
  #detected: number[] = [];
  #promoted: number[] = [];

  constructor(judge: string, scenario: Scenario) {
    this.#judge = judge;
    this.#onset = scenario.onsetSeconds;
  }

  add({ rolledBackAt, promotedAt }: Decision, trace: Trace): void {
    this.#runs += 1;
    this.#excess += excessUntil(rolledBackAt, trace);
    if (rolledBackAt !== null) this.#detected.push(Math.max(0, rolledBackAt - this.#onset));
    else if (promotedAt === null) this.#inconclusive += 1;
    if (promotedAt !== null) this.#promoted.push(promotedAt);
  }

  result(): Outcome {
    const detected = this.#detected.sort((a, b) => a - b);
    const promoted = this.#promoted.sort((a, b) => a - b);
    return {
      judge: this.#judge,
      runs: this.#runs,
      rolledBack: detected.length,
      rolledBackShare: wilson(detected.length, this.#runs),
      inconclusive: this.#inconclusive,
      detectSeconds: { median: quantile(detected, 0.5), p95: quantile(detected, 0.95) },
      excess: this.#excess / Math.max(1, this.#runs),
      promoted: promoted.length,
      promoteSeconds: { median: quantile(promoted, 0.5), p95: quantile(promoted, 0.95) },
    };
  }
}
