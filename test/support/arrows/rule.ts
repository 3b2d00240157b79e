import { isBuiltin } from "node:module";
import type { Import } from "./import.ts";

/** A sentence per arrow that points the wrong way. */
export type Rule = (imports: readonly Import[]) => string[];

/** What each top-level folder may import beside itself; tests may import everything. */
const ALLOWED: Readonly<Record<string, readonly string[]>> = {
  actions: ["lib", "dist"],
  cli: ["lib", "rehearsal"],
  engine: [],
  lib: [],
  perf: ["lib", "engine", "rehearsal", "scripts"],
  rehearsal: ["lib"],
  scripts: ["lib", "actions", "rehearsal"],
};

/** actions, cli, rehearsal, perf -> lib; engine and lib know nothing of each other. */
export const folders: Rule = (imports) =>
  imports
    .filter(({ isFile }) => isFile)
    .filter(({ from, to }) => {
      const allowed = ALLOWED[top(from)];
      return allowed !== undefined && top(from) !== top(to) && !allowed.includes(top(to));
    })
    .map(({ from, to }) => `${from} imports ${to}: ${top(from)}/ must not know ${top(to)}/`);

/** An action is used alone: what two share is in lib. */
export const actionsApart: Rule = (imports) =>
  imports
    .filter(({ from, to }) => actionOf(from) && actionOf(to) && actionOf(from) !== actionOf(to))
    .map(({ from, to }) => `${from} imports ${to}: what two actions share belongs in lib/`);

const PURE_ROOMS = ["lib/rollout", "lib/verdict"];
/** Built-ins that neither read nor change anything outside of the process. */
const PURE_BUILTINS = ["assert", "crypto", "events", "timers/promises", "util"];
/** Packages that do no input or output. */
const PURE_PACKAGES = ["zod"];

/** lib/rollout and lib/verdict do no I/O, and load nothing that does. */
export const pureRooms: Rule = (imports) => {
  const runtime = imports.filter(({ typeOnly }) => !typeOnly);
  const starts = new Set(runtime.map(({ from }) => from).filter((path) => inPureRoom(path)));
  const faults = [...starts].flatMap((start) =>
    reachable(start, runtime)
      .filter(({ to, isFile }) => !isFile && !isPure(to))
      .map(({ from, to }) =>
        from === start
          ? `${start} imports ${to}: ${room(start)} does no I/O`
          : `${start} loads ${from}, which imports ${to}: ${room(start)} does no I/O`,
      ),
  );
  return [...new Set(faults)];
};

/** No room of lib needs itself, by way of others, to be loaded. */
export const noCycles: Rule = (imports) => {
  const arrows = new Map<string, Set<string>>();
  for (const { from, to, isFile, typeOnly } of imports) {
    if (!isFile || typeOnly || top(from) !== "lib" || top(to) !== "lib") continue;
    if (room(from) === room(to)) continue;
    arrows.set(room(from), (arrows.get(room(from)) ?? new Set()).add(room(to)));
  }
  return [...arrows.keys()].sort().flatMap((start) => {
    const way = wayBack(start, arrows);
    // Each cycle is told once, from its first room.
    return way?.every((step) => step >= start) ? [`cycle: ${way.join(" -> ")}`] : [];
  });
};

export const RULES: Readonly<Record<string, Rule>> = { folders, actionsApart, pureRooms, noCycles };

function wayBack(start: string, arrows: ReadonlyMap<string, Set<string>>): string[] | undefined {
  const queue: string[][] = [[start]];
  const seen = new Set<string>();
  for (const way of queue) {
    for (const next of arrows.get(way.at(-1) ?? "") ?? []) {
      if (next === start) return [...way, start];
      if (seen.has(next)) continue;
      seen.add(next);
      queue.push([...way, next]);
    }
  }
  return undefined;
}

/** Every import made by `start` or by a file that it loads. */
function reachable(start: string, imports: readonly Import[]): Import[] {
  const byFile = Map.groupBy(imports, ({ from }) => from);
  const found: Import[] = [];
  const files = new Set([start]);
  for (const file of files) {
    for (const one of byFile.get(file) ?? []) {
      found.push(one);
      if (one.isFile) files.add(one.to);
    }
  }
  return found;
}

function inPureRoom(path: string): boolean {
  return PURE_ROOMS.some((pure) => path.startsWith(`${pure}/`));
}

function isPure(specifier: string): boolean {
  if (isBuiltin(specifier)) return PURE_BUILTINS.includes(specifier.replace(/^node:/, ""));
  return PURE_PACKAGES.includes(specifier);
}

function top(path: string): string {
  return path.split("/")[0] ?? "";
}

/** `lib/rollout` for what is in it; a file directly in lib/ is a room of its own. */
function room(path: string): string {
  return path.split("/").slice(0, 2).join("/");
}

function actionOf(path: string): string | undefined {
  const [folder, name, file] = path.split("/");
  return folder === "actions" && file !== undefined ? name : undefined;
}
