import { mkdir, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { DEFAULT_SETTINGS } from "../../lib/verdict/verdict.ts";
import { type Cell, runCell } from "./cell.ts";
import { excess, falseRollbacks, page } from "./page.ts";
import { writeDocs } from "./report.ts";
import { badReleases, goodReleases } from "./scenario.ts";
import { speed } from "./speed.ts";
import { summary, tables } from "./tables.ts";
import { Thresholds } from "./tuning.ts";

/** `npm run bench:verdict`: the verdict against the peers, on the same seeded traffic. */
const { values } = parseArgs({
  options: {
    /** Traces per cell of good releases, and of bad ones. */
    goods: { type: "string", default: "1000" },
    bads: { type: "string", default: "150" },
    /** Traces that each peer is tuned on, per cell. */
    /** Rollouts per cell that canary-promote's own machine conducts. */
    conducted: { type: "string", default: "100" },
    tuning: { type: "string", default: "200" },
    seed: { type: "string", default: "1" },
    only: { type: "string", default: "" },
    /** Leave docs/ as it is. */
    "no-docs": { type: "boolean", default: false },
    out: { type: "string", default: fileURLToPath(new URL("out", import.meta.url)) },
  },
});

const chosen = (scenarios: ReturnType<typeof goodReleases>) =>
  scenarios.filter(({ name }) => name.includes(values.only));

const thresholds = new Thresholds({
  alpha: DEFAULT_SETTINGS.alpha,
  runs: Number(values.tuning),
  goods: goodReleases(),
});
const seed = Number(values.seed);
const conducted = Number(values.conducted);
const goods: Cell[] = [];
for (const scenario of chosen(goodReleases())) {
  goods.push(runCell(scenario, { runs: Number(values.goods), seed, conducted, thresholds: null }));
  process.stderr.write(".");
}
const bads: Cell[] = [];
for (const scenario of chosen(badReleases())) {
  bads.push(runCell(scenario, { runs: Number(values.bads), seed, conducted, thresholds }));
  process.stderr.write(":");
}
process.stderr.write("\n");

const windowsPerSecond = await speed();
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
  await writeDocs(
    fileURLToPath(new URL("../../docs", import.meta.url)),
    goods,
    bads,
    windowsPerSecond,
  );
}
process.stdout.write(`plots: ${values.out}/index.html\n`);
