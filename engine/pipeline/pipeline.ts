import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { blankCommand, type Command, OP, type Reason } from "../core/command.ts";
import type { Depth } from "../core/core.ts";
import { writeCommand } from "../core/layout.ts";
import type { Outcome } from "../core/outcome.ts";
import { Profits } from "../core/profits.ts";
import { Durations } from "../durations.ts";
import type { Log } from "../log.ts";
import { Channel, type ChannelBuffers, type JournalState } from "./channel.ts";
import type { CoreNote, DepthRequest } from "./core-worker.ts";
import { readEvent } from "./event-ring.ts";
import { SequencerClock } from "./sequencer-clock.ts";
import { startThreads, type ThreadOptions, type Threads } from "./threads.ts";
import { NOBODY_WAITS, OutcomeWaiter, type Waiter } from "./waiter.ts";

const COMMAND_SLOTS = 16_384;
const SNAPSHOT_LIMIT_MS = 5_000;
const EVENT_SLOTS = 65_536;
const MARKET_SLOTS = 65_536;

export interface PipelineOptions extends ThreadOptions {
  /** Commands from one snapshot to the next; 0 for one at the end only. */
  snapshotEvery: number;
  /** When the oldest command has waited this long for the disk, new ones are refused. */
  slowMs: number;
  /** Changes of the books are told to whoever shows them. */
  marketData?: boolean;
  /** Answers wait for a log elsewhere as well. */
  replicated?: boolean;
}

/** Commands in a row that one waiter waits for. */
interface Run {
  waiter: Waiter;
  count: number;
  applied: number;
  /** The position after its last command. */
  end: number;
  /** When it came in, and when the gateway saw that all of it was applied. */
  at: number;
  appliedAt: number;
}

/** Times of the orders that are being answered, by the process's clock. */
export interface Answering {
  writtenMs: number;
  appliedMs: number;
  answeredMs: number;
  /** Of the last of them. */
  sequence: number;
}

/** The order path behind the gateway: the core's thread, the journal's, and the memory that they share. */
export class Pipeline {
  readonly recovered: Threads["recovered"];
  readonly pinned: Threads["pinned"];
  /** From an order's coming in to its answer: applied, durable, and in the log where there is one. */
  readonly answers = new Durations();
  /** How long the disk took to make a group durable; all zeros without a journal. */
  readonly syncs: Durations;
  readonly snapshots: Readonly<Threads["snapshots"]>;
  readonly #options: PipelineOptions;
  readonly #buffers: ChannelBuffers;
  readonly #channel: Channel;
  readonly #threads: Threads;
  readonly #depths = new Map<number, (depth: Depth) => void>();
  #ticket = 0;
  /** Positions in the command ring: written, published. */
  #written = 0;
  #published = 0;
  #sequence: number;
  #sinceSnapshot = 0;
  /** Not answered yet, oldest first, from `#first` on; before `#applying` they are applied. */
  #runs: Run[] = [];
  #first = 0;
  #applying = 0;
  /** Positions of the oldest command in hand, and of the first that no waiter waits for yet. */
  #answered = 0;
  #awaited = 0;
  #answering: Run | null = null;
  readonly #clock: SequencerClock;
  #events = 0;
  #listening = false;
  /** When a command was last answered, or the first one came that waits. */
  #movedAt = 0;

  static async start(options: PipelineOptions, log: Log): Promise<Pipeline> {
    const market = options.marketData === true ? MARKET_SLOTS : 0;
    const isJournaled = options.folder !== null;
    const isReplicated = options.replicated === true;
    const buffers = Channel.allocate(COMMAND_SLOTS, EVENT_SLOTS, isJournaled, market, isReplicated);
    const threads = await startThreads(options, buffers, log);
    return new Pipeline(options, buffers, threads);
  }

  constructor(options: PipelineOptions, buffers: ChannelBuffers, threads: Threads) {
    this.#options = options;
    this.#buffers = buffers;
    this.#channel = new Channel(buffers);
    this.#threads = threads;
    const { recovered, core } = threads;
    this.recovered = recovered;
    this.pinned = threads.pinned;
    this.syncs = threads.syncs;
    this.snapshots = threads.snapshots;
    this.#sequence = recovered.sequence;
    this.#clock = new SequencerClock(recovered.latestMs);
    core.on("message", (note: CoreNote) => {
      if (!("depth" in note)) return;
      this.#depths.get(note.ticket)?.(note.depth);
      this.#depths.delete(note.ticket);
    });
  }

  /** Called when a thread is gone though nobody stopped it. */
  onLost(callback: (cause: unknown) => void): void {
    for (const worker of this.#threads.all) {
      worker.on("error", callback);
      worker.on("exit", (code) => {
        if (!this.#channel.stopped && this.journal !== "failed") {
          callback(new Error(`a thread ended with code ${code}`));
        }
      });
    }
  }

  /** Positions and profit of the users that are watched; null when none are. */
  get profits(): Profits | null {
    const { profits, symbols } = this.#options;
    return profits === undefined
      ? null
      : new Profits(profits.users, symbols.length, profits.memory);
  }

  /** What a thread needs that follows the journal. */
  get followed(): { buffers: ChannelBuffers; before: number } {
    return { buffers: this.#buffers, before: this.recovered.sequence };
  }

  get inHand(): number {
    return (this.#written - this.#answered) | 0;
  }

  get sequence(): number {
    return this.#sequence;
  }

  get journal(): JournalState | "off" | "slow" {
    if (!this.#channel.journaled) return "off";
    const { journalState } = this.#channel;
    return journalState === "fine" && this.#isSlow() ? "slow" : journalState;
  }

  /** For how long nothing has been answered though something waits. */
  get stalledMs(): number {
    return this.inHand === 0 ? 0 : performance.now() - this.#movedAt;
  }

  /** Why no command can be taken now, or null. */
  refusal(): Reason | null {
    if (this.inHand >= COMMAND_SLOTS - 1) return "overloaded";
    const { journalState } = this.#channel;
    if (journalState === "fine") return this.#isSlow() ? "journal-slow" : null;
    return journalState === "full" ? "journal-full" : "journal-failed";
  }

  /** The time that commands bear. */
  now(): number {
    return this.#clock.now();
  }

  /** What is being answered, for whoever is called with the answer; null at any other time. */
  get answering(): Answering | null {
    const run = this.#answering;
    if (run === null) return null;
    const sequence = this.#sequence - ((this.#written - run.end) | 0);
    return { writtenMs: run.at, appliedMs: run.appliedAt, answeredMs: performance.now(), sequence };
  }

  /** How many commands may be written now. */
  get room(): number {
    return COMMAND_SLOTS - 1 - this.inHand;
  }

  /** `done` is called when the command was applied and is durable. Ask `refusal` first. */
  submit(command: Command, done: (outcome: Outcome) => void): void {
    this.write(command, this.now());
    this.await(new OutcomeWaiter(command.id, command.qty, done));
  }

  /** The next command in the final order. Ask `refusal` and `room` first, and `await` before this turn ends. */
  write(command: Command, nowMs: number): void {
    const { commands } = this.#channel;
    if (this.#written === this.#published) setImmediate(() => this.#publish());
    if (this.inHand === 0) this.#movedAt = performance.now();
    this.#sequence += 1;
    writeCommand(commands, commands.slot(this.#written), command, this.#sequence, nowMs);
    this.#written = (this.#written + 1) | 0;
  }

  /** All commands written since the last call are this waiter's. */
  await(waiter: Waiter): void {
    const count = this.#expect(waiter);
    const { snapshotEvery, folder } = this.#options;
    this.#sinceSnapshot += count;
    if (folder === null || snapshotEvery === 0 || this.#sinceSnapshot < snapshotEvery) return;
    this.#sinceSnapshot = 0;
    this.write(SNAPSHOT, this.now());
    this.#expect(NOBODY_WAITS);
  }

  #expect(waiter: Waiter): number {
    const count = (this.#written - this.#awaited) | 0;
    this.#awaited = this.#written;
    const at = performance.now();
    if (count > 0)
      this.#runs.push({ waiter, count, applied: 0, end: this.#written, at, appliedAt: at });
    return count;
  }

  depth(symbol: number): Promise<Depth> {
    this.#publish();
    this.#ticket += 1;
    const request: DepthRequest = { depth: symbol, ticket: this.#ticket };
    return new Promise((resolve) => {
      this.#depths.set(request.ticket, resolve);
      this.#threads.core.postMessage(request);
      this.#channel.sendMail();
    });
  }

  /** Leaves a snapshot, so that the next start has nothing to repeat, and ends the threads. */
  async stop(): Promise<void> {
    if (this.#channel.journaled && this.refusal() === null && this.#sinceSnapshot > 0) {
      const { promise, resolve } = Promise.withResolvers<void>();
      this.write(SNAPSHOT, this.now());
      this.#expect({ ...NOBODY_WAITS, done: () => resolve() });
      this.#publish();
      // A disk or a log that does not answer is not waited for: the journal holds the commands.
      await Promise.race([promise, sleep(SNAPSHOT_LIMIT_MS)]);
    }
    // A journal that failed has ended already.
    const running = this.#threads.all.filter((worker) => worker.threadId >= 0);
    const ended = running.map((worker) => once(worker, "exit"));
    this.#channel.stop();
    await Promise.all(ended);
  }

  #isSlow(): boolean {
    return this.#channel.journaled && this.stalledMs > this.#options.slowMs;
  }

  /** One publication for all that came in one turn of the loop. */
  #publish(): void {
    if (this.#written === this.#published) return;
    this.#published = this.#written;
    this.#channel.commands.publish(this.#written);
    this.#channel.coreBell.ring();
    this.#channel.journalBell.ring();
    this.#listen();
  }

  #listen(): void {
    if (this.#listening || this.inHand === 0) return;
    this.#listening = true;
    const { events } = this.#channel;
    const hasNews = (): boolean =>
      events.published !== this.#events ||
      (this.#applying > this.#first && this.#isSafe(this.#runs[this.#first] as Run)) ||
      this.#channel.journalState === "failed";
    this.#channel.gatewayBell.call(hasNews, () => {
      this.#listening = false;
      this.#receive();
      this.#listen();
    });
  }

  #isSafe(run: Run): boolean {
    return ((this.#channel.safe - run.end) | 0) >= 0;
  }

  #receive(): void {
    const { events } = this.#channel;
    const end = events.published;
    let at = this.#events;
    const now = performance.now();
    while (at !== end) {
      const run = this.#runs[this.#applying] as Run;
      const { waiter } = run;
      while (at !== end && run.applied < run.count) {
        if (readEvent(events, at, waiter)) {
          waiter.endCommand();
          run.applied += 1;
        }
        at = (at + 1) | 0;
      }
      if (run.applied === run.count) {
        run.appliedAt = now;
        this.#applying += 1;
      }
    }
    this.#events = end;
    events.consume(end);
    this.#answer();
  }

  /** Once a journal failed, runs that it holds for sure are answered as they are, and the others refused. */
  #answer(): void {
    const before = this.#first;
    const now = performance.now();
    while (this.#first < this.#applying) {
      const run = this.#runs[this.#first] as Run;
      const isSafe = this.#isSafe(run);
      if (!isSafe && this.#channel.journalState !== "failed") break;
      this.#first += 1;
      this.#answered = run.end;
      if (run.waiter !== NOBODY_WAITS) this.answers.observe((now - run.at) / 1000, run.count);
      this.#answering = run;
      run.waiter.done(isSafe);
    }
    this.#answering = null;
    if (this.#first !== before) this.#movedAt = now;
    if (this.#first < 4096 && this.#first < this.#runs.length) return;
    this.#runs.splice(0, this.#first);
    this.#applying -= this.#first;
    this.#first = 0;
  }
}

const SNAPSHOT: Command = { ...blankCommand(), op: OP.snapshot };
