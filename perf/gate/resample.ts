import type { BlockPair } from "../../lib/load/block.ts";
import { randomFrom } from "../../lib/load/random.ts";
import { PAIRS } from "../../lib/load/schedule.ts";
import { judgeRun, p95Of, swapped, type Verdicts } from "./judges.ts";
import { cyclesIn } from "./session.ts";

/** Runs of one length, cut out of recorded sessions. */
export interface Resampled {
  seconds: number;
  verdicts: Verdicts[];
  /** Runs of that length that fit into the sessions side by side: what there is of independent evidence. */
  disjoint: number;
}

/**
 * Contiguous stretches from random places of random sessions, each in both directions. Every run stays inside of one
 * session, so that what two processes differ by as long as they live stays in it.
 */
export function resample(
  sessions: ReadonlyArray<readonly BlockPair[]>,
  seconds: number,
  runs: number,
): Resampled {
  const random = randomFrom(seconds);
  const length = cyclesIn(seconds) * PAIRS.length;
  const long = sessions.filter((session) => session.length >= length);
  const disjoint = long.reduce((sum, session) => sum + Math.floor(session.length / length), 0);
  const limitMs = thresholdOf(sessions);
  const verdicts = Array.from({ length: runs }, (_, at) => {
    const session = long[Math.floor(random() * long.length)] ?? [];
    const first = Math.floor(random() * (session.length - length + 1));
    const run = session.slice(first, first + length);
    return judgeRun(at % 2 === 0 ? run : swapped(run), limitMs);
  });
  return { seconds, verdicts: long.length > 0 ? verdicts : [], disjoint };
}

/** Set once, with 10 % of room, by what was measured that day: the first session. */
function thresholdOf(sessions: ReadonlyArray<readonly BlockPair[]>): number {
  return 1.1 * p95Of(sessions[0] ?? [], "baseline");
}
