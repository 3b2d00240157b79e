import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { cpus, getPriority, loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { fillMarkers } from "../../scripts/generate/generated-file.ts";
import { CASES, cell, isAsDocumented, show } from "./compare.ts";
import { heapInUse, peakMemory } from "./memory.ts";
import { medians, prepareSpeed, type Round } from "./speed.ts";
import { ACT, actRunner, type Runner, sluice } from "./tool.ts";

/**
 * `npm run bench:rehearsal [ROUNDS] [speed|semantics]`: rehearsals beside act's, on the same workflows in the same run.
 * Writes results.json and the tables of docs/rehearsal.md; fails where we do not do what GitHub documents.
 */
const root = join(import.meta.dirname, "..", "..");
const resultsFile = join(import.meta.dirname, "results.json");
const [roundsText, part] = process.argv.slice(2);
const rounds = Math.max(3, Number(roundsText ?? 7) || 7);
const home = mkdtempSync(join(tmpdir(), "sluice-act-"));
const act = await actRunner(home);
try {
  const machine = `${cpus().length} × ${cpus()[0]?.model ?? "unknown"}`;
  if (part !== "speed") {
    const { counts, table } = await compareSemantics();
    keep({ semantics: counts });
    writePage("bench:semantics", table);
    if (counts.sluice < CASES.length) {
      console.error("Not everything is as documented.");
      process.exitCode = 1;
    }
  }
  if (part !== "semantics") {
    const loads = [loadavg()[0] ?? 0];
    const speed = await compareSpeed();
    loads.push(loadavg()[0] ?? 0);
    const memory = await compareMemory();
    const load = Math.max(...loads).toFixed(1);
    keep({ node: process.version, act: ACT.version, machine, load, rounds, speed, memory });
    writePage("bench:rehearsal", `${speedTable(speed, memory)}\n\n${note(machine, load)}`);
  }
} finally {
  rmSync(home, { recursive: true, force: true, maxRetries: 3 });
}

function keep(part: object): void {
  const before: object = existsSync(resultsFile)
    ? JSON.parse(readFileSync(resultsFile, "utf8"))
    : {};
  writeFileSync(resultsFile, `${JSON.stringify({ ...before, ...part }, null, 2)}\n`);
}

async function compareSemantics() {
  const rows: string[] = [];
  const counts = { cases: CASES.length, sluice: 0, act: 0 };
  for (const one of CASES) {
    console.error(`  ${one.says}`);
    const [ours, theirs] = await Promise.all([show(one, sluice), show(one, act)]);
    counts.sluice += isAsDocumented(one, ours) ? 1 : 0;
    counts.act += isAsDocumented(one, theirs) ? 1 : 0;
    rows.push(`| [${one.says}](${one.documented}) | ${cell(one, ours)} | ${cell(one, theirs)} |`);
  }
  const head = "| what GitHub documents | Sluice | act |\n| --- | --- | --- |";
  const sum = `Of ${counts.cases}, as documented: Sluice ${counts.sluice}, act ${ACT.version} in host mode ${counts.act}.`;
  return { counts, table: `${head}\n${rows.join("\n")}\n\n${sum}` };
}

/** Interleaved, so that a noisy machine is noisy for both. */
async function compareSpeed() {
  const taken = new Map<Runner, Round[]>([
    [sluice, []],
    [act, []],
  ]);
  const benches = [sluice, act].map((runner) => ({ runner, bench: prepareSpeed(runner) }));
  try {
    for (let round = 0; round <= rounds; round++) {
      console.error(`  round ${round} of ${rounds}`);
      for (const { runner, bench } of benches) {
        const result = await bench.round();
        if (round > 0) taken.get(runner)?.push(result); // the first fills caches
      }
    }
  } finally {
    for (const { bench } of benches) bench.close();
  }
  return { sluice: medians(taken.get(sluice) ?? []), act: medians(taken.get(act) ?? []) };
}

async function compareMemory() {
  console.error("  memory");
  const peaks = async (runner: Runner) => ({
    jobs256: await peakMemory(runner, 1),
    jobs1024: await peakMemory(runner, 4),
  });
  return { sluice: await peaks(sluice), act: await peaks(act), heap: await heapInUse(256) };
}

type Speed = Awaited<ReturnType<typeof compareSpeed>>;
type Memory = Awaited<ReturnType<typeof compareMemory>>;

function speedTable(speed: Speed, memory: Memory): string {
  const row = (what: string, ours: number, theirs: number, unit: string): string =>
    `| ${what} | **${(ours / theirs).toFixed(2)}×** | ${ours.toFixed(0)} ${unit} | ${theirs.toFixed(0)} ${unit} |`;
  const heap = memory.heap.map(({ jobs, heapMb }) => `${heapMb} MB after ${jobs}`);
  return [
    "| | Sluice / act | Sluice | act |",
    "| --- | --- | --- | --- |",
    row("start to first step", speed.sluice.firstStepMs, speed.act.firstStepMs, "ms"),
    row("a workflow of one job, whole", speed.sluice.oneJobMs, speed.act.oneJobMs, "ms"),
    row("a matrix of 50 jobs, whole", speed.sluice.matrixMs, speed.act.matrixMs, "ms"),
    row("each further job", speed.sluice.perJobMs, speed.act.perJobMs, "ms"),
    row("most memory held over 256 jobs", memory.sluice.jobs256, memory.act.jobs256, "MB"),
    row("most memory held over 1,024 jobs", memory.sluice.jobs1024, memory.act.jobs1024, "MB"),
    "",
    `In use on our heap: ${[...new Set(heap)].slice(0, 4).join(", ")} jobs.`,
  ].join("\n");
}

function note(machine: string, load: string): string {
  const priority = getPriority() < 0 ? ", both with a priority above everything else there" : "";
  return `Against act ${ACT.version} in host mode, made from its pinned module, on a copy with \`$/\` written as \`./\`; each by its own defaults (act runs as many jobs at once as there are CPUs, Sluice 20); medians of ${rounds} interleaved rounds on ${machine} with a load average of up to ${load} (${cpus().length} would be full)${priority}, Node ${process.version}.`;
}

function writePage(name: string, body: string): void {
  const file = join(root, "docs", "rehearsal.md");
  const text = fillMarkers(readFileSync(file, "utf8"), name, body);
  if (text === undefined) throw new Error(`docs/rehearsal.md has no markers ${name}`);
  writeFileSync(file, text);
}
