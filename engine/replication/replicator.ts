import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { Worker } from "node:worker_threads";
import type { Log } from "../log.ts";
import type { Pinned } from "../os/affinity.ts";
import { Channel } from "../pipeline/channel.ts";
import { Refusal } from "../refusal.ts";
import type { ReplicatorNote, ReplicatorOptions } from "./replicator-worker.ts";

/** The sender to the log, as the engine's thread sees it. */
export interface Replication {
  name: string;
  pinned: Pinned;
  end(): Promise<void>;
}

const END_LIMIT_MS = 2_000;

/** Starts sending the journal to the log; resolves when this engine is the one that may write there. */
export async function startReplicator(
  options: ReplicatorOptions,
  log: Log,
  onFenced: () => void,
): Promise<Replication> {
  const url = new URL("./replicator-worker.ts", import.meta.url);
  const worker = new Worker(url, { workerData: options, name: "replicator" });
  const ready = Promise.withResolvers<Pinned>();
  // Without its sender no order is acknowledged; said at once, not when clients have waited for long.
  worker.on("error", (error) => {
    ready.reject(error);
    new Channel(options.buffers).journalState = "failed";
    // Nobody renews the lease any more: another engine will take over, and has to be asked then.
    onFenced();
    log.error("the sender to the log ended: nothing more is acknowledged", {
      cause: String(error),
    });
  });
  // While it sends what the journal holds already it may have more to say than that it is ready.
  worker.on("message", (note: ReplicatorNote) => {
    if ("ready" in note) ready.resolve(note.ready);
    else if ("refused" in note) {
      ready.reject(new Refusal(note.refused.message, note.refused.hint));
    } else if ("fenced" in note) {
      onFenced();
      log.error("fenced: nothing more is acknowledged", { cause: note.fenced });
    } else if ("ended" in note) {
      onFenced();
      log.error("the log is left behind: nothing more is acknowledged", { cause: note.ended });
    } else if ("trouble" in note && note.trouble !== null) {
      log.warn("the log can't be written", { cause: note.trouble });
    } else if ("trouble" in note) log.info("the log is written");
  });
  const pinned = await ready.promise;
  return {
    name: "replicator",
    pinned,
    end: async () => {
      if (worker.threadId < 0) return;
      await Promise.race([once(worker, "exit"), sleep(END_LIMIT_MS)]);
      await worker.terminate();
    },
  };
}
