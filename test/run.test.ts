import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync } from "node:fs";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { processesWith } from "./run/marked.ts";
import { runPart } from "./run/part.ts";
import { QUIET } from "./run/quiet.ts";
import { isAlive, until } from "./support/until.ts";

const root = join(import.meta.dirname, "..");

/** Blocks its worker for good, with a process beside it that does not belong to its group. */
const HANGS = `
import { spawn } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { it } from "vitest";
it("hangs", () => {
  const child = spawn("sleep", ["600"], { detached: true, stdio: "inherit" });
  writeFileSync(join(import.meta.dirname, "pids"), [process.pid, child.pid].join(" "));
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
});
`;

async function plant() {
  // Inside the repository, so that the planted file finds vitest.
  await mkdir(join(root, ".build"), { recursive: true });
  const folder = await mkdtemp(join(root, ".build", "hangs-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  await writeFile(join(folder, "hangs.test.ts"), HANGS);
  await writeFile(join(folder, "vitest.config.ts"), "export default {};");
  const pids = () => {
    const file = join(folder, "pids");
    const text = existsSync(file) ? readFileSync(file, "utf8") : "";
    return text === "" ? undefined : text.split(" ").map(Number);
  };
  return { folder, pids };
}

describe("npm test", () => {
  it.each([
    ["SIGTERM", 143],
    ["SIGINT", 130],
  ] as const)(
    "ends all of itself at %s, though a test hangs, and names its file",
    async (signal, code) => {
      const { folder, pids } = await plant();
      const reporters = ["reporter", "running-reporter"].map(
        (name) => `--reporter=${join(root, "test/run", `${name}.ts`)}`,
      );
      const run = spawn(process.execPath, ["test/run.ts", "--root", folder, ...reporters], {
        cwd: root,
        stdio: ["ignore", "pipe", "pipe"],
      });
      let said = "";
      for (const stream of [run.stdout, run.stderr])
        stream.setEncoding("utf8").on("data", (text: string) => {
          said += text;
        });
      const started = await until("the test hangs", pids);
      expect(started.every(isAlive)).toBe(true);
      run.kill(signal);
      expect(await once(run, "close"), said).toEqual([code, null]);
      expect(said).toMatch(/ended while these were under way:\n {2}hangs\.test\.ts/);
      await until("they are gone", () => !started.some(isAlive));
      expect(await processesWith(folder)).toEqual([]);
    },
  );

  it("ends a part that hangs when its time is over, and counts it as failed by its name", async () => {
    const { folder, pids } = await plant();
    let said = "";
    const tally = await runPart(
      {
        name: "the part that hangs",
        args: [join(root, "node_modules/vitest/vitest.mjs"), "run"],
        limitMinutes: 0.1,
      },
      {
        cwd: folder,
        say(text) {
          said += text;
        },
        signal: new AbortController().signal,
      },
    );
    expect(tally).toEqual({ passed: 0, failed: 1, skipped: [] });
    expect(said).toContain("✗ the part that hangs: not done after 0.1 minutes, and ended");
    const started = pids();
    if (started) await until("they are gone", () => !started.some(isAlive));
  });

  it("has the tests that it keeps for a quiet machine", () => {
    expect(QUIET.filter((path) => !existsSync(join(root, path)))).toEqual([]);
  });

  it("counts a part that ends without a result as failed by its name", async () => {
    let said = "";
    const say = (text: string) => {
      said += text;
    };
    const part = { name: "the part", args: ["-e", "process.exit(3)"], limitMinutes: 1 };
    const { signal } = new AbortController();
    expect(await runPart(part, { cwd: root, say, signal })).toMatchObject({ failed: 1 });
    expect(said).toContain("✗ the part: ended with exit code 3, and without a result");
  });
});
