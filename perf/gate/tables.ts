import { wilson } from "../verdict/interval.ts";
import { GATES, SLOWINGS } from "./judges.ts";
import type { Resampled } from "./resample.ts";

/** One table for each number of rounds. */
export function tables(results: readonly Resampled[], roundSeconds: number): string {
  return results.map((result) => table(result, roundSeconds)).join("\n");
}

function table({ rounds, verdicts, disjoint }: Resampled, roundSeconds: number): string {
  const rows = SLOWINGS.flatMap(({ name }) =>
    GATES.map((gate) => {
      const of = (decision: string) =>
        verdicts.filter((one) => one[name]?.[gate] === decision).length;
      const runs = verdicts.length;
      return `| ${name} | ${gate} | ${share(of("failed"), runs)} | ${share(runs - of("passed"), runs)} | ${percent(of("undecided") / runs)} |`;
    }),
  );
  const length = `${rounds === 1 ? "one round" : `${rounds} rounds`}, ${rounds * roundSeconds} s`;
  return `Runs of ${length} (${verdicts.length} put together from the recorded rounds, of which ${disjoint} have none in common; the intervals
take all of them for independent, which those with common rounds are not):

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
