import { normal } from "../../lib/verdict/forecast/normal.ts";
import type { LatencyScenario } from "./scenario.ts";

/** Edges of a classic histogram, in seconds. */
export const LATENCY_EDGES = [0.01, 0.025, 0.05, 0.075, 0.1, 0.15, 0.2, 0.3, 0.5, 1, 2.5];

/** Log-normal latency of a healthy service. */
const MEDIAN_SECONDS = 0.05;
const SIGMA = 0.6;
export const TAIL_SHARE = 0.02;

/** The share of requests in each bucket. */
export function bucketShares(
  { shift, tail, warmUpSeconds }: LatencyScenario,
  isCandidate: boolean,
  since: number,
): number[] {
  const cold = isCandidate && warmUpSeconds > 0 ? 1 + Math.exp(-since / warmUpSeconds) : 1;
  const stretch = isCandidate ? shift * cold : 1;
  const upTo = LATENCY_EDGES.map((edge) => within(edge / stretch, isCandidate ? tail : 1));
  return [...upTo, 1].map((share, index) => share - (upTo[index - 1] ?? 0));
}

/** Share of requests within `seconds`, when the slowest ones take `tail` times as long. */
function within(seconds: number, tail: number): number {
  const plain = normal(Math.log(seconds / MEDIAN_SECONDS) / SIGMA);
  if (tail === 1) return plain;
  const stretched = normal(Math.log(seconds / tail / MEDIAN_SECONDS) / SIGMA);
  return Math.min(plain, Math.max(1 - TAIL_SHARE, stretched));
}
