import { once } from "node:events";
import { Worker } from "node:worker_threads";
import { Durations } from "../durations.ts";
import { termsOf } from "../journal/recovery.ts";
import type { Log } from "../log.ts";
import type { Pinned, ThreadName } from "../os/affinity.ts";
import { Refusal } from "../refusal.ts";
import type { ChannelBuffers } from "./channel.ts";
import type { CoreNote, CoreWorkerOptions } from "./core-worker.ts";
import type { JournalNote, JournalWorkerOptions } from "./journal-worker.ts";

export interface ThreadOptions
  extends Omit<CoreWorkerOptions, "buffers">,
    Pick<JournalWorkerOptions, "segmentBytes" | "limitBytes"> {}

export interface Threads {
  core: Worker;
  all: Worker[];
  /** What the journal gave back. */
  recovered: Extract<CoreNote, { ready: unknown }>["ready"];
  pinned: Partial<Record<ThreadName, Pinned>>;
  syncs: Durations;
  /** The newest snapshot's sequence, and how many could not be written. */
  snapshots: { sequence: number; failures: number };
}

/** Starts the core's thread and, when there is a journal, the journal's; resolves when both are ready. */
export async function startThreads(
  options: ThreadOptions,
  buffers: ChannelBuffers,
  log: Log,
): Promise<Threads> {
  const core = spawn("core", { ...options, buffers });
  const note = (await firstMessage(core)) as CoreNote;
  if ("refused" in note) {
    const { message, hint, cause } = note.refused;
    throw new Refusal(message, hint, cause === undefined ? undefined : new Error(cause));
  }
  if (!("ready" in note)) throw new Error("the core answered before it was ready");
  const snapshots: Threads["snapshots"] = { sequence: note.ready.snapshot, failures: 0 };
  core.on("message", (later: CoreNote) => {
    if (!("snapshot" in later)) return;
    if ("failed" in later.snapshot) {
      snapshots.failures += 1;
      log.warn("no snapshot could be left", { cause: later.snapshot.failed });
    } else {
      snapshots.sequence = later.snapshot.sequence;
      log.debug("a snapshot is left", later.snapshot);
    }
  });
  const memory = new SharedArrayBuffer(Durations.BYTES);
  const syncs = new Durations(memory);
  const pinned = { core: note.pinned };
  const threads = { core, all: [core], recovered: note.ready, pinned, syncs, snapshots };
  if (options.folder === null) return threads;
  const journal = await startJournal(
    options,
    options.folder,
    { buffers, syncs: memory, nextSequence: note.ready.sequence + 1 },
    log,
  );
  const all = [core, journal.worker];
  return { ...threads, all, pinned: { ...pinned, journal: journal.pinned } };
}

async function startJournal(
  options: ThreadOptions,
  folder: string,
  shared: Pick<JournalWorkerOptions, "buffers" | "syncs" | "nextSequence">,
  log: Log,
): Promise<{ worker: Worker; pinned: Pinned }> {
  const { symbols, segmentBytes, limitBytes, spins, cpus } = options;
  const terms = termsOf(symbols, options);
  const data: JournalWorkerOptions = {
    folder,
    terms,
    segmentBytes,
    limitBytes,
    ...shared,
    spins,
    cpus: cpus.journal,
  };
  const worker = spawn("journal", data);
  try {
    const note = (await firstMessage(worker)) as JournalNote;
    if (!("pinned" in note)) throw new Error(note.cause);
    worker.on("message", (later: JournalNote) => {
      if ("state" in later) log.warn(`the journal is ${later.state}`, { cause: later.cause });
    });
    return { worker, pinned: note.pinned };
  } catch (error) {
    const hint = "free space, or choose another JOURNAL_DIR";
    throw new Refusal(`can't write a journal in ${folder}`, hint, error);
  }
}

function spawn(name: "core" | "journal", workerData: object): Worker {
  return new Worker(new URL(`./${name}-worker.ts`, import.meta.url), { workerData, name });
}

async function firstMessage(worker: Worker): Promise<unknown> {
  const [message] = await once(worker, "message");
  return message;
}
