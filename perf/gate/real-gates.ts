import type { BlockPair } from "../../lib/load/block.ts";
import { type Decision, type Judgement, judge } from "../../lib/load/gate.ts";
import { settingsFor } from "./judges.ts";
import { cyclesIn, session } from "./session.ts";

/** As the rehearsal of a release asks for it. */
export const REAL_SECONDS = 8;
const RULE_OUT = 1.25;

export interface RealGates {
  slowdown: number;
  decisions: Decision[];
  /** The middle of what was measured; what the slowdown amounts to. */
  ratios: Record<string, number>;
}

/** Whole gates, from the start of both engines to the decision. */
export async function realGates(
  program: string,
  slowdown: number,
  count: number,
): Promise<RealGates> {
  const judgements: Judgement[] = [];
  for (let at = 0; at < count; at += 1) {
    const settings = settingsFor(["p10", "p50"], RULE_OUT);
    let judgement: Judgement | undefined;
    await session({
      program,
      slowdown,
      cycles: cyclesIn(REAL_SECONDS),
      isDecided(pairs: readonly BlockPair[]) {
        judgement = judge([pairs], settings);
        return true;
      },
    });
    if (judgement) judgements.push(judgement);
    process.stderr.write(judgement?.decision.at(0) ?? "?");
  }
  const middle = (metric: string): number => {
    const found = judgements
      .flatMap(({ ratios }) => ratios.filter((one) => one.metric === metric))
      .map(({ ratio }) => ratio)
      .sort((a, b) => a - b);
    return found[Math.floor(found.length / 2)] ?? Number.NaN;
  };
  return {
    slowdown,
    decisions: judgements.map(({ decision }) => decision),
    ratios: { p10: middle("p10"), p50: middle("p50"), p95: middle("p95") },
  };
}
