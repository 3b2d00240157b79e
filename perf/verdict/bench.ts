import { mkdir, readFile, writeFile } from "node:fs/promises";
import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import type { Cell } from "./cell.ts";
import { Crew } from "./crew.ts";
import { excess, falseRollbacks, page } from "./page.ts";
import { writeDocs } from "./report.ts";
import { badReleases, goodReleases, type Scenario } from "./scenario.ts";
import { type Speed, speed } from "./speed.ts";
import { isAboveAlpha, isInTime, rateOfAll, summary, tables } from "./tables.ts";
import type { Work } from "./work.ts";

/** `npm run bench:verdict`: the verdict against the peers, on the same seeded traffic. */
const { values } = parseArgs({
  options: {
    /** Traces per cell of good releases, and of bad ones. */
    goods: { type: "string", default: "1000" },
    bads: { type: "string", default: "150" },
    /** Rollouts per cell that canary-promote's own machine conducts. */
    conducted: { type: "string", default: "100" },
    /** Traces that each peer is tuned on, per cell. */
    tuning: { type: "string", default: "400" },
    seed: { type: "string", default: "1" },
    only: { type: "string", default: "" },
    /** How many processes share the cells. */
    processes: { type: "string", default: String(availableParallelism()) },
    /** Tables, plots and docs once more from the result.json of an earlier run. */
    from: { type: "string" },
    /** Leave docs/ as it is. */
    "no-docs": { type: "boolean", default: false },
    out: { type: "string", default: fileURLToPath(new URL("out", import.meta.url)) },
  },
});

/** As many rollouts of a good release that at first was rolled back more often than alpha, or promoted late. */
const TIMES_AS_MANY = 10;

const { goods, bads, windowsPerSecond } = values.from ? await saved(values.from) : await measured();
process.stdout.write(tables(goods, bads));
process.stdout.write(summary(goods, bads, windowsPerSecond));
await mkdir(values.out, { recursive: true });
const result = JSON.stringify({ goods, bads, windowsPerSecond }, null, 1);
await writeFile(`${values.out}/result.json`, result);
await writeFile(`${values.out}/index.html`, page(goods, bads, windowsPerSecond));
await writeFile(`${values.out}/false-rollbacks.svg`, falseRollbacks(goods));
await writeFile(`${values.out}/excess.svg`, excess(bads));
// A part of the cells is for trying: only all of them are what the docs say.
if (values.only === "" && !values["no-docs"]) {
  const docs = fileURLToPath(new URL("../../docs", import.meta.url));
  await writeDocs(docs, goods, bads, windowsPerSecond);
}
process.stdout.write(`plots: ${values.out}/index.html\n`);

interface Measured {
  goods: Cell[];
  bads: Cell[];
  windowsPerSecond: Speed;
}

async function measured(): Promise<Measured> {
  const seed = Number(values.seed);
  const conducted = Number(values.conducted);
  const crew = new Crew(Number(values.processes));
  const perform = async (scenarios: Scenario[], work: Work[]) => {
    const cells = await crew.perform(work, () => process.stderr.write("."));
    return scenarios.map(({ name }) => cells.find((cell) => cell.scenario.name === name) as Cell);
  };
  const goodScenarios = chosen(goodReleases());
  const ofGoods = { runs: Number(values.goods), seed, conducted };
  const runGoods = (scenarios: Scenario[], options: (name: string) => typeof ofGoods) =>
    perform(
      scenarios,
      scenarios.map(({ name }) => ({ cells: [name], options: options(name), tuning: null })),
    );
  const first = await runGoods(goodScenarios, () => ofGoods);
  // The unluckiest of so many cells misses its goal now and then. More rollouts tell whether it was luck; all of them count.
  const doubtful = first.filter((cell) => isAboveAlpha(cell) || !isInTime(cell.held));
  const longer = await runGoods(
    doubtful.map(({ scenario }) => scenario),
    (name) => {
      const cell = doubtful.find(({ scenario }) => scenario.name === name) as Cell;
      return {
        ...ofGoods,
        runs: (isAboveAlpha(cell) ? TIMES_AS_MANY : 1) * ofGoods.runs,
        conducted: (isInTime(cell.held) ? 1 : TIMES_AS_MANY) * conducted,
      };
    },
  );
  const goods = first.map((cell) => longer.find(isSame(cell)) ?? cell);
  const badScenarios = chosen(badReleases());
  const ofBads = { runs: Number(values.bads), seed, conducted };
  const tuning = { rate: rateOfAll(goods), runs: Number(values.tuning) };
  const bads = await perform(
    badScenarios,
    byService(badScenarios).map((cells) => ({ cells, options: ofBads, tuning })),
  );
  crew.dismiss();
  process.stderr.write("\n");
  return { goods, bads, windowsPerSecond: await speed() };
}

function isSame({ scenario }: Cell): (other: Cell) => boolean {
  return (other) => other.scenario.name === scenario.name;
}

/** What an earlier run has written. JSON has no NaN, of which a time is that never came. */
async function saved(file: string): Promise<Measured> {
  return JSON.parse(await readFile(file, "utf8"), (key, value) =>
    value === null && (key === "median" || key === "p95") ? Number.NaN : value,
  );
}

function chosen(scenarios: Scenario[]): Scenario[] {
  return scenarios.filter(({ name }) => name.includes(values.only));
}

/** Cells that peers are tuned alike for stand together, so that it is done once. The most come first. */
function byService(scenarios: readonly Scenario[]): string[][] {
  const services = Map.groupBy(scenarios, ({ rate, baseError, coldError, latency, burst }) =>
    [rate, baseError, coldError, latency !== null, burst].join(" "),
  );
  return [...services.values()]
    .map((cells) => cells.map(({ name }) => name))
    .sort((a, b) => b.length - a.length);
}
