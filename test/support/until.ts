export { isAlive } from "../../lib/liveness.ts";

import { setTimeout as sleep } from "node:timers/promises";

/** A fault, not a wait: what others do on this machine may hold anything up for many seconds. */
const DEADLINE_MS = 60_000;

/** Asks until the answer is not undefined or false; on a busy machine that may take a while. */
export async function until<T>(
  what: string,
  ask: () => T | undefined | false | Promise<T | undefined | false>,
  deadlineMs = DEADLINE_MS,
): Promise<T> {
  const deadline = performance.now() + deadlineMs;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined && answer !== false) return answer;
    if (performance.now() > deadline) throw new Error(`${what}: not within ${deadlineMs} ms`);
    await sleep(10);
  }
}
