/** What the order flow saw from outside, as a client does. All counts since the flow began. */
export interface FlowCount {
  /** Sent, and either answered or given up. */
  requests: number;
  /** Answered with a 5xx. */
  failed: number;
  /** Not answered at all: refused, cut off, or longer than the limit. */
  lost: number;
}

export interface FlowReport {
  /** Milliseconds since 1970. */
  tMs: number;
  total: FlowCount;
  /** By the version that answered; what was lost has none. */
  byVersion: Record<string, FlowCount>;
  /** In hand when this was taken: neither answered nor given up yet. */
  inHand: number;
  /** The first few losses, for a person. */
  losses: string[];
}

export const NO_COUNT: FlowCount = { requests: 0, failed: 0, lost: 0 };

export function countBetween(before: FlowCount, after: FlowCount): FlowCount {
  return {
    requests: after.requests - before.requests,
    failed: after.failed - before.failed,
    lost: after.lost - before.lost,
  };
}
