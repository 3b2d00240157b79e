import type { BreakerWatch } from "./breaker.ts";
import type { Control } from "./instance/control.ts";
import type { InstanceBets } from "./instance/instances.ts";
import type { Stream } from "./metric/stream.ts";
import type { Reading } from "./reading/reading.ts";
import type { CompleteSettings } from "./terms.ts";

/** Another number for each change after which a state that was kept before cannot be gone on with. */
export const VERDICT_SCHEMA = 3;

/** Plain JSON; save it, restore it, and the outcome is identical. */
export interface VerdictState {
  readonly schema: typeof VERDICT_SCHEMA;
  readonly settings: CompleteSettings;
  /** A rollback is never taken back. */
  readonly decided: Decision | null;
  readonly last: Reading | null;
  /** The one weight of all samples since `last`; null when it changed unseen, or there was none. */
  readonly gapWeight: number | null;
  /** The weight that was last judged at. */
  readonly stepWeight: number;
  readonly usualRequests: { readonly candidate: number; readonly baseline: number };
  /** When the candidate first had traffic, and when its process last began. */
  readonly trafficSince: number | null;
  readonly processSince: number | null;
  /** Edges of the latency histogram, once they are chosen, and the one that good latency is shown at. */
  readonly edges: readonly number[];
  readonly goodEdge: number | null;
  /** Each metric's share of the evidence, fixed when the comparison begins. */
  readonly shares: Shares | null;
  readonly streams: Readonly<Record<string, Stream>>;
  readonly instances: Readonly<Record<string, InstanceBets>>;
  readonly control: Control | null;
  readonly breakers: BreakerWatch;
  readonly candidate: Count;
  readonly baseline: Count;
  /** What the candidate would have been given, had every weight been honoured. */
  readonly intendedRequests: number;
  /** What a candidate whose error rate is above `goodEnoughRate` would hardly have shown. */
  readonly belowRate: readonly number[];
}

export interface Decision {
  readonly t: number;
  /** Which breaker tripped; null: the evidence was enough. */
  readonly breaker: string | null;
}

export interface Shares {
  readonly errors: number;
  readonly latency: number;
  readonly kinds: Readonly<Record<string, number>>;
  readonly instances: number;
}

/** Totals since the candidate has traffic, as differences. */
export interface Count {
  readonly requests: number;
  readonly errors: number;
}
