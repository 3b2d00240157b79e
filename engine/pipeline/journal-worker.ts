import { once } from "node:events";
import { type MessagePort, parentPort, workerData } from "node:worker_threads";
import { noteSync, RECORD_BYTES, seal } from "../core/layout.ts";
import { Durations } from "../durations.ts";
import { isNoSpace, JournalWriter, type JournalWriterOptions } from "../journal/writer.ts";
import { type Pinned, pinThisThread } from "../os/affinity.ts";
import { Channel, type ChannelBuffers } from "./channel.ts";

export interface JournalWorkerOptions extends Omit<JournalWriterOptions, "nextSequence"> {
  buffers: ChannelBuffers;
  /** Where the time that groups take is counted. */
  syncs: SharedArrayBuffer;
  spins: number;
  cpus: number[];
}

/** Comes when the core has recovered: the journal is not touched before. */
export interface JournalStart {
  nextSequence: number;
}

/** What the journal tells the gateway's thread; orders wait for none of it. */
export type JournalNote = { pinned: Pinned } | { state: "fine" | "full" | "failed"; cause: string };

const PREPARE_BYTES = 256 * 1024;
const RETRY_MS = 500;
const IDLE = new Int32Array(new SharedArrayBuffer(4));

/**
 * Takes whatever has been published, writes it in one piece, syncs once, and says how far it is durable. What
 * comes in meanwhile is the next group: no timer decides how long to wait for more.
 */
class JournalLoop {
  readonly #port: MessagePort;
  readonly #channel: Channel;
  readonly #writer: JournalWriter;
  readonly #spins: number;
  readonly #pinned: Pinned;
  readonly #syncs: Durations;
  #durable: number;

  constructor(
    port: MessagePort,
    options: JournalWorkerOptions,
    { nextSequence }: JournalStart,
    pinned: Pinned,
  ) {
    this.#port = port;
    this.#channel = new Channel(options.buffers);
    this.#durable = this.#channel.durable;
    this.#spins = options.spins;
    this.#syncs = new Durations(options.syncs);
    this.#writer = new JournalWriter({ ...options, nextSequence });
    this.#pinned = pinned;
  }

  run(): void {
    const { commands, journalBell } = this.#channel;
    const hasNews = (): boolean => commands.published !== this.#durable || this.#channel.stopped;
    this.#note({ pinned: this.#pinned });
    for (;;) {
      this.#prepare(PREPARE_BYTES);
      if (this.#channel.journalState === "failed") break;
      if (this.#writer.isPrepared) journalBell.wait(hasNews, this.#spins);
      const end = commands.published;
      if (end !== this.#durable && !this.#commit(end)) break;
      if (this.#channel.stopped && this.#isDone(end)) break;
    }
    if (this.#channel.journalState !== "failed") this.#writer.close();
  }

  /** All is written, or what is left has no room and the core is told so: it waits for what it has to snapshot. */
  #isDone(end: number): boolean {
    const { journalState, commands } = this.#channel;
    return end === commands.published && (end === this.#durable || journalState === "full");
  }

  /** False when a write failed: what the disk then holds is not known, so nothing more is promised. */
  #commit(end: number): boolean {
    const before = this.#durable;
    const records = (end - before) | 0;
    let written = 0;
    const startedAt = performance.now();
    try {
      written = this.#append(records);
      this.#writer.sync();
    } catch (error) {
      this.#fail(error);
      return false;
    }
    this.#syncs.observe((performance.now() - startedAt) / 1000);
    this.#durable = (before + written) | 0;
    this.#channel.durable = this.#durable;
    if (((this.#channel.commands.consumed - before) | 0) > 0) this.#channel.gatewayBell.ring();
    this.#prepare(2 * records * RECORD_BYTES);
    // What found no room stays in the ring, and comes first when there is some.
    if (written < records && this.#channel.journalState === "full") pause();
    return true;
  }

  /** The ring's own memory goes to the file: at most two pieces, since the ring wraps. The records that found room. */
  #append(records: number): number {
    const { commands } = this.#channel;
    for (let offset = 0; offset < records; offset += 1) {
      const slot = commands.slot(this.#durable + offset);
      noteSync(commands, slot, offset + 1);
      seal(commands, slot);
    }
    const from = commands.slot(this.#durable);
    const first = Math.min(records, commands.capacity - from);
    const bytes = (slot: number, count: number): Uint8Array =>
      commands.bytes.subarray(slot * RECORD_BYTES, (slot + count) * RECORD_BYTES);
    const written = this.#writer.append(bytes(from, first)) / RECORD_BYTES;
    if (written < first || first === records) return written;
    return written + this.#writer.append(bytes(0, records - first)) / RECORD_BYTES;
  }

  #prepare(bytes: number): void {
    const before = this.#channel.journalState;
    try {
      this.#writer.prepare(bytes);
      if (before === "full") {
        this.#channel.journalState = "fine";
        this.#note({ state: "fine", cause: "there is room again" });
      }
    } catch (error) {
      if (!isNoSpace(error)) {
        this.#fail(error);
        return;
      }
      if (before !== "full") {
        this.#channel.journalState = "full";
        this.#note({ state: "full", cause: String(error) });
      }
      // Nobody rings when a disk gets room. Orders in hand still fit, and are not held up for long.
      const { commands } = this.#channel;
      if (commands.published === this.#durable && !this.#channel.stopped) pause();
    }
  }

  #fail(error: unknown): void {
    this.#channel.journalState = "failed";
    this.#note({ state: "failed", cause: String(error) });
  }

  #note(note: JournalNote): void {
    this.#port.postMessage(note);
  }
}

function pause(): void {
  Atomics.wait(IDLE, 0, 0, RETRY_MS);
}

async function start(port: MessagePort, options: JournalWorkerOptions): Promise<void> {
  const pinned = pinThisThread(options.cpus);
  const [note] = await once(port, "message");
  new JournalLoop(port, options, note as JournalStart, pinned).run();
}

if (parentPort !== null) await start(parentPort, workerData as JournalWorkerOptions);
