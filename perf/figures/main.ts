import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { actionNames } from "../../scripts/generate/discover.ts";
import { measureColdStarts } from "../actions/cold-start.ts";

/**
 * `node perf/figures/main.ts OUT REPORT…`: what is kept of a run for the history: how much an action costs before it
 * does anything, as a ratio to an empty Node on the same machine, and what k6-gate measured of each script.
 */
interface Figure {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  readonly better: "lower" | "higher";
}

interface Report {
  readonly scripts: readonly {
    readonly script: string;
    readonly facts?: { readonly values: Readonly<Record<string, number | undefined>> };
  }[];
}

const root = join(import.meta.dirname, "..", "..");
const ROUNDS = 9;
const [out, ...reports] = process.argv.slice(2);
if (out === undefined) throw new Error("usage: node perf/figures/main.ts OUT REPORT…");

const figures = [...coldStarts(), ...reports.flatMap(ofReport)];
mkdirSync(dirname(out), { recursive: true });
writeFileSync(out, `${JSON.stringify({ figures }, null, 2)}\n`);
for (const { name, value, unit } of figures)
  console.log(`${name}: ${value.toPrecision(4)} ${unit}`);

/** One figure for all actions: they are one bundle, and rise together. */
function coldStarts(): Figure[] {
  const { empty, actions } = measureColdStarts(root, actionNames(root), ROUNDS);
  const worst = Math.max(...actions.map(({ cold }) => cold.cpuMs));
  const value = worst / empty.cpuMs;
  return [{ name: "action cold start", value, unit: "× empty Node", better: "lower" }];
}

function ofReport(file: string): Figure[] {
  const report: Report = JSON.parse(readFileSync(file, "utf8"));
  return report.scripts.flatMap(({ script, facts }) =>
    (["p50", "p95"] as const).flatMap((metric) => {
      const value = facts?.values[metric];
      if (value === undefined || value <= 0) return [];
      return [{ name: `${script} ${metric}`, value, unit: "ms", better: "lower" as const }];
    }),
  );
}
