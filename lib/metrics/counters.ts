/**
 * Raw monotonic counters of one process or one arm since it started; never rates. A drop is a restart, and
 * whoever differences two readings treats it as one.
 */
export interface Counters {
  requests: number;
  errors: number;
  /** Kinds of errors that are also counted apart, each among `errors`. */
  kinds?: Record<string, number>;
  /** Cumulative histogram: `counts[i]` requests took at most `le[i]` seconds; the last count is all of them. */
  latency?: LatencyHistogram;
}

export interface LatencyHistogram {
  /** Upper edges in seconds, ascending, without +Inf. `counts` has one entry more. */
  le: number[];
  counts: number[];
}

/** What one slot showed at one moment. `null` is a scrape that did not come: no evidence for either side. */
export interface ArmCounters {
  total: Counters | null;
  /** By instance name, for naming one bad instance among many. */
  instances: Record<string, Counters | null>;
}
