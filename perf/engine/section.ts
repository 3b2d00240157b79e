import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const PAGE = fileURLToPath(new URL("../../docs/engine/durability.md", import.meta.url));

/** Puts what was measured between its marks in the page; what is around it is written by hand. */
export function writeSection(name: string, lines: readonly string[]): void {
  const begin = `<!-- ${name}:begin -->`;
  const end = `<!-- ${name}:end -->`;
  const page = readFileSync(PAGE, "utf8");
  const [from, to] = [page.indexOf(begin), page.indexOf(end)];
  if (from < 0 || to < from) throw new Error(`${PAGE} has no ${begin} … ${end}`);
  const text = `${begin}\n${lines.join("\n")}\n`;
  writeFileSync(PAGE, page.slice(0, from) + text + page.slice(to));
}

/** What the figures were measured on. */
export function machine(): string {
  return `Node ${process.versions.node}, ${cpus().length} × ${cpus()[0]?.model ?? "unknown"}, shared with other work`;
}

/** Which engine it was: the last commit that changed `engine/`, and whether there is more than that. */
export function engineCommit(): string {
  try {
    const commit = git("log", "-1", "--format=%h", "--", "engine");
    const changed = git("status", "--porcelain", "--", "engine") !== "";
    return `the engine of commit ${commit}${changed ? ", with changes" : ""}`;
  } catch {
    return "an engine outside of its repository";
  }
}

function git(...args: string[]): string {
  return execFileSync("git", args, { cwd: ROOT, encoding: "utf8" }).trim();
}

export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}
