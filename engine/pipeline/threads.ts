import { once } from "node:events";
import { Worker } from "node:worker_threads";
import { Durations } from "../durations.ts";
import { termsOf } from "../journal/recovery.ts";
import type { Log } from "../log.ts";
import type { Pinned, ThreadName } from "../os/affinity.ts";
import { Refusal } from "../refusal.ts";
import type { ChannelBuffers } from "./channel.ts";
import type { CoreNote, CoreWorkerOptions } from "./core-worker.ts";
import type { JournalNote, JournalStart, JournalWorkerOptions } from "./journal-worker.ts";

const TELL_EVERY_MS = 5_000;

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

/**
 * Starts the core's thread and, when there is a journal, the journal's; resolves when both are ready. They load side by side, but
 * the journal is not touched before the core has recovered what is in it.
 */
export async function startThreads(
  options: ThreadOptions,
  buffers: ChannelBuffers,
  log: Log,
): Promise<Threads> {
  const memory = new SharedArrayBuffer(Durations.BYTES);
  const core = spawn("core", { ...options, buffers });
  const { folder } = options;
  const shared = { buffers, syncs: memory };
  const journal = folder === null ? null : spawnJournal(options, folder, shared, log);
  const note = (await firstMessage(core, log)) as CoreNote;
  if ("refused" in note) {
    await journal?.worker.terminate();
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
  const syncs = new Durations(memory);
  const pinned = { core: note.pinned };
  const threads = { core, all: [core], recovered: note.ready, pinned, syncs, snapshots };
  if (folder === null || journal === null) return threads;
  const placed = await openJournal(journal, folder, note.ready.sequence + 1, log);
  return { ...threads, all: [core, journal.worker], pinned: { ...pinned, journal: placed } };
}

/** A thread that loads already, and what it will say first. */
interface LoadingJournal {
  worker: Worker;
  first: Promise<unknown>;
}

function spawnJournal(
  options: ThreadOptions,
  folder: string,
  shared: Pick<JournalWorkerOptions, "buffers" | "syncs">,
  log: Log,
): LoadingJournal {
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
  const first = firstMessage(worker, log);
  // It is awaited when the core is ready; until then its failure is not news that nobody hears.
  first.catch(() => {});
  return { worker, first };
}

/** Lets the journal's thread begin, from a sequence on. */
async function openJournal(
  { worker, first }: LoadingJournal,
  folder: string,
  nextSequence: number,
  log: Log,
): Promise<Pinned> {
  const start: JournalStart = { nextSequence };
  worker.postMessage(start);
  try {
    const note = (await first) as JournalNote;
    if (!("pinned" in note)) throw new Error(note.cause);
    worker.on("message", (later: JournalNote) => {
      if ("state" in later) log.warn(`the journal is ${later.state}`, { cause: later.cause });
    });
    return note.pinned;
  } catch (error) {
    const hint = "free space, or choose another JOURNAL_DIR";
    throw new Refusal(`can't write a journal in ${folder}`, hint, error);
  }
}

function spawn(name: "core" | "journal", workerData: object): Worker {
  return new Worker(new URL(`./${name}-worker.ts`, import.meta.url), { workerData, name });
}

/** Says now and then that it waits: a machine without a free CPU, or with a stalled disk, else looks like an engine that hangs. */
async function firstMessage(worker: Worker, log: Log): Promise<unknown> {
  const startedMs = performance.now();
  const timer = setInterval(() => {
    const waitedMs = Math.round(performance.now() - startedMs);
    log.warn("a thread is not ready yet", { thread: worker.threadName, waitedMs, ...spentMs() });
  }, TELL_EVERY_MS);
  const ended = new AbortController();
  const onExit = (code: number): void =>
    ended.abort(new Error(`the thread ended with code ${code} before it was ready`));
  worker.once("exit", onExit);
  try {
    const [message] = await once(worker, "message", { signal: ended.signal });
    return message;
  } catch (error) {
    throw ended.signal.aborted ? ended.signal.reason : error;
  } finally {
    worker.off("exit", onExit);
    clearInterval(timer);
  }
}

/** CPU time of the whole process: where it stands still, the process waits; where it is small, others have the CPUs. */
function spentMs(): { cpuMs: number } {
  const { user, system } = process.cpuUsage();
  return { cpuMs: Math.round((user + system) / 1000) };
}
