/** How long a download may take at each point before it counts as failed. */
export interface Patience {
  /** Until the other end is connected: short, so that a machine that is offline goes on soon. */
  connectMs: number;
  /** Without a single byte. */
  stallMs: number;
  /** All attempts and waits together. */
  totalMs: number;
  /** Attempts after the first. */
  retries: number;
  /** Before the first retry; twice as long before each further one. */
  backoffMs: number;
  /** The longest that a server's Retry-After is honoured. */
  longestWaitMs: number;
  /** Between two lines that tell how far it is. */
  progressEveryMs: number;
}

export const PATIENCE: Patience = {
  connectMs: 5_000,
  stallMs: 20_000,
  totalMs: 600_000,
  retries: 3,
  backoffMs: 1_000,
  longestWaitMs: 60_000,
  progressEveryMs: 3_000,
};
