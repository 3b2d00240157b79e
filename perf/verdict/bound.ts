import type { VerdictSettings } from "../../lib/verdict/verdict.ts";
import type { Scenario } from "./scenario.ts";
import { type Stage, stagesOf } from "./stages.ts";

/** The best test of one bad release. */
export interface BestTest {
  /** Bad requests that it lets through on average: no test of this alpha lets through fewer. */
  excess: number;
  /** At each reading, the logarithm of the likelihood ratio from which on it rolls back; the last comes too late to. */
  logThresholds: number[];
}

/** A day begins anywhere, and whoever knows all about the release knows where. */
const PHASES = 8;

/**
 * The least excess, on average, of any test that rolls back at most alpha of the good releases whatever stable's rate
 * does meanwhile, even of one that knows the size of the fault and the clumps beforehand (errors only). One that is
 * told that the rate stays as it was needs no comparison, and can do better.
 */
export function bestPossibleExcess(scenario: Scenario, settings: VerdictSettings): number {
  if (scenario.ratio <= 1) return 0;
  const phases = scenario.dayCurve === 0 ? 1 : PHASES;
  const each = Array.from({ length: phases }, (_, index) =>
    bestTest(stagesOf(scenario, (2 * Math.PI * index) / phases), settings.alpha, scenario.missing),
  );
  return each.reduce((sum, { excess }) => sum + excess, 0) / phases;
}

/**
 * Solved backwards from the end of the plan (Arrow, Blackwell and Girshick 1949; Wald and Wolfowitz 1948). At `price`
 * for each good release that is rolled back, the best test of this bad release against the good one that looks most
 * like it costs value(price) in all, so that no test of alpha has less excess than value(price) - price · alpha, whatever the
 * price. The largest of these is had by the test with that price itself, at exactly alpha. The value depends on
 * y = price / likelihood ratio alone, and is concave in it, so that straight lines between points of it are never above it.
 */
export function bestTest(stages: readonly Stage[], alpha: number, missing: number): BestTest {
  const grid = gridOf(stages);
  const stopAt = new Array<number>(stages.length).fill(0);
  // After the last reading nothing more comes.
  let value: Costs = { atZero: 0, of: new Float64Array(grid.length) };
  for (let index = stages.length - 1; index >= 0; index -= 1) {
    const stage = stages[index] as Stage;
    const { atZero, of } = value;
    const decided: Costs = {
      atZero: missing * atZero,
      of: of.map(
        (goesOn, at) => missing * goesOn + (1 - missing) * Math.min(grid[at] as number, goesOn),
      ),
    };
    stopAt[index] = lastStop(grid, of);
    const { share, goodShare } = stage;
    const up = Math.log(share / goodShare);
    // With all traffic on the candidate nothing is left to compare it with.
    const down = share < 1 ? Math.log((1 - goodShare) / (1 - share)) : 0;
    const ofCandidate = expected(decided, stage.candidateEvents, -up);
    const going = expected(ofCandidate, stage.baselineEvents, down);
    value = {
      atZero: going.atZero + stage.excess,
      of: going.of.map((cost) => cost + stage.excess),
    };
  }
  let best = { excess: 0, price: Number.NaN };
  grid.forEach((price, at) => {
    const excess = Math.min(price, value.of[at] as number) - price * alpha;
    if (excess > best.excess) best = { excess, price };
  });
  return {
    excess: best.excess,
    logThresholds: stopAt.map((y) => Math.log(best.price / y)),
  };
}

/** By y: at 0, which is certainty, and at each point of the grid. */
interface Costs {
  atZero: number;
  of: Float64Array;
}

/** Of points of y: each this much above the one before, in logarithms. */
const SPACING = 0.04;
const BEYOND_ALL_EXCESS = 1e4;

function gridOf(stages: readonly Stage[]): Float64Array {
  const all = stages.reduce((sum, { excess }) => sum + excess, 0);
  const least = Math.min(...stages.map(({ excess }) => excess)) / 2;
  const points = Math.ceil(Math.log((all * BEYOND_ALL_EXCESS) / least) / SPACING);
  return Float64Array.from({ length: points }, (_, index) => least * Math.exp(SPACING * index));
}

/** The largest y at which stopping costs no more than going on; 0 when none does. */
function lastStop(grid: Float64Array, value: Float64Array): number {
  let at = grid.length - 1;
  while (at >= 0 && (grid[at] as number) > (value[at] as number)) at -= 1;
  return grid[at] ?? 0;
}

/** The mean of `costs` after a Poisson number of events, each of which moves the logarithm of y by `move`. */
function expected(costs: Costs, mean: number, move: number): Costs {
  const sum = { atZero: costs.atZero, of: new Float64Array(costs.of.length) };
  let chance = Math.exp(-mean);
  let left = 1;
  // What is left out costs something, too: leaving it out makes the bound lower.
  for (let events = 0; left > LEAST_CHANCE && events < MOST_EVENTS; events += 1) {
    if (events > 0) chance *= mean / events;
    left -= chance;
    if (chance > NEGLIGIBLE) addMoved(sum.of, costs, chance, (events * move) / SPACING);
  }
  return sum;
}

const LEAST_CHANCE = 1e-10;
const MOST_EVENTS = 5_000;
const NEGLIGIBLE = 1e-13;

function addMoved(sum: Float64Array, { atZero, of }: Costs, chance: number, moved: number): void {
  const whole = Math.floor(moved);
  const above = Math.expm1(SPACING * (moved - whole)) / Math.expm1(SPACING);
  const first = of[0] as number;
  const last = of.length - 1;
  for (let index = 0; index <= last; index += 1) {
    const at = index + whole;
    // Below the first point on the line to what certainty costs; beyond the last it goes on rising.
    const value =
      at < 0
        ? atZero + (first - atZero) * Math.exp(SPACING * (index + moved))
        : at >= last
          ? (of[last] as number)
          : (1 - above) * (of[at] as number) + above * (of[at + 1] as number);
    sum[index] = (sum[index] as number) + chance * value;
  }
}
