import type { Settlement } from "../core/book.ts";
import { type Command, OP, SILENT } from "../core/command.ts";
import type { CoreOptions } from "../core/core.ts";
import type { Profits } from "../core/profits.ts";
import type { SymbolSpec } from "../core/symbols.ts";
import { JournalFollower, Pruned } from "../journal/follower.ts";
import type { Recovered } from "../journal/recovery.ts";
import { openReplica } from "../journal/replica.ts";

export interface ProfitCountOptions {
  folder: string;
  symbols: SymbolSpec[];
  core: CoreOptions;
  /** What the trades up to `sequence` come to. */
  profits: Profits;
  sequence: number;
  missing: number;
}

/**
 * Counts trades of the journal behind the order path: a replica of the books is brought on by the commands, and each trade is
 * counted once, since what was counted is known by its sequence.
 */
export class ProfitCount {
  /** Commands whose trades could not be counted. */
  missing: number;
  /** Snapshots that were passed: soon the journal has what was before the last but one no longer. */
  snapshots = 0;
  readonly #options: ProfitCountOptions;
  #counted: number;
  #replica: Recovered;
  #follower: JournalFollower;

  constructor(options: ProfitCountOptions) {
    this.#options = options;
    this.missing = options.missing;
    this.#counted = options.sequence;
    [this.#replica, this.#follower] = this.#stand();
  }

  /** Trades up to this command are counted. */
  get sequence(): number {
    return this.#counted;
  }

  /** Some commands more, up to `last`; false when there were none. */
  readOn(last: number): boolean {
    try {
      const { core } = this.#replica;
      const read = this.#follower.read(last, (command: Command) => {
        if (command.op === OP.snapshot) this.snapshots += 1;
        core.apply(command, SILENT);
      });
      this.#counted = Math.max(this.#counted, core.sequence);
      return read > 0;
    } catch (error) {
      if (!(error instanceof Pruned)) throw error;
      this.close();
      [this.#replica, this.#follower] = this.#stand();
      return true;
    }
  }

  close(): void {
    this.#follower.close();
  }

  /** At a snapshot before what is counted, or, when there is none any more, at the oldest one behind it. */
  #stand(): [Recovered, JournalFollower] {
    const { folder, symbols, core, profits } = this.#options;
    const tally: Settlement = {
      settle: (...trade) => {
        if (this.#replica.core.sequence > this.#counted) profits.settle(...trade);
      },
    };
    const replica = openReplica(folder, this.#counted, symbols, { ...core, tally });
    const { sequence } = replica.core;
    this.missing += Math.max(0, sequence - this.#counted);
    this.#counted = Math.max(this.#counted, sequence);
    return [replica, new JournalFollower(folder, sequence + 1)];
  }
}
