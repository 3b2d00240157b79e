import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { parentPort, workerData } from "node:worker_threads";
import { RECORD_BYTES } from "../core/layout.ts";
import { JournalFollower } from "../journal/follower.ts";
import { Channel, type ChannelBuffers } from "../pipeline/channel.ts";
import { DurableSequence } from "../pipeline/durable-sequence.ts";
import { Refusal } from "../refusal.ts";
import { type HeldLease, keepLease, takeLease } from "./lease.ts";
import { Fenced, lastSequenceIn, ReplicatedLog } from "./log.ts";

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
}

export type ReplicatorNote =
  | { ready: true }
  | { refused: { message: string; hint: string } }
  | { fenced: string }
  | { trouble: string | null };

const RETRY_MS = 100;
const IDLE_MS = 1;
const LEASE_PATIENCE = 2;

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

  async run(): Promise<void> {
    const { url, name, replicas, leaseMs } = this.#options;
    const log = await ReplicatedLog.open(url, name, replicas);
    const holder = this.#options.lease?.holder ?? randomUUID();
    const patience = AbortSignal.timeout(leaseMs * LEASE_PATIENCE);
    const place = this.#options.lease?.place ?? (await takeLease(log, holder, leaseMs, patience));
    if (place === null) {
      throw new Refusal("another engine writes this log", "start this one with STANDBY=on");
    }
    const follower = new JournalFollower(this.#options.folder, await this.#claim(log));
    void keepLease(log, holder, place, leaseMs, {
      stopped: () => this.#channel.stopped,
      onLost: () => this.#fence("another engine took the lease"),
    });
    // What the journal already holds is sent before anything new is taken.
    while (follower.next <= this.#options.before) await this.#send(log, follower);
    this.#note({ ready: true });
    while (this.#channel.journalState !== "failed") {
      const sent = await this.#send(log, follower);
      if (sent > 0) continue;
      if (this.#channel.stopped && follower.next > this.#durable.read()) break;
      await sleep(IDLE_MS);
    }
    await log.close();
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
    return held + 1;
  }

  /** One message of what has come in since the last; it is repeated until its fate is known. */
  async #send(log: ReplicatedLog, follower: JournalFollower): Promise<number> {
    const records = follower.readBytes(this.#durable.read());
    const count = records.length / RECORD_BYTES;
    if (count === 0) return 0;
    for (;;) {
      try {
        await log.append(records);
        break;
      } catch (error) {
        if (error instanceof Fenced && !(await this.#isOurs(log, records))) {
          this.#fence(error.message);
          return 0;
        }
        if (error instanceof Fenced) break;
        this.#tell(error instanceof Error ? error.message : String(error));
        if (this.#channel.stopped) return 0;
        await sleep(RETRY_MS);
      }
    }
    this.#tell(null);
    this.#channel.replicated = (follower.next - 1 - this.#options.before) | 0;
    return count;
  }

  /** An answer may have been lost: then the newest message is the one that was sent. */
  async #isOurs(log: ReplicatedLog, records: Uint8Array): Promise<boolean> {
    const { place, entry } = await log.last();
    if (entry === null || entry.place !== place) return false;
    if (Buffer.compare(entry.records, records) !== 0) return false;
    log.place = place;
    return true;
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

/** Whether the journal holds the same command at the end of a message. */
export function isSame(folder: string, sequence: number, records: Uint8Array): boolean {
  const follower = new JournalFollower(folder, sequence);
  try {
    const own = follower.readBytes(sequence);
    // Without the command, a snapshot took its place, which is later than it.
    return own.length === 0 || Buffer.compare(own, records.subarray(-RECORD_BYTES)) === 0;
  } catch {
    return true;
  } finally {
    follower.close();
  }
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
