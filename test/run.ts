import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Check, type CheckResult, endRunning, runChecks, runNode } from "./run/check.ts";
import { installPackages } from "./run/packages.ts";
import { TALLY_FILE } from "./run/reporter.ts";
import { addTallies, describeTally, NOTHING, type Tally } from "./run/tally.ts";
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

/** Compares two versions under load: other tests beside it would be what it measures. */
const QUIET = "test/rehearsal/scenario";

const stopped = new AbortController();
process.once("SIGINT", () => stop(130));
process.once("SIGTERM", () => stop(143));

const patterns = process.argv.slice(2);
const checks = patterns.length > 0 ? NOTHING : await holdChecks();
if (patterns.length === 0) {
  installPackages(process.env);
  await obtainTools(stopped.signal);
}
const tests =
  patterns.length > 0
    ? [await runVitest(patterns)]
    : [
        await runVitest(["--exclude", `${QUIET}/**`]),
        await runVitest([QUIET]),
        await runCounted(["test/real/hosts/run.ts"]),
      ];
const total = addTallies([checks, ...tests]);
console.log(`\n${describeTally(total)}`);
process.exitCode = total.failed > 0 ? 1 : 0;

async function holdChecks(): Promise<Tally> {
  console.log("checks");
  const results = await runChecks(CHECKS, 2, root, sayResult);
  console.log("");
  const passed = results.filter((result) => result.passed).length;
  return { passed, failed: results.length - passed, skipped: [] };
}

function sayResult({ check, passed, seconds, output }: CheckResult): void {
  console.log(`  ${passed ? "✓" : "✗"} ${check.name} (${seconds.toFixed(1)} s)`);
  if (passed) return;
  console.log(output.trimEnd().replace(/^/gm, "    "));
  console.log(`    remedy: ${check.remedy}`);
}

function runVitest(args: readonly string[]): Promise<Tally> {
  const reporters = ["--reporter=default", "--reporter=./test/run/reporter.ts"];
  return runCounted([bin("vitest/vitest.mjs"), "run", COLOUR, ...reporters, ...args]);
}

/** Runs what tells its tally in the file that it is given. */
async function runCounted(args: readonly string[]): Promise<Tally> {
  const folder = mkdtempSync(join(tmpdir(), "sluice-test-"));
  const file = join(folder, "tally.json");
  try {
    const code = await runNode(args, root, (text) => process.stdout.write(text), {
      ...process.env,
      [TALLY_FILE]: file,
    });
    return readTally(file, code);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A vitest that failed without a failed test, or told nothing at all, is a failure too. */
function readTally(file: string, code: number): Tally {
  let tally: Tally;
  try {
    tally = JSON.parse(readFileSync(file, "utf8"));
  } catch {
    console.log("vitest ended without a result");
    return { ...NOTHING, failed: 1 };
  }
  return code !== 0 && tally.failed === 0 ? { ...tally, failed: 1 } : tally;
}

async function stop(code: number): Promise<never> {
  stopped.abort();
  await endRunning();
  process.exit(code);
}
