import { setTimeout as sleep } from "node:timers/promises";

const PER_SECOND = 100;
const TICK_MS = 1_000 / PER_SECOND;

/** Asks a site for the same all the time, so that its traffic can decide; returns what ends it. */
export function startRequests(url: string | undefined, path: string): () => Promise<void> {
  if (url === undefined) return async () => {};
  const ended = new AbortController();
  const target = new URL(path, url);
  const asking = (async () => {
    while (!ended.signal.aborted) {
      // Before its first release a site has nobody who answers: that is not what is rehearsed.
      void fetch(target)
        .then((answer) => answer.arrayBuffer())
        .catch(() => {});
      await sleep(TICK_MS);
    }
  })();
  return async () => {
    ended.abort();
    await asking;
  };
}
