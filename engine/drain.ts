import { setTimeout as sleep } from "node:timers/promises";

export interface Drainable {
  /** Answers not yet written. */
  inHand(): number;
  /** Milliseconds since an order last came in. */
  quietMs(): number;
  /** Takes no new connection and closes the idle ones; resolves when all are gone. */
  close(): Promise<void>;
  /** Cuts what is left. */
  cut(): void;
}

const POLL_MS = 10;

/**
 * Ends without losing an order. Idle connections are not cut at once, since an order may be on its way on one of
 * them: the engine serves on until it was quiet for a while, telling each client that the connection ends.
 * Resolves with true when nothing had to be cut.
 */
export async function drain(engine: Drainable, quietMs: number, limitMs: number): Promise<boolean> {
  const end = performance.now() + limitMs;
  const quietEnd = performance.now() + limitMs / 2;
  await sleep(Math.min(quietMs, limitMs / 2));
  while (performance.now() < quietEnd && (engine.inHand() > 0 || engine.quietMs() < quietMs)) {
    await sleep(POLL_MS);
  }
  const left = Math.max(POLL_MS, end - performance.now());
  const abort = new AbortController();
  const closed = engine.close().then(() => true);
  const late = sleep(left, false, { signal: abort.signal }).catch(() => false);
  const clean = await Promise.race([closed, late]);
  abort.abort();
  if (!clean) engine.cut();
  return clean;
}
