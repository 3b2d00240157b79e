import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { fileURLToPath } from "node:url";
import { disruptor, liquibook } from "./peers/peers.ts";
import { soak } from "./soak.ts";

/** Two measurements whose ratio is a claim. They take turns, so that a busy moment hits both. */
interface Row {
  what: string;
  ours: string;
  peer: string;
  figure: "perSecond" | "gcMs";
  unit: string;
  atLeast: number;
  aim: number;
}

const ROWS: Row[] = [
  row(
    "book operations against nodejs-order-book, exchange-core-like mix",
    "book ours",
    "book peer",
    20,
    40,
  ),
  row("the same with risk", "book ours risk", "book peer", 10, 20),
  row(
    "ring against MessagePort, whole commands, one by one",
    "passing ring",
    "passing port",
    20,
    50,
  ),
  row(
    "WebSocket binary batches against WebSocket JSON singles",
    "websocket binary",
    "websocket json",
    10,
    30,
  ),
  row(
    "durable against not durable, WebSocket binary batches",
    "websocket durable",
    "websocket binary",
    0.5,
    0.8,
  ),
];
const GC: Row = {
  ...row(
    "GC pause over 1M book operations against nodejs-order-book",
    "book ours",
    "book peer",
    0.01,
    0.001,
  ),
  figure: "gcMs",
  unit: "ms",
};
const ALONE = [
  { what: "recovery, commands/s", name: "recovery" },
  { what: "ring in batches of 32, messages/s", name: "passing ring batched" },
  { what: "singles through gateway, core and journal, durable, /s", name: "pipeline durable" },
  { what: "the same in memory, /s", name: "pipeline memory" },
  { what: "market-data messages decoded and booked, /s (at least 1M, aim 5M)", name: "feed" },
];
const START_LIMIT_MS = 1_000;
const STARTS = [
  { what: "start to healthy, empty journal", name: "start" },
  { what: "the same again with a folder for compiled code", name: "start cached" },
];
if (process.argv[2] === "soak") {
  await soak(Number(process.argv[3] ?? 10));
  process.exit();
}

const ROUNDS = Number(process.argv[2] ?? 5);
const MEASURE = fileURLToPath(new URL("./measure.ts", import.meta.url));
const TABLE = fileURLToPath(new URL("../../docs/engine/bench.md", import.meta.url));

/** Written in other languages: measured when they are there. */
const peers = { liquibook: liquibook(), disruptor: disruptor() };
const NOT_MEASURED = Object.values(peers).flatMap(({ measure: one, note }) =>
  one === null ? [note] : [],
);
const FOREIGN = [
  row("inserts against liquibook, C++ -O3", "inserts", "liquibook", 1, 1.5),
  row(
    "ring in batches of 32 against the LMAX Disruptor",
    "passing ring batched",
    "disruptor",
    0.5,
    1,
  ),
].filter(({ peer }) => peers[peer as keyof typeof peers].measure !== null);
const lines = [...ROWS, ...FOREIGN, GC].map(compare);
const alone = ALONE.map(
  ({ what, name }) => `| ${what} | ${short(median(repeat(name, "perSecond")))} |`,
);
const starts = STARTS.map(({ what, name }) => {
  const { least, middle, most } = spread(repeat(name, "ms"));
  const verdict = Number(middle) < START_LIMIT_MS ? "reached" : "**missed**";
  return `| ${what} | ${least} ms | ${middle} ms | ${most} ms | ${START_LIMIT_MS} ms | ${verdict} |`;
});
const open = Array.from({ length: ROUNDS }, () => measure("open loop"));
const disk = measure("disk");
writeFileSync(TABLE, page());
console.log(page());

function row(what: string, ours: string, peer: string, atLeast: number, aim: number): Row {
  return { what, ours, peer, atLeast, aim, figure: "perSecond", unit: "/s" };
}

function compare({ what, ours, peer, figure, unit, atLeast, aim }: Row): string {
  const figures = { ours: [] as number[], peer: [] as number[] };
  for (let round = 0; round < ROUNDS; round += 1) {
    figures.ours.push(measure(ours)[figure] ?? Number.NaN);
    figures.peer.push(measure(peer)[figure] ?? Number.NaN);
  }
  const [mine, theirs] = [median(figures.ours), median(figures.peer)];
  const ratio = mine / theirs;
  // A pause is better when it is shorter.
  const reached = (wanted: number): boolean =>
    figure === "gcMs" ? ratio <= wanted : ratio >= wanted;
  const verdict = reached(aim) ? "aim reached" : reached(atLeast) ? "reached" : "**missed**";
  const times =
    figure === "gcMs" ? `${(ratio * 100).toFixed(2)} %` : `${ratio.toFixed(ratio < 3 ? 2 : 1)}×`;
  console.error(`${what}: ${times}`);
  const wanted =
    figure === "gcMs" ? `${atLeast * 100} % / ${aim * 100} %` : `${atLeast}× / ${aim}×`;
  return `| ${what} | ${short(mine)} ${unit} | ${short(theirs)} ${unit} | ${times} | ${wanted} | ${verdict} |`;
}

function openMs(figure: string): string {
  return `${median(open.map((run) => run[figure] ?? Number.NaN)).toFixed(1)} ms`;
}

function repeat(name: string, figure: string): number[] {
  return Array.from({ length: ROUNDS }, () => measure(name)[figure] ?? Number.NaN);
}

function measure(name: string): Record<string, number> {
  const foreign = name in peers ? peers[name as keyof typeof peers].measure : null;
  if (foreign !== null) return { ...foreign() };
  return JSON.parse(execFileSync(process.execPath, [MEASURE, name], { encoding: "utf8" }));
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

function spread(values: readonly number[]): Record<"least" | "middle" | "most", string> {
  const ms = (value: number): string => value.toFixed(0);
  return {
    least: ms(Math.min(...values)),
    middle: ms(median(values)),
    most: ms(Math.max(...values)),
  };
}

function short(value: number): string {
  if (value >= 1e6) return `${(value / 1e6).toFixed(2)}M`;
  if (value >= 1e3) return `${(value / 1e3).toFixed(0)}k`;
  return value.toFixed(2);
}

function missing(): string {
  const notes = Object.values(peers).map((peer) => peer.note);
  const heading = NOT_MEASURED.length > 0 ? "Not in this table, or how" : "The peers";
  return `${heading}:\n${notes.map((note) => `- ${note}`).join("\n")}`;
}

function page(): string {
  return `# The engine's speed, as ratios

Written by \`node perf/engine/bench.ts\`; not by hand. Medians of ${ROUNDS} turns, each in its own process, the two sides taking turns. Node ${process.versions.node},
${cpus().length} × ${cpus()[0]?.model ?? "unknown"}, shared with other work. Book figures are per second of the thread's CPU time, the others per second of the clock. Ratios come from closed
loops and claim throughput only; the latencies come from an open loop and are counted from when an order was due, so a stall counts for every order that it
held up (coordinated omission is corrected for). Load and engine share the same CPUs.

| what | engine | compared with | ratio | at least / aim | |
|---|---|---|---|---|---|
${lines.join("\n")}

| 1000 WebSocket connections, 10,000 orders/s open loop, order to durable answer | p50 | p95 | p99 | at most / aim (p95) |
|---|---|---|---|---|
| | ${openMs("p50Ms")} | ${openMs("p95Ms")} | ${openMs("p99Ms")} | 50 ms / 15 ms |

| process started until \`/health\` answers | least | median | most | less than | |
|---|---|---|---|---|---|
${starts.join("\n")}

| alone | median |
|---|---|
${alone.join("\n")}

Disk beneath the durable figures: 4 KiB write with fdatasync p50 ${disk.p50Ms?.toFixed(2)} ms, p99 ${disk.p99Ms?.toFixed(2)} ms.

${missing()}
`;
}
