/** What of the two versions is compared. Every ratio is turned so that above 1 means: the candidate is worse. */
export const METRICS = ["p10", "p50", "p95", "p99", "error-rate", "throughput"] as const;
export type Metric = (typeof METRICS)[number];
