import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { SluiceError } from "../../error.ts";
import { endGroup } from "../../process/group.ts";
import { environmentOf } from "./environment.ts";

export interface TrivyProgram {
  path: string;
  /** Where it runs: a folder of its own, since trivy takes settings from files that lie in its current one. */
  cwd: string;
  /** The runner's variables; what trivy must not see is taken out. */
  env: NodeJS.ProcessEnv;
  /** Told what trivy says, line by line, while it works. */
  say: (line: string) => void;
  signal: AbortSignal;
  /** How long after its time trivy, which limits itself, is ended by us. */
  graceMs?: number;
}

export type TrivyEnd =
  | { kind: "exit"; code: number; said: string }
  | { kind: "killed"; by: string; said: string }
  | { kind: "timeout"; said: string };

/** Trivy limits itself; this is for one that hangs all the same. */
const GRACE_MS = 10_000;
const KILL_AFTER_MS = 3_000;
const MAX_LINES_KEPT = 40;

/**
 * Runs trivy to its end. It has a process group of its own, so that what it started ends with it. Rejects when it
 * cannot be started or `signal` fires.
 */
export async function runTrivy(
  program: TrivyProgram,
  args: readonly string[],
  timeoutMs: number,
): Promise<TrivyEnd> {
  const { path, cwd, env, say, signal, graceMs = GRACE_MS } = program;
  signal.throwIfAborted();
  const child = spawn(path, args, {
    cwd,
    env: environmentOf(env),
    stdio: ["ignore", "ignore", "pipe"],
    detached: true,
  });
  const lines: string[] = [];
  createInterface({ input: child.stderr }).on("line", (line) => {
    lines.push(line);
    if (lines.length > MAX_LINES_KEPT) lines.shift();
    if (line.trim() !== "") say(plain(line));
  });
  const deadline = AbortSignal.timeout(timeoutMs + graceMs);
  const limit = AbortSignal.any([signal, deadline]);
  const end = () => endGroup(child, KILL_AFTER_MS);
  limit.addEventListener("abort", end, { once: true });
  try {
    const [code, killedBy] = await closed(child, path);
    signal.throwIfAborted();
    const said = lines.map(plain).join("\n");
    if (deadline.aborted) return { kind: "timeout", said };
    return code === null
      ? { kind: "killed", by: String(killedBy), said }
      : { kind: "exit", code, said };
  } finally {
    limit.removeEventListener("abort", end);
  }
}

async function closed(
  child: ChildProcess,
  path: string,
): Promise<[number | null, NodeJS.Signals | null]> {
  try {
    const [code, killedBy] = await once(child, "close");
    return [code, killedBy];
  } catch (cause) {
    throw new SluiceError("scan-failed", `${path} could not be started`, {
      cause,
      hint: "run `sluice doctor` on this machine: it says which tools are there",
    });
  }
}

const ESCAPE = String.fromCharCode(27);

/** Without the time and the colours that trivy puts into its lines. */
function plain(line: string): string {
  const uncoloured = line
    .split(ESCAPE)
    .map((part, index) => (index === 0 ? part : part.replace(/^\[[0-9;]*m/, "")));
  return uncoloured
    .join("")
    .replace(/^\d{4}-\d{2}-\d{2}T\S+\s+/, "")
    .replaceAll("\t", " ");
}
