import { setTimeout as sleep } from "node:timers/promises";
import type { Config } from "../config.ts";
import { blankCommand, OP, SILENT } from "../core/command.ts";
import type { CoreOptions } from "../core/core.ts";
import { noteSync, RECORD_BYTES, type Records, readCommand, seal } from "../core/layout.ts";
import { type Recovered, recover, termsOf } from "../journal/recovery.ts";
import { writeSnapshot } from "../journal/snapshot.ts";
import { isNoSpace, JournalWriter } from "../journal/writer.ts";
import type { Log } from "../log.ts";
import { Refusal } from "../refusal.ts";
import { sequenceIn } from "./log.ts";
import { isSame } from "./same.ts";

const PREPARE_BYTES = 256 * 1024;
const RETRY_MS = 500;

/** Another engine's journal, written once more, and the state that it gives. */
export class JournalCopy {
  /** Whether there is room for more. */
  state: "fine" | "full" = "fine";
  readonly #folder: string;
  readonly #replica: Recovered;
  readonly #writer: JournalWriter;
  readonly #snapshot: () => void;
  readonly #log: Log;
  readonly #command = blankCommand();
  /** Commands that were here before the log was read: they must be the log's. */
  readonly #own: number;

  constructor(folder: string, config: Config, core: CoreOptions, log: Log) {
    this.#folder = folder;
    this.#log = log;
    const { symbols, journalSegmentBytes: segmentBytes, journalLimitBytes: limitBytes } = config;
    const replica = recover(folder, symbols, core);
    const terms = termsOf(symbols, core);
    this.#replica = replica;
    this.#own = replica.core.sequence;
    const nextSequence = this.#own + 1;
    this.#writer = new JournalWriter({ folder, terms, nextSequence, segmentBytes, limitBytes });
    this.#snapshot = () => writeSnapshot(folder, replica.core, replica.symbols, terms);
  }

  get sequence(): number {
    return this.#replica.core.sequence;
  }

  /** Takes a message's commands, once; those that are here already must be the same. */
  async take(records: Uint8Array): Promise<void> {
    const count = records.length / RECORD_BYTES;
    if (count === 0) return;
    const known = this.sequence + 1 - sequenceIn(records, 0);
    if (known < 0) {
      throw new Refusal("the log lacks commands", "copy a snapshot of the primary first");
    }
    this.#refuseOther(records, Math.min(known, count));
    if (known >= count) return;
    const news = records.subarray(known * RECORD_BYTES);
    await this.#write(news);
    this.#apply(news);
    this.#prepare();
  }

  close(): void {
    this.#writer.close();
  }

  #refuseOther(records: Uint8Array, known: number): void {
    if (known <= 0 || this.#own === 0 || this.#own !== this.sequence) return;
    const at = sequenceIn(records, known - 1);
    if (!isSame(this.#folder, at, records.subarray(0, known * RECORD_BYTES))) {
      throw elsewhere(this.#folder);
    }
  }

  /** Whatever fails here leaves a journal that can't be gone on with: the next start reads it, and the log again. */
  async #write(news: Uint8Array): Promise<void> {
    const records = recordsOf(news);
    for (let slot = 0; slot < news.length / RECORD_BYTES; slot += 1) {
      // The groups of this disk are not those of the primary's.
      noteSync(records, slot, slot + 1);
      seal(records, slot);
    }
    try {
      for (let done = 0; done < news.length; ) {
        const written = this.#writer.append(news.subarray(done));
        done += written;
        if (done < news.length) await this.#waitForRoom();
      }
      this.#writer.sync();
    } catch (error) {
      const hint = "see to the disk and start it again: it goes on from what is there";
      throw new Refusal(`the journal in ${this.#folder} can't be written`, hint, error);
    }
  }

  #apply(news: Uint8Array): void {
    const { core } = this.#replica;
    const records = recordsOf(news);
    for (let slot = 0; slot < news.length / RECORD_BYTES; slot += 1) {
      readCommand(records, slot, this.#command);
      core.apply(this.#command, SILENT);
      if (this.#command.op === OP.snapshot) this.#tryTo("leave a snapshot", this.#snapshot);
    }
  }

  /** Some of the next file's preparation, so that it is not all to be done at once. */
  #prepare(): void {
    try {
      this.#writer.prepare(PREPARE_BYTES);
      this.#tell("fine");
    } catch (error) {
      if (!isNoSpace(error)) throw error;
      this.#tell("full");
    }
  }

  async #waitForRoom(): Promise<void> {
    this.#tell("full");
    await sleep(RETRY_MS);
  }

  #tell(state: "fine" | "full"): void {
    if (state !== this.state) this.#log.warn(`the journal is ${state}`);
    this.state = state;
  }

  #tryTo(what: string, act: () => void): void {
    try {
      act();
    } catch (error) {
      this.#log.warn(`can't ${what}`, { cause: String(error) });
    }
  }
}

/** An engine that was the primary may hold commands that it could not send: nobody was told of them, and they are void. */
export function elsewhere(folder: string): Refusal {
  const hint = "move that JOURNAL_DIR away: the journal is filled from the log";
  return new Refusal(`the journal in ${folder} holds commands that the log does not`, hint);
}

function recordsOf(bytes: Uint8Array): Records {
  const { buffer, byteOffset, length } = bytes;
  return {
    floats: new Float64Array(buffer, byteOffset, length / 8),
    ints: new Int32Array(buffer, byteOffset, length / 4),
  };
}
