import { readFile, writeFile } from "node:fs/promises";
import { loadavg } from "node:os";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { type Round, ratiosOf } from "../../lib/load/ratio.ts";
import { ensure } from "../../lib/tools/ensure.ts";
import { openShop } from "../../lib/tools/shop.ts";
import { startOrderFlow } from "../../rehearsal/scenario/order-flow.ts";
import { startEngine } from "./engine-pair.ts";
import { REAL_SECONDS, type RealGates, realGates } from "./real-gates.ts";
import { resample } from "./resample.ts";
import { BLOCK_MS, cyclesIn, RATE, session } from "./session.ts";
import { share, tables } from "./tables.ts";

/** `npm run bench:gate`: how often the load gate is wrong, beside gates with thresholds. */
const { values } = parseArgs({
  options: {
    /** Two minutes in place of twelve; the document is left alone. */
    quick: { type: "boolean", default: false },
    /** Orders a second to a third engine meanwhile, as in a rehearsal. */
    live: { type: "string", default: "2000" },
    /** What the slower release of the real gates has in its fault.json. */
    slowdown: { type: "string", default: "1.8" },
  },
});

const DOCUMENT = fileURLToPath(new URL("../../docs/load-gate.md", import.meta.url));
/** Seconds that a recorded round has the load, after its warm-up. */
const ROUND_SECONDS = 6;
const PLAN = values.quick
  ? { rounds: 8, runs: 40, gates: 2, lengths: [1, 4] }
  : { rounds: 44, runs: 300, gates: 6, lengths: [1, 8, 12, 16] };

const shop = openShop({ say: (message) => console.error(message) });
const { path: program } = await ensure("k6", "2.2.0", shop);
const liveRate = Number(values.live);
const live = liveRate > 0 ? await startEngine() : undefined;
const flow = live && startOrderFlow(live.url, liveRate, () => {});
const loads: number[] = [];

try {
  const recorded: Round[] = [];
  for (let at = 0; at < PLAN.rounds; at += 1) {
    const { pairs } = await session({ program, slowdown: 0, cycles: cyclesIn(ROUND_SECONDS) });
    recorded.push(pairs);
    loads.push(loadavg()[0] ?? 0);
    process.stderr.write(".");
  }
  const good = await realGates(program, 0, PLAN.gates);
  loads.push(loadavg()[0] ?? 0);
  const slow = await realGates(program, Number(values.slowdown), PLAN.gates);
  loads.push(loadavg()[0] ?? 0);
  process.stderr.write("\n");
  const results = PLAN.lengths.map((rounds) => resample(recorded, rounds, PLAN.runs));
  const page = `${head()}\n${spread(recorded)}\n${tables(results, ROUND_SECONDS)}\n${real([good, slow])}`;
  console.log(page);
  if (!values.quick) await writeBetweenMarkers(page);
} finally {
  await flow?.stop();
  await live?.stop();
}

function head(): string {
  const [least, most] = [Math.min(...loads), Math.max(...loads)].map((load) => load.toFixed(1));
  return `${PLAN.rounds} rounds of ${ROUND_SECONDS} s, each with two fresh engines of the same code and two fresh k6: ${RATE} orders/s in blocks of ${BLOCK_MS} ms, beside
${liveRate} orders/s to a third engine on the same machine. Load average (1 minute) during it: ${least} to ${most}. Runs are put together from the rounds; a slower
candidate is the same run with its latencies multiplied, so that the slowdown is exact.
`;
}

/** How much the same code differs from itself from one pair of processes to the next. */
function spread(recorded: readonly Round[]): string {
  const levels = { alpha: 0.01, beta: 0.05, processSpread: 0 };
  const found = recorded.map((round) => ratiosOf([round], levels, BLOCK_MS));
  const told = (["p10", "p50", "p95"] as const).map((metric) => {
    const ratios = found
      .flatMap((one) => one.filter((ratio) => ratio.metric === metric))
      .map(({ ratio }) => ratio)
      .sort((a, b) => a - b);
    const at = (share: number) => (ratios[Math.round(share * (ratios.length - 1))] ?? 0).toFixed(3);
    return `| ${metric} | ×${at(0)} | ×${at(0.1)} | ×${at(0.5)} | ×${at(0.9)} | ×${at(1)} |`;
  });
  return `Candidate against baseline in each round, which would be ×1 if nothing but the code mattered:

| metric | least | a tenth below | middle | a tenth above | most |
|---|---|---|---|---|---|
${told.join("\n")}
`;
}

function real(gates: readonly RealGates[]): string {
  const rows = gates.map(({ slowdown, decisions, ratios }) => {
    const of = (wanted: string) => decisions.filter((one) => one === wanted).length;
    const measured = Object.entries(ratios).map(([name, ratio]) => `${name} ×${ratio.toFixed(2)}`);
    const what = slowdown === 0 ? "the same code" : `\`{"slowdown": ${slowdown}}\``;
    return `| ${what} | ${measured.join(", ")} | ${share(of("failed"), decisions.length)} | ${of("undecided")} of ${decisions.length} | ${share(of("passed"), decisions.length)} |`;
  });
  return `Whole gates of one round of ${REAL_SECONDS} s, nothing cut or multiplied, \`pass-on: p10, p50\` and \`rule-out: 25\`:

| candidate | measured, middle of all | failed | undecided | passed |
|---|---|---|---|---|
${rows.join("\n")}
`;
}

async function writeBetweenMarkers(page: string): Promise<void> {
  const text = await readFile(DOCUMENT, "utf8");
  const marked = /(<!-- bench:begin -->\n)[\s\S]*?(<!-- bench:end -->)/;
  await writeFile(
    DOCUMENT,
    text.replace(marked, (_, begin, end) => `${begin}${page}${end}`),
  );
}
