import { type Cell, type CellOptions, runCell } from "./cell.ts";
import { badReleases, goodReleases, type Scenario } from "./scenario.ts";
import { Thresholds } from "./tuning.ts";

/** A part of the cells, for one process. Every number in it comes from seeds: however they are shared out, it is the same. */
export interface Work {
  /** By name. */
  cells: readonly string[];
  options: Omit<CellOptions, "thresholds">;
  /** Null: no tuned peers. */
  tuning: { rate: number; runs: number } | null;
}

/** Tuning is dear, and the same for all cells of one service. */
const known = new Map<string, Thresholds>();

export function perform({ cells, options, tuning }: Work): Cell[] {
  const goods = goodReleases();
  const all = [...goods, ...badReleases()];
  return cells.map((name) => {
    const scenario = all.find((one) => one.name === name) as Scenario;
    return runCell(scenario, { ...options, thresholds: tuning && thresholdsOf(tuning, goods) });
  });
}

function thresholdsOf(tuning: NonNullable<Work["tuning"]>, goods: readonly Scenario[]): Thresholds {
  const key = JSON.stringify(tuning);
  const made = known.get(key) ?? new Thresholds({ ...tuning, goods });
  known.set(key, made);
  return made;
}
