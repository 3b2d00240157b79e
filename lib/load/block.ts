import { quantileOf } from "./quantile.ts";

/** What one arm did while it had the load once. */
export interface Block {
  /** Milliseconds; of requests that were answered as expected, in the order in which they ended. */
  latenciesMs: number[];
  requests: number;
  failed: number;
  iterations: number;
}

export function emptyBlock(): Block {
  return { latenciesMs: [], requests: 0, failed: 0, iterations: 0 };
}

/**
 * The quantiles that are compared. p10 is what an answer takes when nothing is in its way: on a machine with neighbours
 * it tells two versions apart when the others are all neighbours.
 */
export const QUANTILES = { p10: 0.1, p50: 0.5, p95: 0.95, p99: 0.99 } as const;
export type QuantileName = keyof typeof QUANTILES;

/** A block reduced to what is compared; undefined latencies when nothing was answered as expected. */
export interface BlockFacts {
  latencyMs: Record<QuantileName, number> | undefined;
  requests: number;
  failed: number;
  iterations: number;
}

export function factsOf({ latenciesMs, requests, failed, iterations }: Block): BlockFacts {
  const sorted = Float64Array.from(latenciesMs).sort();
  const at = (name: QuantileName) => quantileOf(sorted, QUANTILES[name]);
  const latencyMs =
    sorted.length === 0
      ? undefined
      : { p10: at("p10"), p50: at("p50"), p95: at("p95"), p99: at("p99") };
  return { latencyMs, requests, failed, iterations };
}

/** Two neighbouring blocks, one of each arm. */
export interface BlockPair {
  baseline: BlockFacts;
  candidate: BlockFacts;
}
