import type { Counters } from "../metrics/counters.ts";

/** What happened on one arm between two readings. */
export interface Count {
  requests: number;
  errors: number;
}

/**
 * The difference of two readings of raw counters. A drop is a restart: everything that the new process has
 * counted since then happened in this window. Without a first reading there is nothing to difference.
 */
export function difference(before: Counters | null, now: Counters | null): Count | null {
  if (!before || !now) return null;
  const restarted = now.requests < before.requests || now.errors < before.errors;
  const requests = restarted ? now.requests : now.requests - before.requests;
  const errors = restarted ? now.errors : now.errors - before.errors;
  return { requests, errors: Math.min(errors, requests) };
}

export function plus(a: Count, b: Count): Count {
  return { requests: a.requests + b.requests, errors: a.errors + b.errors };
}
