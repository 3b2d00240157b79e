import { execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync } from "node:fs";
import { basename, join } from "node:path";
import { freshFolder } from "./fresh-folder.ts";

const root = join(import.meta.dirname, "..", "..");

/** Large, or not a source of anything generated. */
const LEFT_OUT = new Set([
  ".build",
  ".git",
  "coverage",
  "dist",
  "node_modules",
  "rehearsal",
  "test",
]);

/** A copy of the sources that the generators and the bundle are made from, in a path with a space. */
export function copyTree(): string {
  const copy = join(freshFolder(), "a copy");
  for (const name of readdirSync(root).filter((entry) => !LEFT_OUT.has(entry))) {
    cpSync(join(root, name), join(copy, name), { recursive: true, filter: isSource });
  }
  return copy;
}

function isSource(path: string): boolean {
  return basename(path) !== "node_modules";
}

/** Packages for a copy that only runs its sources. */
export function linkPackages(copy: string): void {
  symlinkSync(join(root, "node_modules"), join(copy, "node_modules"));
}

/** The tools that make the bundle, beside what goes into it. */
const BUNDLING = /^node_modules\/(@vercel\/ncc|typescript|@typescript\/.*)$/;

/** Packages as an installation would put them there, without those that the bundle does not need. */
export function copyPackages(copy: string): void {
  const lock: { packages: Record<string, { dev?: boolean; optional?: boolean }> } = JSON.parse(
    readFileSync(join(root, "package-lock.json"), "utf8"),
  );
  for (const [path, { dev, optional }] of Object.entries(lock.packages)) {
    const isNeeded = path !== "" && ((!dev && !optional) || BUNDLING.test(path));
    if (isNeeded && existsSync(join(root, path))) copyFast(join(root, path), join(copy, path));
  }
}

/** Links where the disk allows it. */
function copyFast(from: string, to: string): void {
  mkdirSync(join(to, ".."), { recursive: true });
  try {
    execFileSync("cp", ["-al", `${from}/.`, `${to}/`], { stdio: "ignore" });
  } catch {
    execFileSync("cp", ["-a", `${from}/.`, `${to}/`]);
  }
}
