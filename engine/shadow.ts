import { existsSync } from "node:fs";
import type { Writable } from "node:stream";
import { setTimeout as sleep } from "node:timers/promises";
import { SILENT } from "./core/command.ts";
import { stateHash } from "./core/state-hash.ts";
import type { SymbolSpec } from "./core/symbols.ts";
import { listSegments, listSnapshots, type SequencedFile } from "./journal/files.ts";
import { JournalFollower } from "./journal/follower.ts";
import type { Recovered } from "./journal/recovery.ts";
import { openReplica } from "./journal/replica.ts";
import { readTerms } from "./journal/segment.ts";
import { hashOfSnapshot } from "./journal/snapshot.ts";
import { Refusal } from "./refusal.ts";

const USAGE = "shadow JOURNAL_DIR [--seconds N]";
const DIFFERENT = 1;
const UNDECIDED = 3;
const LOOK_EVERY_MS = 50;

interface Comparison {
  sequence: number;
  live: string;
  shadow: string;
}

/**
 * Applies a live engine's orders with this version's code, sends nothing out, and compares the state with the live one's
 * wherever that has left a snapshot: at the same sequence the hashes are the same, or this version does something else.
 * Reads only. Exit code 0 says the same, 1 different, 3 that there was nothing to compare.
 */
export async function shadowCommand(args: readonly string[], output: Writable): Promise<void> {
  const { folder, seconds } = readArgs(args);
  const shadow = openShadow(folder);
  const startedAt = performance.now();
  const end = startedAt + seconds * 1000;
  do {
    shadow.catchUp();
    if (shadow.compared.some(({ live, shadow: own }) => live !== own)) break;
    if (performance.now() < end) await sleep(LOOK_EVERY_MS);
  } while (performance.now() < end);
  const { compared, commands, sequence } = shadow;
  const different = compared.filter((one) => one.live !== one.shadow);
  const outcome =
    different.length > 0 ? "different" : compared.length > 0 ? "same" : "inconclusive";
  const ms = Math.round(performance.now() - startedAt);
  const report = { outcome, sequence, commands, ms, compared: compared.length, different };
  await new Promise<void>((resolve) => {
    output.write(`${JSON.stringify(report)}\n`, () => resolve());
  });
  process.exitCode = outcome === "different" ? DIFFERENT : outcome === "same" ? 0 : UNDECIDED;
}

function readArgs(args: readonly string[]): { folder: string; seconds: number } {
  const [folder, flag, value = "", ...rest] = args;
  if (folder === undefined || rest.length > 0) throw new Refusal("shadow takes one folder", USAGE);
  if (!existsSync(folder)) throw new Refusal(`${folder} is not there`, USAGE);
  if (flag === undefined) return { folder, seconds: 0 };
  if (flag !== "--seconds" || !/^\d{1,5}$/.test(value)) {
    throw new Refusal(`shadow does not know ${flag} ${value}`, USAGE);
  }
  return { folder, seconds: Number(value) };
}

function openShadow(folder: string): Shadow {
  const [first] = listSegments(folder);
  if (first === undefined) throw new Refusal(`${folder} has no journal`, USAGE);
  const { symbols, risk, preventSelfTrade, idWindow, limits = false } = readTerms(first);
  // Tick and lot are judged at the door; what is in the journal has passed it.
  const specs: SymbolSpec[] = symbols.map((name) => ({ name, tick: 1, lot: 1 }));
  const core = { maxOrders: 1_000_000, risk, preventSelfTrade, idWindow, limits };
  return new Shadow(folder, openReplica(folder, 0, specs, core));
}

class Shadow {
  commands = 0;
  readonly compared: Comparison[] = [];
  readonly #folder: string;
  readonly #replica: Recovered;
  readonly #follower: JournalFollower;
  readonly #seen = new Set<number>();

  constructor(folder: string, replica: Recovered) {
    this.#folder = folder;
    this.#replica = replica;
    this.#seen.add(replica.core.sequence);
    this.#follower = new JournalFollower(folder, replica.core.sequence + 1);
  }

  get sequence(): number {
    return this.#replica.core.sequence;
  }

  /** Applies what there is, and stops at each snapshot to compare. */
  catchUp(): void {
    for (const snapshot of this.#ahead()) {
      this.#applyTo(snapshot.sequence);
      if (this.sequence !== snapshot.sequence) return;
      const live = hashOfSnapshot(snapshot.path);
      this.#seen.add(snapshot.sequence);
      if (live === null) continue;
      const shadow = stateHash(this.#replica.core, this.#replica.symbols);
      this.compared.push({ sequence: snapshot.sequence, live, shadow });
    }
    // Not beyond what the newest snapshot may still name: it is written while orders go on.
  }

  #ahead(): SequencedFile[] {
    return listSnapshots(this.#folder).filter(
      ({ sequence }) => sequence >= this.sequence && !this.#seen.has(sequence),
    );
  }

  #applyTo(last: number): void {
    for (;;) {
      const read = this.#follower.read(last, (command) => {
        this.#replica.core.apply(command, SILENT);
        this.commands += 1;
      });
      if (read === 0) return;
    }
  }
}
