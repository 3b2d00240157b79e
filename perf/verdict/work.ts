import { type Cell, type CellOptions, runCell, tunedOutcomes } from "./cell.ts";
import type { Outcome } from "./measure.ts";
import { badReleases, goodReleases, lastingCauses, type Scenario } from "./scenario.ts";
import { type Tuned, type TuningOptions, tunedFor } from "./tuned.ts";

/** A part of the benchmark, for one process. Every number in it comes from seeds: however they are shared out, it is the same. */
export type Work =
  | { type: "tune"; service: string; options: TuningOptions }
  | { type: "run"; cell: string; options: CellOptions }
  | { type: "run tuned"; cell: string; options: { runs: number; seed: number; tuned: Tuned } };

/** What comes of each type of work. */
export interface Result {
  tune: Tuned;
  run: Cell;
  "run tuned": Outcome[];
}

export function perform(work: Work): Result[Work["type"]] {
  switch (work.type) {
    case "tune":
      return tunedFor(work.service, work.options);
    case "run":
      return runCell(named(work.cell), work.options);
    case "run tuned":
      return tunedOutcomes(named(work.cell), work.options);
  }
}

function named(cell: string): Scenario {
  const all = [...goodReleases(), ...lastingCauses(), ...badReleases()];
  return all.find(({ name }) => name === cell) as Scenario;
}
