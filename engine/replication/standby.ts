import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import type { Config } from "../config.ts";
import type { CoreOptions } from "../core/core.ts";
import { lockJournal } from "../journal/lock.ts";
import type { Log } from "../log.ts";
import { Refusal } from "../refusal.ts";
import { elsewhere, JournalCopy } from "./copy.ts";
import { type HeldLease, keepLease, takeLease } from "./lease.ts";
import { lastSequenceIn, ReplicatedLog } from "./log.ts";
import { patiently } from "./patience.ts";

// An import of node:http would load its WebSocket client as well, which costs a tenth of the start.
const { createServer } = process.getBuiltinModule("node:http");

const PAUSE_MS = 20;

export interface Promotion {
  lease: HeldLease;
  /** To be called when somebody else renews the lease. */
  handOver(): Promise<void>;
}

/**
 * Follows another engine's log: the same journal, the same state, the same snapshots. Resolves when the other one has been
 * silent for the lease's time and this one has taken over; the journal is then ready to be started on.
 */
export async function standBy(config: Config, core: CoreOptions, log: Log): Promise<Promotion> {
  const { journalFolder: folder, natsUrl, natsName, natsReplicas, leaseMs } = config;
  if (folder === null || natsUrl === null) throw new Refusal("STANDBY needs NATS_URL", "set both");
  const release = await lockJournal(folder);
  const copy = new JournalCopy(folder, config, core, log);
  const source = await ReplicatedLog.open(natsUrl, natsName, natsReplicas);
  await refuseOther(source, folder, copy.sequence);
  const health = await serveHealth(config, copy);
  log.info("standing by", { sequence: copy.sequence, port: health.port });
  const promoted = new AbortController();
  const follower = new LogFollower(source, copy, promoted.signal, log);
  const holder = randomUUID();
  const lease = takeLease(source, holder, leaseMs, promoted.signal);
  // A follower that can't go on must not be promoted.
  const place = (await Promise.race([lease, follower.ended.then(() => lease)])) ?? 0;
  const { handOver, isLost } = holdLease(source, { holder, place }, leaseMs);
  // From here on the old one can't write: what is in the log before this fence is all there is.
  const last = await fence(source);
  await follower.finish(last);
  promoted.abort();
  if (isLost()) throw new Refusal("another standby was quicker", "start this one again");
  copy.close();
  await health.close();
  await release();
  log.info("promoted", { sequence: copy.sequence });
  return { lease: { holder, place }, handOver };
}

/** Reads on and on, whether the log is there or away for a while. */
class LogFollower {
  /** Of the last message that was taken. */
  place = 0;
  /** Rejects when it can't go on. */
  readonly ended: Promise<void>;
  readonly #source: ReplicatedLog;
  readonly #copy: JournalCopy;
  readonly #stop: AbortSignal;
  #taking = Promise.resolve();
  #isFinishing = false;

  constructor(source: ReplicatedLog, copy: JournalCopy, stop: AbortSignal, log: Log) {
    this.#source = source;
    this.#copy = copy;
    this.#stop = stop;
    this.ended = this.#run(log);
  }

  async #run(log: Log): Promise<void> {
    while (!this.#isFinishing && !this.#stop.aborted) {
      try {
        await this.#follow();
      } catch (error) {
        // A command that does not fit, or that has no place on this disk, will not fit later.
        if (error instanceof Refusal) throw error;
        if (!this.#stop.aborted) log.warn("the log can't be read", { cause: String(error) });
      }
      await sleep(PAUSE_MS);
    }
  }

  /** Takes all up to a place, message by message: it does not depend on whoever hands them on in time. */
  async finish(last: number): Promise<void> {
    this.#isFinishing = true;
    await this.#taking;
    while (this.place < last) {
      try {
        await this.#takeNext();
      } catch (error) {
        if (error instanceof Refusal) throw error;
        await sleep(PAUSE_MS);
      }
    }
  }

  /** A message that is not there is waited for, unless the log has been cut before it: nothing is skipped that may be an order. */
  async #takeNext(): Promise<void> {
    const entry = await this.#source.at(this.place + 1);
    if (entry !== null) {
      await this.#copy.take(entry.records);
      this.place = entry.place;
      return;
    }
    this.place = Math.max(this.place, (await this.#source.first()) - 1);
    await sleep(PAUSE_MS);
  }

  async #follow(): Promise<void> {
    for await (const entry of this.#source.read(this.place + 1)) {
      if (this.#isFinishing || this.#stop.aborted) return;
      this.#taking = this.#copy.take(entry.records);
      await this.#taking;
      this.place = entry.place;
    }
  }
}

/** Renews the lease until the engine's own sender does: a start that takes long must not lose it. */
function holdLease(
  source: ReplicatedLog,
  { holder, place }: HeldLease,
  leaseMs: number,
): { handOver(): Promise<void>; isLost(): boolean } {
  let over = false;
  let lost = false;
  void keepLease(source, holder, place, leaseMs, {
    stopped: () => over,
    onLost: () => {
      lost = true;
    },
  });
  return {
    isLost: () => lost,
    handOver: async () => {
      over = true;
      await source.close();
    },
  };
}

async function refuseOther(source: ReplicatedLog, folder: string, own: number): Promise<void> {
  const { entry } = await patiently(() => source.last());
  const held = entry === null ? 0 : lastSequenceIn(entry.records);
  if (own > held) throw elsewhere(folder);
}

/** Writes a message without commands behind whatever is there; its place. */
async function fence(source: ReplicatedLog): Promise<number> {
  for (;;) {
    try {
      source.place = (await source.last()).place;
      await source.append(new Uint8Array(0));
      return source.place;
    } catch {
      await sleep(PAUSE_MS);
    }
  }
}

/** A standby takes no orders, and says so to whoever routes. */
async function serveHealth(
  { host, port }: Config,
  copy: JournalCopy,
): Promise<{ port: number; close(): Promise<void> }> {
  const server = createServer((_request, response) => {
    const { sequence, state: journal } = copy;
    response.writeHead(503, { "content-type": "application/json", connection: "close" });
    response.end(JSON.stringify({ status: "standby", sequence, journal }));
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, resolve);
  });
  const address = server.address();
  return {
    port: typeof address === "object" && address !== null ? address.port : port,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
