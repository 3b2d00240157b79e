import { watch } from "node:fs";
import { relative, resolve, sep } from "node:path";

/** An editor writes a file more than once. */
const QUIET_MS = 200;

export interface Watched {
  /** Resolves with the files that changed, when nothing changed for a moment; undefined when it was stopped. */
  readonly next: () => Promise<readonly string[] | undefined>;
  readonly stop: () => void;
}

/** Watches a repository's files, and its commits; not what git and npm keep, nor what we write ourselves. */
export function watchFolder(dir: string, written: readonly string[]): Watched {
  const own = written.map((file) => relative(resolve(dir), resolve(file)));
  const changed = new Set<string>();
  let waiting: ((files: readonly string[] | undefined) => void) | undefined;
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;
  const settle = (): void => {
    if (!waiting || (changed.size === 0 && !stopped)) return;
    const files = stopped ? undefined : [...changed].sort();
    const answer = waiting;
    waiting = undefined;
    changed.clear();
    answer(files);
  };
  const watcher = watch(dir, { recursive: true }, (_event, name) => {
    if (name === null || isIgnored(name) || own.includes(name)) return;
    changed.add(name);
    clearTimeout(timer);
    timer = setTimeout(settle, QUIET_MS);
  });
  watcher.on("error", () => {}); // a folder that vanished while it was looked at
  return {
    next: () =>
      new Promise((answer) => {
        waiting = answer;
        clearTimeout(timer);
        timer = setTimeout(settle, QUIET_MS);
      }),
    stop: () => {
      stopped = true;
      clearTimeout(timer);
      watcher.close();
      settle();
    },
  };
}

function isIgnored(name: string): boolean {
  const parts = name.split(sep);
  if (parts.includes("node_modules")) return true;
  if (parts[0] !== ".git") return false;
  // A new commit is a change: it is what actions/checkout gets.
  return !(parts[1] === "HEAD" || (parts[1] === "refs" && !name.endsWith(".lock")));
}
