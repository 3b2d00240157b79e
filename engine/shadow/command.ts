import { existsSync } from "node:fs";
import { constants, setPriority } from "node:os";
import type { Writable } from "node:stream";
import { setTimeout as sleep } from "node:timers/promises";
import { listSegments } from "../journal/files.ts";
import { Refusal } from "../refusal.ts";
import { readShadowArgs, type ShadowArgs } from "./args.ts";
import { askForSnapshot } from "./ask.ts";
import { Shadow } from "./shadow.ts";

const DIFFERENT = 1;
const UNDECIDED = 3;
const LOOK_EVERY_MS = 50;

/** Why nothing was compared. */
type Reason = "no-journal" | "unreadable" | "no-snapshot" | "no-orders";

interface Finding {
  outcome: "same" | "different" | "inconclusive";
  reason?: Reason;
  message?: string;
}

/**
 * Applies a live engine's orders with this version's code, sends nothing out, and compares the state with the live one's
 * wherever that has left a snapshot: at the same sequence the hashes are the same, or this version does something else.
 * Reads only, at the lowest priority. Exit code 0 says the same, 1 different, 3 that nothing could be compared, and why.
 */
export async function shadowCommand(args: readonly string[], output: Writable): Promise<void> {
  const given = readShadowArgs(args);
  standBack();
  const startedAt = performance.now();
  const shadow = new Shadow(given.folder);
  const finding = await find(given, shadow);
  shadow.close();
  const { compared, orders, commands, sequence, restarts, different } = shadow;
  const ms = Math.round(performance.now() - startedAt);
  const seen = { sequence, commands, orders, ms, restarts, compared: compared.length, different };
  await new Promise<void>((resolve) => {
    output.write(`${JSON.stringify({ ...finding, ...seen })}\n`, () => resolve());
  });
  const { outcome } = finding;
  process.exitCode = outcome === "different" ? DIFFERENT : outcome === "same" ? 0 : UNDECIDED;
}

/** The live engine goes first. Where a sandbox forbids even that, whoever made it has seen to it. */
function standBack(): void {
  try {
    setPriority(constants.priority.PRIORITY_LOW);
  } catch {
    // It is only slower for the others.
  }
}

async function find(given: ShadowArgs, shadow: Shadow): Promise<Finding> {
  const { folder } = given;
  if (!existsSync(folder)) return undecided("no-journal", `${folder} is not there`);
  if (listSegments(folder).length === 0) return undecided("no-journal", `${folder} has no journal`);
  try {
    const refused = await follow(given, shadow);
    return judge(shadow, refused);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    // Written by another version in another form, or damaged: with what it holds nothing can be compared.
    return undecided("unreadable", `this version can't read it: ${error.message}`);
  }
}

/** Follows as long as it is told; why the live engine left no snapshot when it was asked for one. */
async function follow(
  { seconds, ask, patienceSeconds }: ShadowArgs,
  shadow: Shadow,
): Promise<string | undefined> {
  await lookOn(shadow, seconds, () => false);
  if (ask === undefined || shadow.different.length > 0) return undefined;
  const before = shadow.compared.length;
  const refused = await askForSnapshot(ask);
  // Without an answer the next one may come by itself.
  await lookOn(shadow, patienceSeconds, () => shadow.compared.length > before);
  return refused;
}

/** Once at least; no longer than a difference is found, or what was waited for has come. */
async function lookOn(shadow: Shadow, seconds: number, hasCome: () => boolean): Promise<void> {
  const end = performance.now() + seconds * 1000;
  for (;;) {
    shadow.catchUp();
    const leftMs = end - performance.now();
    if (leftMs <= 0 || hasCome() || shadow.different.length > 0) return;
    await sleep(Math.min(LOOK_EVERY_MS, leftMs));
  }
}

function judge({ compared, different, orders }: Shadow, refused: string | undefined): Finding {
  if (different.length > 0) return { outcome: "different" };
  const told = refused === undefined ? "" : ` (${refused})`;
  if (compared.length === 0) {
    return undecided("no-snapshot", `the live engine left no snapshot to compare with${told}`);
  }
  if (orders === 0) return undecided("no-orders", `there was no order between snapshots${told}`);
  return refused === undefined ? { outcome: "same" } : { outcome: "same", message: refused };
}

function undecided(reason: Reason, message: string): Finding {
  return { outcome: "inconclusive", reason, message };
}
