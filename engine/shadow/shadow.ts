import { type Command, OP, SILENT } from "../core/command.ts";
import { stateHash } from "../core/state-hash.ts";
import type { SymbolSpec } from "../core/symbols.ts";
import { listSegments, listSnapshots, type SequencedFile, type Terms } from "../journal/files.ts";
import { JournalFollower, Pruned } from "../journal/follower.ts";
import type { Recovered } from "../journal/recovery.ts";
import { openReplica } from "../journal/replica.ts";
import { readTerms } from "../journal/segment.ts";
import { hashOfSnapshot, isWholeSnapshot } from "../journal/snapshot.ts";
import { Refusal } from "../refusal.ts";

const MAX_ORDERS = 1_000_000;

/** The live engine's state and this version's, at the same command. */
export interface Comparison {
  sequence: number;
  live: string;
  shadow: string;
  /** Up to here they were the same, or nothing was known. */
  since: number;
  /** This version did not get that far: what it threw at the command. */
  failure?: string;
}

/** A snapshot that is as it was written, and that this version can't bring back to the state that it was written of. */
class OtherState extends Error {
  readonly snapshot: SequencedFile;

  constructor(snapshot: SequencedFile) {
    super(snapshot.path);
    this.snapshot = snapshot;
  }
}

interface Standing {
  replica: Recovered;
  follower: JournalFollower;
  /** The newest segment when it was opened, and what its records mean. */
  newest: string;
  terms: string;
}

/**
 * A second state that lives on a live engine's journal, and only reads. It stands at the oldest snapshot that is left, goes on by
 * the commands after it, and compares at each later snapshot. What a snapshot takes away while it reads, it takes up again behind.
 */
export class Shadow {
  /** That did something: a snapshot is a command as well. */
  orders = 0;
  commands = 0;
  /** How often what it read next was gone, or meant something else. */
  restarts = 0;
  readonly compared: Comparison[] = [];
  readonly #folder: string;
  #standing: Standing | null = null;
  #same = 0;
  #failure: { sequence: number; message: string } | null = null;

  constructor(folder: string) {
    this.#folder = folder;
  }

  get sequence(): number {
    return this.#standing?.replica.core.sequence ?? 0;
  }

  get different(): Comparison[] {
    return this.compared.filter(({ live, shadow }) => live !== shadow);
  }

  /** Applies what there is up to the newest snapshot, and compares. Throws a Refusal when this version can't read it. */
  catchUp(): void {
    if (this.different.length > 0) return;
    try {
      this.#follow();
    } catch (error) {
      if (error instanceof OtherState) {
        const { path, sequence } = error.snapshot;
        const failure = "this version makes another state of the live engine's snapshot";
        const live = hashOfSnapshot(path) ?? "";
        this.compared.push({ sequence, live, shadow: "", since: this.#same, failure });
        return;
      }
      // The live engine removes files as it goes on; what is gone was listed a moment ago.
      if (!(error instanceof Pruned) && !isGone(error)) throw error;
      this.#leave();
    }
  }

  close(): void {
    this.#standing?.follower.close();
  }

  #follow(): void {
    const { replica } = this.#stand();
    for (const snapshot of listSnapshots(this.#folder)) {
      if (snapshot.sequence <= replica.core.sequence) continue;
      // Not beyond what a snapshot names: what is not durable yet may never have been.
      this.#applyTo(snapshot.sequence);
      if (this.#failure === null && replica.core.sequence !== snapshot.sequence) return;
      this.#compare(snapshot, replica);
      if (this.different.length > 0) return;
    }
  }

  #compare({ path, sequence }: SequencedFile, { core, symbols }: Recovered): void {
    const live = hashOfSnapshot(path);
    if (live === null) return;
    const since = this.#same;
    if (this.#failure !== null) {
      const { message: failure, sequence: at } = this.#failure;
      this.compared.push({ sequence: at, live, shadow: "", since, failure });
      return;
    }
    const shadow = stateHash(core, symbols);
    this.compared.push({ sequence, live, shadow, since });
    if (live === shadow) this.#same = sequence;
  }

  #applyTo(last: number): void {
    const { replica, follower } = this.#stand();
    const apply = (command: Command, sequence: number): void => {
      if (this.#failure !== null) return;
      try {
        replica.core.apply(command, SILENT);
      } catch (error) {
        this.#failure = { sequence, message: String(error) };
        return;
      }
      this.commands += 1;
      if (command.op !== OP.snapshot) this.orders += 1;
    };
    while (this.#failure === null && follower.read(last, apply) > 0);
  }

  /** Where it stands; anew when the live engine was started again with other symbols. */
  #stand(): Standing {
    const newest = listSegments(this.#folder).at(-1);
    if (newest === undefined) throw new Refusal(`${this.#folder} has no journal`, "name another");
    const there = this.#standing;
    if (there?.newest === newest.path) return there;
    const written = termsIn(newest);
    const terms = JSON.stringify(written);
    if (there?.terms === terms) {
      there.newest = newest.path;
      return there;
    }
    if (there) this.#leave();
    const replica = this.#open(written);
    const { sequence } = replica.core;
    this.#same = Math.max(this.#same, sequence);
    const follower = new JournalFollower(this.#folder, sequence + 1);
    this.#standing = { replica, follower, newest: newest.path, terms };
    return this.#standing;
  }

  #open(terms: Terms): Recovered {
    const options = { maxOrders: MAX_ORDERS, limits: false, ...switchesOf(terms) };
    try {
      return openReplica(this.#folder, 0, specsOf(terms), options);
    } catch (error) {
      const whole = listSnapshots(this.#folder).findLast(({ path }) => isWholeSnapshot(path));
      if (!(error instanceof Refusal) || whole === undefined) throw error;
      throw new OtherState(whole);
    }
  }

  #leave(): void {
    this.close();
    this.#standing = null;
    this.restarts += 1;
  }
}

function termsIn(segment: SequencedFile): Terms {
  const { firstSequence: _, ...terms } = readTerms(segment);
  return terms;
}

/** Tick and lot are judged at the door; what is in the journal has passed it. */
function specsOf({ symbols }: Terms): SymbolSpec[] {
  return symbols.map((name) => ({ name, tick: 1, lot: 1 }));
}

function switchesOf({ symbols: _, ...switches }: Terms) {
  return switches;
}

function isGone(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "ENOENT";
}
