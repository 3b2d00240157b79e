import { join } from "node:path";
import { type Check, type CheckResult, runChecks } from "./run/check.ts";
import { installPackages } from "./run/packages.ts";
import { type Part, runPart } from "./run/part.ts";
import { QUIET } from "./run/quiet.ts";
import { addTallies, describeTally, type Tally } from "./run/tally.ts";
import { obtainTools } from "./run/tools.ts";

/**
 * `npm test`: all that must hold before a change goes in. `npm test -- PATTERN…` hands the patterns to vitest and
 * leaves the checks of the whole repository out. The last line is the count.
 */
const root = join(import.meta.dirname, "..");
const bin = (path: string) => join(root, "node_modules", path);

const CHECKS: Check[] = [
  { name: "types", args: [bin("typescript/bin/tsc"), "-p", "."], remedy: "fix the types" },
  {
    name: "types of the page's script",
    args: [bin("typescript/bin/tsc"), "-p", "lib/evidence/page/client"],
    remedy: "fix the types",
  },
  {
    name: "lint",
    args: [bin("@biomejs/biome/bin/biome"), "ci", "--colors=off", "--error-on-warnings", "."],
    remedy: "npx biome check --write",
  },
  {
    name: "generated files are current",
    args: ["--disable-warning=ExperimentalWarning", "scripts/generate.ts", "--check"],
    remedy: "npm run generate",
  },
  {
    name: "the bundle is reproduced",
    args: ["scripts/bundle.ts", "--check"],
    remedy: "npm run bundle",
  },
];

/** vitest writes into a pipe, so it cannot see for itself whether somebody watches. */
const COLOUR = process.stdout.isTTY ? "--color" : "--no-color";

const CHECK_LIMIT_MS = 10 * 60_000;

const PARTS: Part[] = [
  { name: "tests", args: vitest(QUIET.flatMap(excluded)), limitMinutes: 50 },
  {
    name: "tests that want the machine to themselves",
    args: vitest(["--no-file-parallelism", ...QUIET]),
    limitMinutes: 20,
  },
  { name: "the lab of real hosts", args: ["test/real/hosts/run.ts"], limitMinutes: 50 },
];

const stopped = new AbortController();
let stopCode = 0;
process.once("SIGINT", () => stop(130));
process.once("SIGTERM", () => stop(143));
// Nobody reads on: what was started must not go on without anybody.
process.stdout.on("error", () => stop(141));
const { signal } = stopped;

const patterns = process.argv.slice(2);
const tallies = patterns.length > 0 ? await runOnly(patterns) : await runAll();
const total = addTallies(tallies);
console.log(`\n${describeTally(total)}`);
// Not by itself: what somebody stopped may still have something under way.
if (signal.aborted) process.exit(stopCode);
process.exitCode = total.failed > 0 ? 1 : 0;

function runOnly(patterns: readonly string[]): Promise<Tally[]> {
  return runParts([{ name: "tests", args: vitest(patterns), limitMinutes: 60 }]);
}

async function runAll(): Promise<Tally[]> {
  const checks = await holdChecks();
  if (!signal.aborted) await installPackages(process.env, signal);
  if (!signal.aborted) await obtainTools(signal);
  return [checks, ...(await runParts(PARTS))];
}

async function runParts(parts: readonly Part[]): Promise<Tally[]> {
  const tallies: Tally[] = [];
  const say = (text: string) => process.stdout.write(text);
  for (const part of parts) tallies.push(await runPart(part, { cwd: root, say, signal }));
  return tallies;
}

async function holdChecks(): Promise<Tally> {
  console.log("checks");
  const run = { cwd: root, limitMs: CHECK_LIMIT_MS, signal };
  const results = await runChecks(CHECKS, 2, run, sayResult);
  console.log("");
  const passed = results.filter((result) => result.passed).length;
  return { passed, failed: results.length - passed, skipped: [] };
}

function sayResult({ check, passed, seconds, output }: CheckResult): void {
  if (signal.aborted) return;
  console.log(`  ${passed ? "✓" : "✗"} ${check.name} (${seconds.toFixed(1)} s)`);
  if (passed) return;
  console.log(output.trimEnd().replace(/^/gm, "    "));
  console.log(`    remedy: ${check.remedy}`);
}

function vitest(args: readonly string[]): string[] {
  const reporters = ["default", "./test/run/reporter.ts", "./test/run/running-reporter.ts"];
  const all = reporters.map((reporter) => `--reporter=${reporter}`);
  return [bin("vitest/vitest.mjs"), "run", COLOUR, ...all, ...args];
}

function excluded(path: string): string[] {
  return ["--exclude", path.endsWith(".ts") ? path : `${path}/**`];
}

function stop(code: number): void {
  if (signal.aborted) return;
  stopCode = code;
  stopped.abort();
  console.log("\nstopped: ending what runs");
}
