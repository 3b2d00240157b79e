import { spawn, spawnSync } from "node:child_process";
import { appendFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { expect, test, vi } from "vitest";
import { until } from "../support/until.ts";
import { copyEngine } from "./support/engine-process.ts";

vi.setConfig({ testTimeout: 300_000 });

const MAIN = join(import.meta.dirname, "../../engine/main.ts");

function run(args: string[], input = ""): { code: number | null; lines: string[] } {
  const { status, stdout } = spawnSync(process.execPath, [MAIN, ...args], {
    input,
    encoding: "utf8",
  });
  return { code: status, lines: stdout.trimEnd().split("\n") };
}

test("generated commands are the same for the same seed, and all of them are commands", () => {
  const args = ["generate", "--seed", "7", "--commands", "500", "--symbols", "A-USD,B-USD"];
  const { lines } = run(args);
  expect(lines).toHaveLength(500);
  expect(run(args).lines).toEqual(lines);
  const events = run(["replay", "-"], lines.join("\n")).lines.map((line) => JSON.parse(line));
  expect(events.filter(({ reason }) => /malformed|invalid|unknown-op/.test(reason))).toEqual([]);
  expect(events.filter(({ event }) => event === "trade").length).toBeGreaterThan(50);
  expect(events.at(-1)).toMatchObject({ sequence: 500 });
});

test("generate refuses what it does not know", () => {
  expect(run(["generate", "--speed", "7"]).code).toBe(2);
  expect(run(["generate", "--commands", "many"]).code).toBe(2);
});

test("a source that changes brings the engine up again, after the old one has drained", async () => {
  using copy = copyEngine();
  const args = ["--watch-path=engine", "engine/main.ts"];
  const child = spawn(process.execPath, args, {
    cwd: copy.folder,
    env: { PORT: "0", METRICS_PORT: "0", MARKET_PORT: "0" },
    stdio: ["ignore", "pipe", "ignore"],
  });
  const said: string[] = [];
  createInterface({ input: child.stdout }).on("line", (line) => said.push(line));
  const listening = (): number => said.filter((line) => line.includes('"listening"')).length;
  try {
    await until("it listens", () => listening() >= 1, 120_000);
    const before = listening();
    appendFileSync(join(copy.folder, "engine/core/book.ts"), "// changed\n");
    await until("it listens again", () => listening() > before, 120_000);
    expect(said.join()).toContain('"clean":true');
  } finally {
    const gone = new Promise((resolve) => child.once("exit", resolve));
    child.kill("SIGTERM");
    await gone;
  }
});
