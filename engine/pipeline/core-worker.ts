import {
  type MessagePort,
  parentPort,
  receiveMessageOnPort,
  workerData,
} from "node:worker_threads";
import { blankCommand, type Command, OP } from "../core/command.ts";
import type { Core, CoreOptions } from "../core/core.ts";
import { readCommand } from "../core/layout.ts";
import { Profits } from "../core/profits.ts";
import { stateHash } from "../core/state-hash.ts";
import type { SymbolSpec, Symbols } from "../core/symbols.ts";
import { type Recovered, recover, startEmpty, termsOf } from "../journal/recovery.ts";
import { writeSnapshot } from "../journal/snapshot.ts";
import { MarketWriter } from "../market/market-ring.ts";
import { type AffinityPlan, type Pinned, pinThisThread } from "../os/affinity.ts";
import { Refusal } from "../refusal.ts";
import { Channel, type ChannelBuffers } from "./channel.ts";
import { DurableSequence } from "./durable-sequence.ts";
import { EventWriter } from "./event-ring.ts";
import { Ring } from "./ring.ts";

export interface CoreWorkerOptions extends CoreOptions {
  /** Users whose profit is kept, and the memory to keep it in. */
  profits?: { users: number[]; memory: SharedArrayBuffer };
  buffers: ChannelBuffers;
  symbols: SymbolSpec[];
  /** Where the journal is; null keeps everything in memory. */
  folder: string | null;
  spins: number;
  cpus: Pick<AffinityPlan, "core" | "journal">;
}

/** A question that is answered by message, outside the order path. */
export interface DepthRequest {
  depth: number;
  ticket: number;
}

export type CoreNote =
  | {
      ready: Omit<Recovered, "core" | "symbols"> & {
        sequence: number;
        nextEngineId: number;
        ms: number;
        hash: string;
        /** A time that commands bear already, where time decides anything. */
        latestMs: number;
      };
      pinned: Pinned;
    }
  | { refused: { message: string; hint: string; cause: string | undefined } }
  | { depth: ReturnType<Core["depth"]>; ticket: number }
  | { snapshot: SnapshotNote };

/** How the last snapshot went. */
export type SnapshotNote = { sequence: number; ms: number } | { failed: string };

/** Commands between two looks at what the readers of this thread's results may already have. */
const GROUP = 256;
const NAP_MS = 1;
const IDLE = new Int32Array(new SharedArrayBuffer(4));

function start(port: MessagePort, options: CoreWorkerOptions): void {
  const pinned = pinThisThread(options.cpus.core);
  const startedAt = performance.now();
  const note = (content: CoreNote): void => port.postMessage(content);
  const channel = new Channel(options.buffers);
  const events = new EventWriter(channel.events, () => {
    channel.gatewayBell.ring();
    nap();
  });
  const { market } = options.buffers;
  const writer = market === null ? null : new MarketWriter(new Ring(market), events);
  const recovered = restore(options, writer, note);
  if (recovered === null) return;
  const { core, symbols, ...how } = recovered;
  const ms = Math.round(performance.now() - startedAt);
  const { sequence, nextEngineId } = core;
  const hash = stateHash(core, symbols);
  const latestMs = core.limits?.latestMs ?? 0;
  note({ ready: { ...how, sequence, nextEngineId, ms, hash, latestMs }, pinned });
  new CoreLoop(port, options, { channel, events, market: writer }, core, symbols).run();
}

function restore(
  options: CoreWorkerOptions,
  market: MarketWriter | null,
  note: (content: CoreNote) => void,
): Recovered | null {
  const { folder, symbols, profits } = options;
  const tally = profits && new Profits(profits.users, symbols.length, profits.memory);
  const watched = {
    ...options,
    ...(market === null ? {} : { watch: market }),
    ...(tally === undefined ? {} : { tally }),
  };
  try {
    if (folder === null) return startEmpty(symbols, watched);
    const recovered = recover(folder, symbols, watched);
    tally?.clear();
    return recovered;
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const { message, hint, cause } = error;
    note({ refused: { message, hint, cause: cause instanceof Error ? cause.message : undefined } });
    return null;
  }
}

interface Outlets {
  channel: Channel;
  events: EventWriter;
  market: MarketWriter | null;
}

/** The one thread that changes books. It never waits for the disk, only for commands. */
class CoreLoop {
  readonly #port: MessagePort;
  readonly #options: CoreWorkerOptions;
  readonly #channel: Channel;
  readonly #core: Core;
  readonly #symbols: Symbols;
  readonly #events: EventWriter;
  readonly #market: MarketWriter | null;
  readonly #safe: DurableSequence;
  readonly #command: Command = blankCommand();
  #mail = 0;

  constructor(
    port: MessagePort,
    options: CoreWorkerOptions,
    { channel, events, market }: Outlets,
    core: Core,
    symbols: Symbols,
  ) {
    this.#port = port;
    this.#options = options;
    this.#channel = channel;
    this.#market = market;
    this.#core = core;
    this.#symbols = symbols;
    this.#events = events;
    this.#safe = new DurableSequence(channel, core.sequence);
  }

  run(): void {
    const channel = this.#channel;
    const { commands } = channel;
    this.#market?.publish(this.#core);
    const hasNews = (): boolean =>
      commands.published !== commands.consumed || channel.mail !== this.#mail || channel.stopped;
    for (;;) {
      channel.coreBell.wait(hasNews, this.#options.spins);
      this.#applyPublished();
      this.#readMail();
      if (channel.stopped && commands.published === commands.consumed) return;
    }
  }

  #applyPublished(): void {
    const { commands } = this.#channel;
    const end = commands.published;
    let position = commands.consumed;
    while (position !== end) {
      const from = position;
      const group = Math.min(GROUP, (end - position) | 0);
      for (let count = 0; count < group; count += 1) {
        this.#apply(position);
        position = (position + 1) | 0;
      }
      this.#events.publish();
      this.#market?.publish(this.#core);
      commands.consume(position);
      // Before this, some of these commands may have been durable and not applied: those are complete now.
      if (!this.#channel.journaled || ((this.#channel.durable - from) | 0) > 0) {
        this.#channel.gatewayBell.ring();
      }
    }
  }

  #apply(position: number): void {
    readCommand(this.#channel.commands, this.#channel.commands.slot(position), this.#command);
    const market = this.#market;
    market?.begin(this.#core, this.#command, position);
    this.#core.apply(this.#command, market ?? this.#events);
    this.#events.endCommand();
    if (this.#command.op === OP.snapshot) this.#snapshot(position);
  }

  /** A snapshot holds only what the journal holds as well, so neither can be ahead after a crash. */
  #snapshot(position: number): void {
    const { folder, symbols } = this.#options;
    if (folder === null) return;
    while (((this.#channel.durable - position) | 0) <= 0) {
      const { journalState, stopped } = this.#channel;
      // What has no room when the engine ends was acknowledged to nobody, and needs no snapshot.
      if (journalState === "failed" || (stopped && journalState === "full")) return;
      nap();
    }
    const startedAt = performance.now();
    try {
      const terms = termsOf(symbols, this.#options);
      writeSnapshot(folder, this.#core, this.#symbols, terms, this.#safe.read());
      const ms = Math.round(performance.now() - startedAt);
      this.#tell({ sequence: this.#core.sequence, ms });
    } catch (error) {
      // The journal still holds every command; without this snapshot the next start only takes longer.
      this.#tell({ failed: String(error) });
    }
  }

  #tell(snapshot: SnapshotNote): void {
    const note: CoreNote = { snapshot };
    this.#port.postMessage(note);
  }

  #readMail(): void {
    if (this.#channel.mail === this.#mail) return;
    this.#mail = this.#channel.mail;
    for (;;) {
      const letter = receiveMessageOnPort(this.#port);
      if (letter === undefined) return;
      const { depth, ticket } = letter.message as DepthRequest;
      this.#port.postMessage({ depth: this.#core.depth(depth), ticket });
    }
  }
}

function nap(): void {
  Atomics.wait(IDLE, 0, 0, NAP_MS);
}

if (parentPort !== null) start(parentPort, workerData as CoreWorkerOptions);
