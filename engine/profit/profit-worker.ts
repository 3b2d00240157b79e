import { setTimeout as sleep } from "node:timers/promises";
import { type MessagePort, parentPort, workerData } from "node:worker_threads";
import type { CoreOptions } from "../core/core.ts";
import { Profits } from "../core/profits.ts";
import type { SymbolSpec } from "../core/symbols.ts";
import { type Pinned, pinThisThread } from "../os/affinity.ts";
import { Channel, type ChannelBuffers } from "../pipeline/channel.ts";
import { DurableSequence } from "../pipeline/durable-sequence.ts";
import { ProfitCount } from "./profit-count.ts";
import { keepProfits } from "./profit-file.ts";

export interface ProfitWorkerOptions {
  folder: string;
  users: number[];
  symbols: SymbolSpec[];
  core: CoreOptions;
  buffers: ChannelBuffers;
  /** Sequence at which the channel began. */
  before: number;
  /** What is known already, and up to which command. */
  profits: SharedArrayBuffer;
  sequence: number;
  missing: number;
  /** Two numbers for metrics: up to which command trades are counted, and how many commands' never will be. */
  figures: SharedArrayBuffer;
  cpus: number[];
}

export type ProfitNote = { ready: Pinned } | { unkept: string };

const LOOK_EVERY_MS = 20;
/** What a kill can leave to be counted anew, unless a snapshot has taken its place: then it is kept at once. */
const KEEP_EVERY_MS = 5_000;

/** Counts profit behind the journal, and keeps what it comes to. */
async function start(parent: MessagePort, options: ProfitWorkerOptions): Promise<void> {
  const note = (content: ProfitNote): void => parent.postMessage(content);
  const pinned = pinThisThread(options.cpus);
  const { folder, symbols, core, users, sequence, missing } = options;
  const profits = new Profits(users, symbols.length, options.profits);
  const count = new ProfitCount({ folder, symbols, core, profits, sequence, missing });
  const channel = new Channel(options.buffers);
  const durable = new DurableSequence(channel, options.before);
  const figures = new Float64Array(options.figures);
  // From here on the file that comes next is open, and can't be pruned unread.
  count.readOn(durable.read());
  note({ ready: pinned });
  let kept = sequence;
  let keptAt = performance.now();
  let snapshots = count.snapshots;
  const keep = (): void => {
    keptAt = performance.now();
    snapshots = count.snapshots;
    if (count.sequence === kept) return;
    kept = count.sequence;
    try {
      keepProfits(folder, { ...profits.save(), sequence: kept, missing: count.missing });
    } catch (error) {
      // It is tried again; until then a start counts more of the journal.
      note({ unkept: String(error) });
    }
  };
  for (;;) {
    const isEnding = channel.stopped;
    const last = durable.read();
    const hasRead = count.readOn(last);
    figures.set([count.sequence, count.missing]);
    if (count.snapshots !== snapshots || performance.now() - keptAt > KEEP_EVERY_MS) keep();
    if (hasRead) continue;
    if (isEnding) break;
    await sleep(LOOK_EVERY_MS);
  }
  keep();
  count.close();
}

if (parentPort !== null) await start(parentPort, workerData as ProfitWorkerOptions);
