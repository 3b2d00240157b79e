/** How the causes of one window's events may fall to the arms when the candidate is just not worse. */
export interface Draw {
  /** Independent causes in all. */
  causes: number;
  /** How many there could be of each arm: its requests, in causes, and as many times as bad as is tolerated. */
  candidate: number;
  baseline: number;
}

/** With more causes no single one makes evidence jump by much. */
export const MOST_CAUSES = 64;

/**
 * Evidence jumps: by the event that decides, it usually gets more than was needed, and all that is beyond that was won for
 * nothing. As no more than `enough` can be of use, what is worth more may be counted as just that, and all outcomes together be
 * raised by one factor until the mean is what it was (Fischer and Ramdas 2024, "Improving Wald's (approximate) sequential
 * probability ratio test by avoiding overshoot"). So the chance that a good release ever reaches `enough` stays below what Ville allows.
 *
 * `worth` is what the bets are worth when 0, 1, … of the causes are the candidate's; it never falls. Returns the factor, 1 or more:
 * the smaller one of what holds when requests fail by chance and when failures come by chance (binomial or Poisson counts).
 */
export function raisedUpTo(enough: number, worth: readonly number[], draw: Draw): number {
  const { causes, candidate, baseline } = draw;
  if ((worth[causes] ?? 0) <= enough) return 1;
  // Where so many fail, they are not rare events any more.
  if (causes >= Math.min(candidate, baseline)) return 1;
  return Math.min(factor(enough, worth, chances(draw, 0)), factor(enough, worth, chances(draw, 1)));
}

function factor(enough: number, worth: readonly number[], chance: readonly number[]): number {
  const mean = chance.reduce((sum, one, events) => sum + one * (worth[events] ?? 0), 0);
  let below = mean;
  let above = 0;
  for (let first = worth.length - 1; first > 0; first -= 1) {
    above += chance[first] ?? 0;
    below -= (chance[first] ?? 0) * (worth[first] ?? 0);
    if (below <= 0) return 1;
    const raised = (mean - above * enough) / below;
    if (raised * (worth[first - 1] ?? 0) <= enough) return Math.max(1, raised);
  }
  return 1;
}

/** Of 0, 1, … causes of the candidate, when each cause `takes` so much (0 or 1) of what there could be. */
function chances({ causes, candidate, baseline }: Draw, takes: 0 | 1): number[] {
  let none = 1;
  for (let one = 0; one < causes; one += 1)
    none *= (baseline - takes * one) / (candidate + baseline - takes * one);
  const all = [none];
  for (let events = 1; events <= causes; events += 1) {
    const odds = (candidate - takes * (events - 1)) / (baseline - takes * (causes - events));
    all.push(((all[events - 1] ?? 0) * odds * (causes - events + 1)) / events);
  }
  return all;
}
