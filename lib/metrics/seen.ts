import type { Counters } from "./counters.ts";

/**
 * What whoever hands requests to an instance saw of it, since it stands there; only grows. An instance does not count
 * a request that it never took, that it dropped, or that it failed without knowing.
 */
export interface Seen {
  /** Answers that came in full. */
  answered: number;
  /** Of those, with a status of 500 or more. */
  failed: number;
  /** Requests that it did not take, did not answer in full, or left without an answer until their client gave up. */
  lost: number;
}

export function nothingSeen(): Seen {
  return { answered: 0, failed: 0, lost: 0 };
}

/**
 * An instance's own counters, and what it cannot know: what it counts as good is no better than its clients found it.
 * What is lost was never counted by it, or as something that its client did not get.
 */
export function withSeen(own: Counters, { answered, failed, lost }: Seen): Counters {
  return {
    ...own,
    requests: Math.max(own.requests, answered) + lost,
    errors: Math.max(own.errors, failed) + lost,
  };
}
