import type { BlockPair } from "../../lib/load/block.ts";
import type { Arm } from "../../lib/load/schedule.ts";

/** What fits side by side in a job summary. */
const MAX_POINTS = 40;

/** p95 of both versions over the run, as a chart of mermaid; undefined when there is too little of it. */
export function chartOf(pairs: readonly BlockPair[]): string | undefined {
  const both = pairs.filter((pair) => pair.baseline.latencyMs && pair.candidate.latencyMs);
  if (both.length < 2) return undefined;
  const perPoint = Math.ceil(both.length / MAX_POINTS);
  const points = Array.from({ length: Math.ceil(both.length / perPoint) }, (_, at) =>
    both.slice(at * perPoint, (at + 1) * perPoint),
  );
  const line = (arm: Arm) => points.map((point) => middle(point, arm).toFixed(3)).join(", ");
  return [
    "xychart-beta",
    '  title "p95 of baseline (first line) and candidate (second line), block by block"',
    `  x-axis "pairs of blocks" 1 --> ${both.length}`,
    '  y-axis "ms"',
    `  line [${line("baseline")}]`,
    `  line [${line("candidate")}]`,
  ].join("\n");
}

/** The median, so that one bad block does not flatten all others. */
function middle(pairs: readonly BlockPair[], arm: Arm): number {
  const values = pairs.map((pair) => pair[arm].latencyMs?.p95 ?? 0).sort((a, b) => a - b);
  return values[Math.floor(values.length / 2)] ?? 0;
}
