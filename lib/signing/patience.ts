import { setTimeout as sleep } from "node:timers/promises";
import { SluiceError } from "../error.ts";

export interface Patience {
  /** How long an outage is waited out, from when it is first met. */
  patienceMs: number;
  say: (message: string) => void;
  signal?: AbortSignal | undefined;
}

const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 30_000;

/** Tries again, at growing distances, as long as it is an outage and patience lasts; then throws the last error. */
export async function patiently<T>(
  attempt: () => Promise<T>,
  { patienceMs, say, signal }: Patience,
): Promise<T> {
  let endsAt: number | undefined;
  for (let pauseMs = FIRST_PAUSE_MS; ; pauseMs = Math.min(2 * pauseMs, LONGEST_PAUSE_MS)) {
    try {
      return await attempt();
    } catch (error) {
      if (!isOutage(error)) throw error;
      endsAt ??= performance.now() + patienceMs;
      if (performance.now() + pauseMs > endsAt) throw error;
      say(`${error.message}; trying again in ${pauseMs / 1_000} s`);
      await pause(pauseMs, signal);
    }
  }
}

/** Whether nobody could tell, which is neither yes nor no. */
function isOutage(error: unknown): error is SluiceError {
  return error instanceof SluiceError && error.code === "transparency-log-unavailable";
}

/** A cancelled job ends with the reason of its cancelling. */
async function pause(ms: number, signal: AbortSignal | undefined): Promise<void> {
  try {
    await sleep(ms, undefined, { signal });
  } catch (error) {
    signal?.throwIfAborted();
    throw error;
  }
}
