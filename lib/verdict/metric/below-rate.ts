/**
 * Bets against "the candidate's error rate is at least `rate`", an absolute one: for services that fail so rarely
 * that a ratio cannot be told, and where it would not matter. Each bet is on a lower rate.
 */
const SHARES_OF_RATE = [0.6, 0.3, 0.1, 0.02];

export const NO_BETS_BELOW_RATE: readonly number[] = SHARES_OF_RATE.map(
  () => 1 / SHARES_OF_RATE.length,
);

/** `events` are failed requests, `clump` how many of them share a cause: fewer causes are weaker evidence. */
export function settleBelowRate(
  bets: readonly number[],
  rate: number,
  window: { requests: number; events: number; clump: number },
): readonly number[] {
  if (rate <= 0) return bets;
  return SHARES_OF_RATE.map((share, index) => {
    const logGrowth =
      (window.events * Math.log(share) + window.requests * rate * (1 - share)) / window.clump;
    return Math.min(1e200, (bets[index] as number) * Math.exp(logGrowth));
  });
}

export function belowRateWorth(bets: readonly number[]): number {
  return bets.reduce((sum, bet) => sum + bet, 0);
}
