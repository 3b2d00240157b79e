import { wilson } from "../verdict/interval.ts";
import { GATES, SLOWINGS } from "./judges.ts";
import type { Resampled } from "./resample.ts";

/** One table for each length of a run. */
export function tables(results: readonly Resampled[]): string {
  return results
    .filter(({ verdicts }) => verdicts.length > 0)
    .map(table)
    .join("\n");
}

function table({ seconds, verdicts, disjoint }: Resampled): string {
  const rows = SLOWINGS.flatMap(({ name }) =>
    GATES.map((gate) => {
      const of = (decision: string) =>
        verdicts.filter((one) => one[name]?.[gate] === decision).length;
      const runs = verdicts.length;
      return `| ${name} | ${gate} | ${share(of("failed"), runs)} | ${share(runs - of("passed"), runs)} | ${percent(of("undecided") / runs)} |`;
    }),
  );
  return `Runs of ${seconds} s (${verdicts.length} cut out of the sessions, of which ${disjoint} fit side by side; the intervals take all
of them for independent, which overlapping ones are not):

| candidate | gate | failed | not passed | undecided |
|---|---|---|---|---|
${rows.join("\n")}
`;
}

/** `1.2 % (0.5 to 2.6)`. */
export function share(hits: number, runs: number): string {
  const { low, high } = wilson(hits, runs);
  return `${percent(hits / runs)} (${(100 * low).toFixed(1)} to ${(100 * high).toFixed(1)})`;
}

function percent(value: number): string {
  return `${(100 * value).toFixed(1)} %`;
}
