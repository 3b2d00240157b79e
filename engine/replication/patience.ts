import { setTimeout as sleep } from "node:timers/promises";
import { Refusal } from "../refusal.ts";

const LIMIT_MS = 5_000;
const PAUSE_MS = 200;

/** Asks a log again that fails: a cluster that has just lost a server, or is just starting, needs a moment to agree on a leader. */
export async function patiently<T>(ask: () => Promise<T>): Promise<T> {
  const end = performance.now() + LIMIT_MS;
  for (;;) {
    try {
      return await ask();
    } catch (error) {
      if (error instanceof Refusal || performance.now() > end) throw error;
      await sleep(PAUSE_MS);
    }
  }
}
