import { parentPort, workerData } from "node:worker_threads";
import type { CoreOptions } from "../core/core.ts";
import { type SymbolSpec, Symbols } from "../core/symbols.ts";
import { Durations } from "../durations.ts";
import { type Pinned, pinThisThread } from "../os/affinity.ts";
import { Channel, type ChannelBuffers } from "../pipeline/channel.ts";
import { DurableSequence } from "../pipeline/durable-sequence.ts";
import { MeteredSink, StoreFigures } from "./metered.ts";
import { Projection } from "./projection.ts";
import type { Sink } from "./sink.ts";

export type StoreName = "postgres" | "redis";

export interface StoreWorkerOptions {
  store: StoreName;
  url: string;
  /** Tells this engine's rows from those of others. */
  journal: string;
  folder: string;
  symbols: SymbolSpec[];
  core: CoreOptions;
  buffers: ChannelBuffers;
  /** Sequence at which the channel began. */
  before: number;
  /** One number: the sequence up to which all is in the store. */
  projected: SharedArrayBuffer;
  figures: SharedArrayBuffer;
  writes: SharedArrayBuffer;
  cpus: number[];
}

export type StoreNote =
  | { pinned: Pinned }
  | { state: string | null }
  | { ticket: number; cause: string | null };

async function start(options: StoreWorkerOptions): Promise<void> {
  const port = parentPort;
  if (port === null) return;
  const note = (content: StoreNote): void => port.postMessage(content);
  note({ pinned: pinThisThread(options.cpus) });
  const channel = new Channel(options.buffers);
  const durable = new DurableSequence(channel, options.before);
  const projected = new BigInt64Array(options.projected);
  const figures = new StoreFigures(options.figures);
  const sink = new MeteredSink(await openSink(options), figures, new Durations(options.writes));
  port.on("message", (ticket: number) => {
    sink.ping().then(
      () => note({ ticket, cause: null }),
      (error: unknown) => note({ ticket, cause: messageOf(error) }),
    );
  });
  let known: string | null | undefined;
  await new Projection({
    folder: options.folder,
    symbols: options.symbols,
    core: options.core,
    sink,
    durable: () => durable.read(),
    stopped: () => channel.stopped,
    onProjected: (sequence) => Atomics.store(projected, 0, BigInt(sequence)),
    onState: (state) => {
      if (state !== known) note({ state });
      known = state;
    },
  }).run();
  port.close();
}

async function openSink({
  store,
  url,
  journal,
  symbols: specs,
}: StoreWorkerOptions): Promise<Sink> {
  const symbols = new Symbols();
  for (const spec of specs) symbols.list(spec);
  if (store === "redis") return new (await import("./redis.ts")).RedisSink(url, journal, symbols);
  return new (await import("./postgres.ts")).PostgresSink(url, journal, symbols);
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message || error.name : String(error);
}

await start(workerData as StoreWorkerOptions);
