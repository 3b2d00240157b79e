import { randomFrom } from "../../lib/load/random.ts";
import type { Round } from "../../lib/load/ratio.ts";
import { judgeRun, p95Of, swapped, type Verdicts } from "./judges.ts";

/** Runs of so many rounds, put together from recorded ones. */
export interface Resampled {
  rounds: number;
  verdicts: Verdicts[];
  /** Runs of that many rounds that have no round in common: what there is of independent evidence. */
  disjoint: number;
}

/**
 * Each run has rounds drawn without replacement, each with its arms as they were or exchanged: every round had
 * processes of its own, so any of them may as well have followed any other.
 */
export function resample(recorded: readonly Round[], rounds: number, runs: number): Resampled {
  const random = randomFrom(rounds);
  const limitMs = 1.1 * p95Of(recorded[0] ?? [], "baseline");
  const verdicts = Array.from({ length: runs }, () => {
    const drawn = shuffled(recorded, random).slice(0, rounds);
    return judgeRun(
      drawn.map((round) => (random() < 0.5 ? round : swapped(round))),
      limitMs,
    );
  });
  return { rounds, verdicts, disjoint: Math.floor(recorded.length / rounds) };
}

/** Fisher and Yates. */
function shuffled<T>(items: readonly T[], random: () => number): T[] {
  const order = [...items];
  for (let last = order.length - 1; last > 0; last -= 1) {
    const other = Math.floor(random() * (last + 1));
    [order[last], order[other]] = [order[other] as T, order[last] as T];
  }
  return order;
}
