import { spawnSync } from "node:child_process";
import { linkSync, mkdirSync, readdirSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const MAIN = fileURLToPath(new URL("../../../engine/main.ts", import.meta.url));
const LOOK_EVERY_MS = 5;
const MOST_BYTES = 1e9;

/** Keeps every segment of a journal, by a second name, though a snapshot lets the engine remove it. */
export class JournalArchive {
  readonly #folder: string;
  readonly #kept: string;
  readonly #timer: NodeJS.Timeout;

  /** `kept` is a folder on the same file system. */
  constructor(folder: string, kept: string) {
    this.#folder = folder;
    this.#kept = kept;
    mkdirSync(kept, { recursive: true });
    this.#timer = setInterval(() => this.#look(), LOOK_EVERY_MS);
  }

  /** The hash that all commands ever journaled give when they are replayed one by one. */
  hash(): string {
    this.#look();
    return independentHash(this.#kept);
  }

  [Symbol.dispose](): void {
    clearInterval(this.#timer);
  }

  #look(): void {
    let names: string[] = [];
    try {
      names = readdirSync(this.#folder).filter((name) => name.endsWith(".log"));
    } catch {
      // Not there before the first start.
    }
    for (const name of names) this.#keep(name);
  }

  #keep(name: string): void {
    const from = join(this.#folder, name);
    const to = join(this.#kept, name);
    const found = statSync(from, { throwIfNoEntry: false });
    const kept = statSync(to, { throwIfNoEntry: false });
    if (found === undefined || found.ino === kept?.ino) return;
    // An empty segment is replaced by the next start's.
    rmSync(to, { force: true });
    linkSync(from, to);
  }
}

/** The hash of a journal by another way: its commands as text, applied by `replay`. */
export function independentHash(folder: string): string {
  const dumped = run(["journal", folder], "");
  const replayed = run(["replay", "-", "--once"], dumped);
  return JSON.parse(replayed.trimEnd().split("\n").at(-1) ?? "").hash;
}

function run(args: readonly string[], input: string): string {
  const { stdout, status, stderr } = spawnSync(process.execPath, [MAIN, ...args], {
    input,
    encoding: "utf8",
    maxBuffer: MOST_BYTES,
  });
  if (status !== 0) throw new Error(`${args.join(" ")}: ${stderr}`);
  return stdout;
}
