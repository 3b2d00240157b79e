import { setTimeout as sleep } from "node:timers/promises";
import type { CoreOptions } from "../core/core.ts";
import type { SymbolSpec } from "../core/symbols.ts";
import { JournalFollower, Pruned } from "../journal/follower.ts";
import type { Recovered } from "../journal/recovery.ts";
import { openReplica } from "../journal/replica.ts";
import { ChangeCollector, type Changes } from "./changes.ts";
import type { Sink } from "./sink.ts";

export interface ProjectionOptions {
  folder: string;
  symbols: SymbolSpec[];
  core: CoreOptions;
  sink: Sink;
  /** How far the journal is durable. */
  durable(): number;
  stopped(): boolean;
  /** All up to this sequence is in the sink. */
  onProjected(sequence: number): void;
  /** A cause when the sink fails, null when it works again. */
  onState(cause: string | null): void;
}

const LOOK_EVERY_MS = 20;
const RETRY_MS = 250;

/** Where the replica stands, and what of it the sink has not got. */
interface Standing {
  replica: Recovered;
  collector: ChangeCollector;
  follower: JournalFollower;
  /** A write whose outcome is not known. */
  pending: Changes | null;
}

/** Brings a sink on with the journal, for ever: it waits when the sink is away, and nobody waits for it. */
export class Projection {
  readonly #options: ProjectionOptions;
  #standing: Standing | null = null;

  constructor(options: ProjectionOptions) {
    this.#options = options;
  }

  async run(): Promise<void> {
    const { stopped, onState, sink } = this.#options;
    while (!stopped()) {
      try {
        const standing = await this.#stand();
        onState(null);
        await this.#follow(standing);
      } catch (error) {
        if (error instanceof Pruned) this.#leave();
        onState(error instanceof Error ? error.message || error.name : String(error));
        await sleep(RETRY_MS);
      }
    }
    this.#standing?.follower.close();
    await sink.close();
  }

  /** Agrees with the sink on where it is. */
  async #stand(): Promise<Standing> {
    const { sink, onProjected } = this.#options;
    const held = await sink.open();
    const standing = this.#standing;
    if (standing !== null && standing.pending === null && held === null) {
      await sink.rebase(standing.replica.core.sequence, standing.replica.core);
      return standing;
    }
    if (standing?.pending != null && held === standing.pending.from) return standing;
    if (standing !== null && held === standing.replica.core.sequence) {
      standing.pending = null;
      onProjected(held);
      return standing;
    }
    return this.#restart(held);
  }

  async #restart(held: number | null): Promise<Standing> {
    const { folder, symbols, core: options, sink, durable, onProjected } = this.#options;
    this.#leave();
    if (held !== null && held > durable()) {
      throw new Error(`it is at ${held}, ahead of the journal, which ends at ${durable()}`);
    }
    const replica = openReplica(folder, held ?? Number.POSITIVE_INFINITY, symbols, options);
    const { core } = replica;
    const collector = new ChangeCollector(core);
    const follower = new JournalFollower(folder, core.sequence + 1);
    // Up to where the sink is already, commands only bring the replica there.
    while (core.sequence < (held ?? core.sequence)) {
      const read = follower.read(held ?? 0, (command, _, timeMs) =>
        collector.apply(command, timeMs),
      );
      if (read === 0) throw new Error(`the journal can't be read after ${core.sequence}`);
      collector.take();
    }
    if (core.sequence !== held) await sink.rebase(held ?? core.sequence, core);
    onProjected(core.sequence);
    this.#standing = { replica, collector, follower, pending: null };
    return this.#standing;
  }

  #leave(): void {
    this.#standing?.follower.close();
    this.#standing = null;
  }

  async #follow(standing: Standing): Promise<void> {
    const { sink, stopped, durable, onProjected } = this.#options;
    const { replica, collector, follower } = standing;
    for (;;) {
      standing.pending ??= this.#collect(collector, follower);
      if (standing.pending !== null) {
        await sink.write(standing.pending, replica.core);
        onProjected(standing.pending.to);
        standing.pending = null;
      } else if (stopped()) return;
      else await sleep(LOOK_EVERY_MS);
      if (stopped() && replica.core.sequence >= durable()) return;
    }
  }

  #collect(collector: ChangeCollector, follower: JournalFollower): Changes | null {
    const { durable, sink } = this.#options;
    const last = durable();
    for (;;) {
      const read = follower.read(last, (command, _, timeMs) => collector.apply(command, timeMs));
      if (read === 0 || collector.commands >= sink.batch) break;
    }
    return collector.commands > 0 ? collector.take() : null;
  }
}
