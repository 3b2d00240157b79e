import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { actionNames } from "../../scripts/generate/discover.ts";
import { fillMarkers } from "../../scripts/generate/generated-file.ts";
import { type ColdStarts, measureColdStarts } from "./cold-start.ts";

/**
 * `npm run bench:actions [ROUNDS]`: what a step pays before an action does anything, and what one `uses:`
 * downloads. Writes results.json and the table in docs/performance.md; fails where a goal is missed.
 */
const root = join(import.meta.dirname, "..", "..");
const GOAL = { cpuRatio: 4, downloadBytes: 1_000_000 };
const MIN_ROUNDS = 15;

const rounds = Math.max(MIN_ROUNDS, Number(process.argv[2] ?? MIN_ROUNDS) || MIN_ROUNDS);
const coldStarts = measureColdStarts(root, actionNames(root), rounds);
const downloadBytes = gzipSync(
  execFileSync("git", ["archive", "HEAD"], { cwd: root, maxBuffer: 1 << 30 }),
).length;

const table = describe(coldStarts, downloadBytes);
console.log(table);
save({
  node: process.version,
  cpu: `${cpus().length} × ${cpus()[0]?.model ?? "unknown"}`,
  rounds,
  ...coldStarts,
  downloadBytes,
});
writeTable(table);
const missed = missedGoals(coldStarts, downloadBytes);
for (const goal of missed) console.error(`missed: ${goal}`);
process.exitCode = missed.length > 0 ? 1 : 0;

function describe({ empty, actions }: ColdStarts, bytes: number): string {
  const times = (part: number, whole: number) => `${(part / whole).toFixed(2)}×`;
  const ms = (number: number) => `${number.toFixed(0)} ms`;
  const rows = actions.map(({ name, cold, warm }) => [
    name,
    `**${times(cold.cpuMs, empty.cpuMs)}**`,
    times(cold.wallMs, empty.wallMs),
    times(warm.cpuMs, empty.cpuMs),
    `${ms(cold.cpuMs)} / ${ms(cold.wallMs)}`,
  ]);
  return [
    "| action | CPU, cold | wall, cold | CPU, second step | CPU / wall, cold |",
    "| --- | --- | --- | --- | --- |",
    ...rows.map((row) => `| ${row.join(" | ")} |`),
    "",
    `Against an empty Node ${process.version} process (${ms(empty.cpuMs)} CPU, ${ms(empty.wallMs)} wall); medians of ${rounds} interleaved rounds; each action refuses a wrong input.`,
    `One \`uses:\` downloads ${Math.round(bytes / 1000)} kB with all ${actions.length} actions in it (\`git archive HEAD | gzip\`).`,
  ].join("\n");
}

function missedGoals({ empty, actions }: ColdStarts, bytes: number): string[] {
  const slow = actions.filter(({ cold }) => cold.cpuMs >= GOAL.cpuRatio * empty.cpuMs);
  return [
    ...slow.map(({ name }) => `${name} takes ${GOAL.cpuRatio}× an empty process or more`),
    ...(bytes >= GOAL.downloadBytes ? [`the download is ${bytes} bytes`] : []),
  ];
}

function save(results: object): void {
  const file = join(import.meta.dirname, "results.json");
  writeFileSync(file, `${JSON.stringify(results, roundNumbers, 2)}\n`);
}

function roundNumbers(_key: string, value: unknown): unknown {
  return typeof value === "number" ? Math.round(value * 10) / 10 : value;
}

function writeTable(text: string): void {
  const file = join(root, "docs", "performance.md");
  const filled = fillMarkers(readFileSync(file, "utf8"), "bench:actions", `\n${text}\n`);
  if (filled === undefined) throw new Error(`${file} has no markers for bench:actions`);
  writeFileSync(file, filled);
}
