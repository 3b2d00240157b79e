import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { parentPort, workerData } from "node:worker_threads";
import { RECORD_BYTES } from "../core/layout.ts";
import { listSegments } from "../journal/files.ts";
import { JournalFollower } from "../journal/follower.ts";
import { type Pinned, pinThisThread } from "../os/affinity.ts";
import { Channel, type ChannelBuffers } from "../pipeline/channel.ts";
import { DurableSequence } from "../pipeline/durable-sequence.ts";
import { Refusal } from "../refusal.ts";
import { type HeldLease, keepLease, takeLease } from "./lease.ts";
import { Fenced, lastSequenceIn, ReplicatedLog } from "./log.ts";
import { patiently } from "./patience.ts";
import { isSame } from "./same.ts";

export interface ReplicatorOptions {
  url: string;
  name: string;
  replicas: number;
  leaseMs: number;
  folder: string;
  buffers: ChannelBuffers;
  /** Sequence at which the channel began. */
  before: number;
  /** The lease that this process holds already; null makes it wait for one. */
  lease: HeldLease | null;
  cpus: number[];
}

export type ReplicatorNote =
  | { ready: Pinned }
  | { refused: { message: string; hint: string } }
  | { fenced: string }
  | { ended: string }
  | { trouble: string | null };

const RETRY_MS = 100;
const IDLE_MS = 1;
const LEASE_PATIENCE = 2;
/** How often the log is asked for a message that it may have taken. */
const LOOKS = 50;

/** Sends what is durable here to the log, and says how far it is safe: both, here and there. */
class Replicator {
  readonly #options: ReplicatorOptions;
  readonly #channel: Channel;
  readonly #durable: DurableSequence;
  readonly #note: (note: ReplicatorNote) => void;
  #trouble: string | null = null;

  constructor(options: ReplicatorOptions, note: (note: ReplicatorNote) => void) {
    this.#options = options;
    this.#channel = new Channel(options.buffers);
    this.#durable = new DurableSequence(this.#channel, options.before, "durable");
    this.#note = note;
  }

  /** Resolves when the engine ends, or this engine is fenced. */
  async run(): Promise<void> {
    const { url, name, replicas } = this.#options;
    const pinned = pinThisThread(this.#options.cpus);
    const log = await ReplicatedLog.open(url, name, replicas);
    try {
      const follower = await this.#begin(log);
      this.#note({ ready: pinned });
      await this.#follow(log, follower).catch((error: unknown) => {
        // Nothing that comes is acknowledged any more, so nothing more is taken.
        this.#channel.journalState = "failed";
        this.#note({ ended: String(error) });
      });
    } finally {
      await log.close();
    }
  }

  /** Becomes the one that may write, and sends what the journal already holds before anything new is taken. */
  async #begin(log: ReplicatedLog): Promise<JournalFollower> {
    const { leaseMs, folder, before } = this.#options;
    const holder = this.#options.lease?.holder ?? randomUUID();
    const patience = AbortSignal.timeout(leaseMs * LEASE_PATIENCE);
    const place = this.#options.lease?.place ?? (await takeLease(log, holder, leaseMs, patience));
    if (place === null) {
      throw new Refusal("another engine writes this log", "start this one with STANDBY=on");
    }
    const follower = new JournalFollower(folder, await patiently(() => this.#claim(log)));
    void keepLease(log, holder, place, leaseMs, {
      stopped: () => this.#channel.stopped,
      onLost: () => this.#fence("another engine took the lease"),
    });
    while (follower.next <= before && this.#channel.journalState !== "failed") {
      await this.#send(log, follower);
    }
    return follower;
  }

  async #follow(log: ReplicatedLog, follower: JournalFollower): Promise<void> {
    while (this.#channel.journalState !== "failed") {
      const sent = await this.#send(log, follower);
      if (sent > 0) continue;
      if (this.#channel.stopped && follower.next > this.#durable.read()) break;
      await sleep(IDLE_MS);
    }
  }

  /** Makes sure that the log is this journal's, and that nobody who wrote before can write again. */
  async #claim(log: ReplicatedLog): Promise<number> {
    const { before, folder } = this.#options;
    const { place, entry } = await log.last();
    const held = entry === null ? 0 : lastSequenceIn(entry.records);
    if (held > before || (entry !== null && !isSame(folder, held, entry.records))) {
      const hint =
        "start it with STANDBY=on; a journal that has gone its own way must be moved away";
      throw new Refusal(`the log holds commands that the journal in ${folder} does not`, hint);
    }
    log.place = place;
    await log.append(new Uint8Array(0));
    // A log that begins with a journal that is not whole begins where a snapshot of it can be copied from.
    return entry === null ? (listSegments(folder)[0]?.sequence ?? 1) : held + 1;
  }

  /** One message of what has come in since the last; the number of its commands. */
  async #send(log: ReplicatedLog, follower: JournalFollower): Promise<number> {
    const records = follower.readBytes(this.#durable.read());
    const count = records.length / RECORD_BYTES;
    if (count === 0 || !(await this.#deliver(log, records))) return 0;
    this.#tell(null);
    this.#channel.replicated = (follower.next - 1 - this.#options.before) | 0;
    return count;
  }

  /** Repeats a message until its fate is known; false when it is not in the log. */
  async #deliver(log: ReplicatedLog, records: Uint8Array): Promise<boolean> {
    for (;;) {
      try {
        await log.append(records);
        return true;
      } catch (error) {
        if (error instanceof Fenced) {
          const isThere = await this.#isThere(log, records);
          if (!isThere) this.#fence(error.message);
          return isThere;
        }
        this.#tell(messageOf(error));
        if (this.#channel.stopped) return false;
        await sleep(RETRY_MS);
      }
    }
  }

  /** An answer may have been lost: then the message is where it was to be, whatever came after it. */
  async #isThere(log: ReplicatedLog, records: Uint8Array): Promise<boolean> {
    for (let look = 0; look < LOOKS; look += 1) {
      try {
        const entry = await log.at(log.place + 1);
        if (entry !== null) {
          const isOurs = Buffer.compare(entry.records, records) === 0;
          if (isOurs) log.place = entry.place;
          return isOurs;
        }
      } catch (error) {
        this.#tell(messageOf(error));
        if (this.#channel.stopped) return false;
      }
      await sleep(RETRY_MS);
    }
    return false;
  }

  #fence(cause: string): void {
    this.#channel.journalState = "failed";
    this.#note({ fenced: cause });
  }

  #tell(trouble: string | null): void {
    if (trouble !== this.#trouble) this.#note({ trouble });
    this.#trouble = trouble;
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

async function start(options: ReplicatorOptions): Promise<void> {
  const port = parentPort;
  if (port === null) return;
  try {
    await new Replicator(options, (note) => port.postMessage(note)).run();
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    const hint = error instanceof Refusal ? error.hint : "see that NATS_URL can be reached";
    port.postMessage({ refused: { message: error.message, hint } });
  }
}

if (parentPort !== null) await start(workerData as ReplicatorOptions);
