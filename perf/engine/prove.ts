import { execFileSync, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { machine, quantile, writeSection } from "./section.ts";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const STARTS = 9;
const RECOVERIES = 3;
const TAKEOVERS = 3;
/** The tests of kills, by what is in their names. */
const KINDS = [
  "with one large segment",
  "with small segments",
  "a record was torn, what",
  "a record was torn between",
  "while the disk is full",
];
const START_LIMIT_MS = 1_000;
const HUNDRED = 100;

interface Proof {
  what: string;
  kills?: number;
  present?: number;
  refused?: number;
  commands?: number;
  takeoverMs?: number;
  acknowledged?: number;
}

/** All that is claimed of durability, shown by real processes: `node perf/engine/prove.ts [KILLS [--write]]`, by default 100 of each kind. */
const kills = Number(process.argv[2] ?? HUNDRED);
const starts = await measureStarts();
const recoveries = Array.from({ length: RECOVERIES }, measureRecovery);
const killed: Proof[] = [];
for (const kind of KINDS) {
  killed.push(...(await proofs("test/engine/kill.test.ts", kind, { ENGINE_KILLS: String(kills) })));
}
const takeovers: Proof[] = [];
for (let at = 0; at < TAKEOVERS; at += 1) {
  takeovers.push(...(await proofs("test/engine/standby-cluster.test.ts", "leader is killed", {})));
}
const fenced = await proofs("test/engine/standby-cluster.test.ts", "stopped under load", {});
const lines = page();
console.log(lines.join("\n"));
if (kills >= HUNDRED || process.argv.includes("--write")) writeSection("engine:prove", lines);
// Of a machine that is busy with other work the quickest start tells most of the engine.
if (Math.min(...starts.map(({ engineMs }) => engineMs)) >= START_LIMIT_MS) process.exitCode = 1;

function page(): string[] {
  const times = takeovers.map(({ takeoverMs = Number.NaN }) => takeoverMs);
  const acknowledged = takeovers.reduce((sum, one) => sum + (one.acknowledged ?? 0), 0);
  return [
    `Written by \`node perf/engine/prove.ts\`; not by hand. ${machine()}.`,
    "",
    "| kill -9 under load, at any moment, with | kills | commands | acknowledged and there | refused, and not there | hash as replayed |",
    "|---|---|---|---|---|---|",
    ...killed.map(
      (one) =>
        `| ${one.what} | ${one.kills} | ${one.commands} | all, ${one.present} rest | ${one.refused} | the same |`,
    ),
    "",
    "| what | measured | at most |",
    "|---|---|---|",
    `| start to \`/health\` 200 with an empty journal, of ${STARTS} | ${spread(starts.map(({ engineMs }) => engineMs))} | 1 s |`,
    `| an empty Node process beside each, to its end | ${spread(starts.map(({ nodeMs }) => nodeMs))} | |`,
    `| primary killed to standby's first order, R=3 with one server dead, of ${times.length} | ${spread(times)} | 5 s |`,
    "",
    `Of ${acknowledged} orders acknowledged before a takeover 0 were lost. Of ${fenced[0]?.acknowledged ?? "?"} acknowledged by a primary that was stopped, overtaken and woken, 0 were`,
    `lost, and it acknowledged none after. Recovery: ${Math.round(quantile(recoveries, 0.5) / 1000)}k commands/s, without a snapshot.`,
  ];
}

function spread(values: readonly number[]): string {
  return `median ${ms(quantile(values, 0.5))}, from ${ms(Math.min(...values))} to ${ms(Math.max(...values))}`;
}

function ms(value: number): string {
  return `${Math.round(value)} ms`;
}

/** From the start of the process to the first 200 of /health; and what Node alone takes at that moment. */
async function measureStarts(): Promise<{ engineMs: number; nodeMs: number }[]> {
  const times: { engineMs: number; nodeMs: number }[] = [];
  for (let at = 0; at < STARTS; at += 1) {
    const engineMs = await measureStart();
    const startedAt = performance.now();
    spawnSync(process.execPath, ["-e", "0"]);
    times.push({ engineMs, nodeMs: performance.now() - startedAt });
  }
  return times;
}

async function measureStart(): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), "start-"));
  const startedAt = performance.now();
  const engine = spawn(process.execPath, [join(ROOT, "engine/main.ts")], {
    env: { PORT: "0", METRICS_PORT: "0", JOURNAL_DIR: join(folder, "journal") },
    stdio: ["ignore", "pipe", "inherit"],
  });
  try {
    for await (const line of createInterface({ input: engine.stdout })) {
      const { message, port } = JSON.parse(line) as { message: string; port: number };
      if (message !== "listening") continue;
      const { status } = await fetch(`http://127.0.0.1:${port}/health`);
      if (status === 200) return performance.now() - startedAt;
    }
    throw new Error("the engine ended before it was healthy");
  } finally {
    const gone = new Promise((resolve) => engine.once("exit", resolve));
    engine.kill("SIGKILL");
    await gone;
    rmSync(folder, { recursive: true, force: true });
  }
}

function measureRecovery(): number {
  const args = [join(ROOT, "perf/engine/measure.ts"), "recovery"];
  return JSON.parse(execFileSync(process.execPath, args, { encoding: "utf8" })).perSecond;
}

/** Runs tests and gathers what they note; a test that fails makes all of this fail. */
async function proofs(file: string, name: string, env: Record<string, string>): Promise<Proof[]> {
  const folder = mkdtempSync(join(tmpdir(), "proof-"));
  const notes = join(folder, "notes.jsonl");
  const program = join(ROOT, "node_modules/vitest/vitest.mjs");
  const child = spawn(process.execPath, [program, "run", file, "-t", name], {
    cwd: ROOT,
    env: { ...process.env, ...env, PROOF_FILE: notes },
    stdio: ["ignore", 2, 2],
  });
  const [status] = await once(child, "exit");
  const text = existsSync(notes) ? readFileSync(notes, "utf8") : "";
  rmSync(folder, { recursive: true, force: true });
  if (status !== 0) {
    console.error(`${file} ${name}: not shown`);
    process.exitCode = 1;
  }
  const found = text.split("\n").filter((line) => line !== "");
  return found.map((line) => JSON.parse(line) as Proof);
}
