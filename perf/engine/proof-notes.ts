import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));

/** What a test has found, as `test/engine/support/proof.ts` notes it. */
export interface Proof {
  what: string;
  kills?: number;
  present?: number;
  refused?: number;
  commands?: number;
  takeoverMs?: number;
  acknowledged?: number;
}

/** The kinds of kills, and what is in the names of their tests. */
export const KINDS: readonly { what: string; tests: string }[] = [
  { what: "one large segment and no snapshot", tests: "with one large segment" },
  { what: "small segments and snapshots between", tests: "with small segments" },
  { what: "a record was torn", tests: "a record was torn, what" },
  { what: "a record was torn between snapshots", tests: "a record was torn between" },
  { what: "the disk full", tests: "while the disk is full" },
];

/** Runs one test and takes what it noted; null when it failed or could not be made here, so nothing was shown. */
export async function notesOf(
  file: string,
  name: string,
  env: Record<string, string> = {},
): Promise<Proof | null> {
  const folder = mkdtempSync(join(tmpdir(), "proof-"));
  const notes = join(folder, "notes.jsonl");
  const program = join(ROOT, "node_modules/vitest/vitest.mjs");
  const child = spawn(process.execPath, [program, "run", file, "-t", name], {
    cwd: ROOT,
    env: { ...process.env, ...env, PROOF_FILE: notes },
    stdio: ["ignore", 2, 2],
  });
  const [status] = await once(child, "exit");
  const [line = ""] = existsSync(notes) ? readFileSync(notes, "utf8").split("\n") : [];
  rmSync(folder, { recursive: true, force: true });
  if (status === 0 && line !== "") return JSON.parse(line) as Proof;
  console.error(`${file} ${name}: not shown`);
  return null;
}
