import { mkdir, readFile, writeFile } from "node:fs/promises";
import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import type { Cell, CellOptions } from "./cell.ts";
import { Crew } from "./crew.ts";
import { excess, falseRollbacks, page } from "./page.ts";
import { type Results, writeDocs } from "./report.ts";
import { badReleases, goodReleases, lastingCauses, type Scenario } from "./scenario.ts";
import { ofService, serviceOf } from "./service.ts";
import { speed } from "./speed.ts";
import { isAboveAlpha, isInTime, rateOfAll, summary, tables } from "./tables.ts";
import type { Tuned } from "./tuned.ts";

/** `npm run bench:verdict`: the verdict against the peers, on the same seeded traffic. */
const { values } = parseArgs({
  options: {
    /** Traces per cell of good releases, and of bad ones. */
    goods: { type: "string", default: "1000" },
    bads: { type: "string", default: "150" },
    /** Rollouts per cell that canary-promote's own machine conducts. */
    conducted: { type: "string", default: "100" },
    /** Traces per cell of good releases that thresholds of the peers are set on. */
    tuning: { type: "string", default: "400" },
    /** Traces per cell of bad releases that the one setting of each peer is chosen on. */
    choosing: { type: "string", default: "100" },
    /** Traces per cell of good releases that tuned peers are run on, to see how often they roll back. */
    checking: { type: "string", default: "300" },
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

const seed = Number(values.seed);
const conducted = Number(values.conducted);
/** As many rollouts of a good release that at first was rolled back more often than alpha, or promoted late. */
const TIMES_AS_MANY = 10;

const result = values.from ? await saved(values.from) : await measured();
const { goods, bads, windowsPerSecond } = result;
process.stdout.write(tables(goods, bads));
process.stdout.write(summary(goods, bads, windowsPerSecond));
await mkdir(values.out, { recursive: true });
await writeFile(`${values.out}/result.json`, JSON.stringify(result, null, 1));
await writeFile(`${values.out}/index.html`, page(goods, bads, windowsPerSecond));
await writeFile(`${values.out}/false-rollbacks.svg`, falseRollbacks(goods));
await writeFile(`${values.out}/excess.svg`, excess(bads));
// A part of the cells is for trying: only all of them are what the docs say.
if (values.only === "" && !values["no-docs"]) {
  const docs = fileURLToPath(new URL("../../docs", import.meta.url));
  await writeDocs(docs, result);
}
process.stdout.write(`plots: ${values.out}/index.html\n`);

async function measured(): Promise<Results> {
  const crew = new Crew(Number(values.processes));
  const goodScenarios = chosen(goodReleases());
  const badScenarios = chosen(badReleases());
  const untuned = await runGoods(crew, goodScenarios);
  const tuned = await tune(crew, rateOfAll(untuned), [...badScenarios, ...goodScenarios]);
  const goods = await withTuned(crew, untuned, tuned);
  const ofLasting = { runs: Number(values.goods), seed, tuned: null };
  const lasting = await runCells(crew, chosen(lastingCauses()), () => ofLasting);
  const options = { runs: Number(values.bads), seed, conducted };
  const bads = await runCells(crew, badScenarios, (bad) => ({
    ...options,
    tuned: tunedOf(tuned, bad) ?? null,
  }));
  crew.dismiss();
  process.stderr.write("\n");
  return { goods, lasting, bads, windowsPerSecond: await speed() };
}

async function runGoods(crew: Crew, scenarios: readonly Scenario[]): Promise<Cell[]> {
  const options = { runs: Number(values.goods), seed, conducted, tuned: null };
  const first = await runCells(crew, scenarios, () => options);
  // The unluckiest of so many cells misses its goal now and then. More rollouts tell whether it was luck; all of them count.
  const doubtful = first.filter((cell) => isAboveAlpha(cell) || !isInTime(cell.held));
  const longer = await runCells(
    crew,
    doubtful.map(({ scenario }) => scenario),
    (scenario) => {
      const cell = doubtful.find(isOf(scenario)) as Cell;
      return {
        ...options,
        runs: (isAboveAlpha(cell) ? TIMES_AS_MANY : 1) * options.runs,
        conducted: (isInTime(cell.held) ? 1 : TIMES_AS_MANY) * conducted,
      };
    },
  );
  return first.map((cell) => longer.find(isOf(cell.scenario)) ?? cell);
}

function runCells(
  crew: Crew,
  scenarios: readonly Scenario[],
  options: (scenario: Scenario) => CellOptions,
): Promise<Cell[]> {
  return crew.perform<"run">(
    scenarios.map((one) => ({ type: "run", cell: one.name, options: options(one) })),
    dot,
  );
}

/** For each service that has bad releases. That with the most comes first, since nobody can help with it. */
function tune(crew: Crew, rate: number, scenarios: readonly Scenario[]): Promise<Tuned[]> {
  const options = { rate, runs: Number(values.tuning), choosing: Number(values.choosing) };
  const size = (service: string) => ofService(badReleases(), service).length;
  const services = [...new Set(scenarios.map(serviceOf))]
    .filter((service) => size(service) > 0)
    .sort((a, b) => size(b) - size(a));
  return crew.perform<"tune">(
    services.map((service) => ({ type: "tune", service, options })),
    dot,
  );
}

/** Good releases once more, judged by the tuned peers, on as many of the rollouts that the verdict has judged. */
async function withTuned(
  crew: Crew,
  goods: readonly Cell[],
  tuned: readonly Tuned[],
): Promise<Cell[]> {
  const runs = Math.min(Number(values.checking), Number(values.goods));
  const work = goods.flatMap(({ scenario }) => {
    const known = tunedOf(tuned, scenario);
    if (!known) return [];
    const options = { runs, seed, tuned: known };
    return [{ type: "run tuned" as const, cell: scenario.name, options }];
  });
  const outcomes = await crew.perform<"run tuned">(work, dot);
  const byCell = new Map(work.map(({ cell }, index) => [cell, outcomes[index]]));
  return goods.map((good) => ({ ...good, tuned: byCell.get(good.scenario.name) ?? [] }));
}

function tunedOf(tuned: readonly Tuned[], scenario: Scenario): Tuned | undefined {
  return tuned.find(({ service }) => service === serviceOf(scenario));
}

function dot(): void {
  process.stderr.write(".");
}

function isOf({ name }: Scenario): (cell: Cell) => boolean {
  return ({ scenario }) => scenario.name === name;
}

/** What an earlier run has written. JSON has no NaN, of which a time is that never came. */
async function saved(file: string): Promise<Results> {
  return JSON.parse(await readFile(file, "utf8"), (key, value) =>
    value === null && (key === "median" || key === "p95") ? Number.NaN : value,
  );
}

function chosen(scenarios: Scenario[]): Scenario[] {
  return scenarios.filter(({ name }) => name.includes(values.only));
}
