import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { runCheck } from "./run/check.ts";
import { runNode } from "./run/node-run.ts";
import { TALLY_FILE } from "./run/reporter.ts";
import { addTallies, describeTally, type Tally } from "./run/tally.ts";

const root = join(import.meta.dirname, "..");

/** Tests of every fate, run by a vitest of their own. */
const PLANTED = {
  "fates.test.ts": `
    import { expect, it } from "vitest";
    it("passes", () => {});
    it("fails", () => { expect(1).toBe(2); });
    it("cannot run here", (ctx) => { ctx.skip("no compiler on this machine"); });
    it.skip("says not why", () => {});
  `,
  "hook.test.ts": `
    import { beforeAll, describe, it } from "vitest";
    describe("a broken hook", () => {
      beforeAll(() => { throw new Error("no server"); });
      it("never ran", () => {});
    });
  `,
  "import.test.ts": `import "./is-not-there.ts";`,
};

describe("the count at the end of npm test", () => {
  let folder: string;
  let tally: Tally;
  let code: number;

  beforeAll(async () => {
    // Inside the repository, so that the planted files find vitest.
    mkdirSync(join(root, ".build"), { recursive: true });
    folder = mkdtempSync(join(root, ".build", "tally-"));
    for (const [name, text] of Object.entries(PLANTED)) writeFileSync(join(folder, name), text);
    writeFileSync(join(folder, "vitest.config.ts"), "export default {};");
    const file = join(folder, "tally.json");
    const vitest = join(root, "node_modules/vitest/vitest.mjs");
    const reporter = `--reporter=${join(root, "test/run/reporter.ts")}`;
    code = await runNode([vitest, "run", "--root", folder, reporter], {
      cwd: folder,
      onOutput() {},
      env: { ...process.env, [TALLY_FILE]: file },
    });
    tally = JSON.parse(readFileSync(file, "utf8"));
  });

  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it("has each test once, and a broken hook or import as a failure, not as a skip", () => {
    expect(code).not.toBe(0);
    expect(tally.passed).toBe(1);
    expect(tally.failed).toBe(3);
  });

  it("names each skip with its reason, and says so when there is none", () => {
    expect(tally.skipped).toEqual([
      { name: "fates.test.ts > cannot run here", reason: "no compiler on this machine" },
      {
        name: "fates.test.ts > says not why",
        reason: "NO REASON GIVEN: use ctx.skip(reason)",
      },
    ]);
  });

  it("is the last line, below the skips", () => {
    const lines = describeTally(addTallies([tally, { passed: 4, failed: 0, skipped: [] }])).split(
      "\n",
    );
    expect(lines.at(-1)).toBe("5 passed, 3 failed, 2 skipped");
    expect(lines[0]).toBe(
      "  skipped: fates.test.ts > cannot run here — no compiler on this machine",
    );
  });
});

describe("a check", () => {
  it("passes or fails by its exit code, with what it said", async () => {
    const check = (script: string) => ({ name: "c", args: ["-e", script], remedy: "r" });
    expect(await runCheck(check("console.log(1)"), { cwd: root })).toMatchObject({ passed: true });
    const failed = await runCheck(check("console.error('why'); process.exit(3)"), { cwd: root });
    expect(failed).toMatchObject({ passed: false, output: "why\n" });
  });
});
