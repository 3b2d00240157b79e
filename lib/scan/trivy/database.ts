import { readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";
import { formatDuration } from "../../units/duration.ts";
import { QUIET } from "./arguments.ts";
import { databaseUnavailable, lastWord } from "./failure.ts";
import { runTrivy, type TrivyProgram } from "./process.ts";

export interface DatabaseSettings {
  cacheFolder: string;
  /** Asked in this order. */
  mirrors: readonly string[];
  /** Only look whether it is there. */
  skipUpdate: boolean;
  timeoutMs: number;
  /** The first wait between two rounds; each further one is twice as long. */
  backOffMs?: number;
  /** How often all mirrors are asked. */
  rounds?: number;
}

/** What is there. */
export interface Database {
  /** When its makers made it; undefined when it does not tell. */
  updatedAt: string | undefined;
}

const ROUNDS = 4;
const BACK_OFF_MS = 5_000;
const SCHEMA = 2;

const Metadata = z.looseObject({ Version: z.int(), UpdatedAt: z.string().optional() });

/**
 * Sees to it that the vulnerability database is in the cache folder: it is there, or the mirrors are asked in their
 * order, and all of them again after a while when they were only busy. Throws `database-unavailable`.
 */
export async function obtainDatabase(
  program: TrivyProgram,
  settings: DatabaseSettings,
): Promise<Database> {
  if (!settings.skipUpdate) await download(program, settings);
  return inspect(settings.cacheFolder);
}

async function download(program: TrivyProgram, settings: DatabaseSettings): Promise<void> {
  const { timeoutMs, backOffMs = BACK_OFF_MS, rounds = ROUNDS } = settings;
  const startedMs = performance.now();
  const leftMs = () => timeoutMs - (performance.now() - startedMs);
  let mirrors = [...settings.mirrors];
  const faults = new Map<string, string>();
  for (let round = 0; round < rounds && mirrors.length > 0; round += 1) {
    if (round > 0) await wait(program, Math.min(backOffMs * 2 ** (round - 1), leftMs()));
    for (const mirror of [...mirrors]) {
      if (leftMs() <= 0) break;
      const fault = await downloadFrom(mirror, program, settings.cacheFolder, leftMs());
      if (fault === undefined) return;
      faults.set(mirror, fault);
      program.say(`${mirror}: ${fault}`);
      if (LASTING.test(fault)) mirrors = mirrors.filter((other) => other !== mirror);
    }
  }
  const told = [...faults].map(([mirror, fault]) => `${mirror}: ${fault}`).join("; ");
  throw databaseUnavailable("vulnerability database", told || "no mirror was asked in time");
}

async function wait({ say, signal }: TrivyProgram, ms: number): Promise<void> {
  if (ms <= 0) return;
  say(`no mirror has the vulnerability database now; asking again in ${formatDuration(ms)}`);
  // What sleep rejects with says nothing of who cancelled.
  await sleep(ms, undefined, { signal }).catch(() => signal.throwIfAborted());
}

/** Undefined when it is there. */
async function downloadFrom(
  mirror: string,
  program: TrivyProgram,
  cacheFolder: string,
  timeoutMs: number,
): Promise<string | undefined> {
  const limit = Math.max(1, Math.ceil(timeoutMs));
  const args = [
    ...["image", "--download-db-only", "--no-progress", "--db-repository", mirror],
    ...["--cache-dir", cacheFolder, "--timeout", `${limit}ms`, ...QUIET],
  ];
  const end = await runTrivy(program, args, limit);
  if (end.kind === "exit" && end.code === 0) return undefined;
  if (end.kind === "killed") return `trivy was killed by ${end.by}`;
  if (end.kind === "timeout") return `no answer within ${formatDuration(limit)}`;
  return wordOf(end.said);
}

function wordOf(said: string): string {
  const word = lastWord(said);
  if (/TOOMANYREQUESTS|\b429\b/i.test(said)) return `too many requests (429): ${word}`;
  return word;
}

/** What no time mends: there is no such thing, or not for us. Whatever else a registry says may pass. */
const LASTING =
  /MANIFEST_UNKNOWN|NAME_UNKNOWN|NAME_INVALID|UNAUTHORIZED|DENIED|parse reference|media type|single layer/i;

async function inspect(cacheFolder: string): Promise<Database> {
  const folder = join(cacheFolder, "db");
  const what = "vulnerability database";
  const there = await stat(join(folder, "trivy.db")).catch(() => undefined);
  if (!there) throw databaseUnavailable(what, `there is no trivy.db in ${folder}`);
  const metadata = await readMetadata(join(folder, "metadata.json"));
  if (!metadata) throw databaseUnavailable(what, `${folder} has no metadata.json that can be read`);
  if (metadata.Version !== SCHEMA) {
    const found = `the one in ${folder} has schema ${metadata.Version}, trivy reads ${SCHEMA}`;
    throw databaseUnavailable(what, found);
  }
  return { updatedAt: metadata.UpdatedAt };
}

async function readMetadata(path: string) {
  try {
    return Metadata.parse(JSON.parse(await readFile(path, "utf8")));
  } catch {
    return undefined;
  }
}
