import { type Bets, openBets, settle, worseAlternatives, worth } from "../metric/bets.ts";
import type { Tally } from "../metric/dispersion.ts";
import { againstWorse, type Unit } from "../metric/stream.ts";

/**
 * The negative control: one half of stable's instances is judged against the other half by the same rules. Both
 * run the same version, so when this test finds a difference, its assumptions do not hold here (hosts differ,
 * or errors are clumped in a way that was not learned), and what it says of the candidate proves nothing.
 */
export interface Control {
  /** Stable's instances, as they were when the control began. */
  readonly names: readonly string[];
  readonly oneWorse: Bets;
  readonly otherWorse: Bets;
}

const EITHER_WAY = worseAlternatives(1, 0.3, 0.01);

export function openControl(names: readonly string[]): Control | null {
  if (names.length < 2) return null;
  const bets = openBets(EITHER_WAY);
  return { names: [...names].sort(), oneWorse: bets, otherWorse: bets };
}

export function judgeControl(
  control: Control,
  unit: Unit,
  tallies: Readonly<Record<string, Tally>>,
  window: { seconds: number },
): Control {
  // A scrape that missed one instance would leave the halves unequal only in size, which is allowed.
  const one = together(control.names, tallies, 0);
  const other = together(control.names, tallies, 1);
  const around = { ...window, isNewStep: false };
  return {
    names: control.names,
    oneWorse: settle(
      control.oneWorse,
      EITHER_WAY,
      againstWorse({ ...around, candidate: one, baseline: other }, unit),
    ),
    otherWorse: settle(
      control.otherWorse,
      EITHER_WAY,
      againstWorse({ ...around, candidate: other, baseline: one }, unit),
    ),
  };
}

export function controlWorth({ oneWorse, otherWorse }: Control): number {
  return (worth(oneWorse) + worth(otherWorse)) / 2;
}

function together(
  names: readonly string[],
  tallies: Readonly<Record<string, Tally>>,
  parity: 0 | 1,
): Tally {
  let requests = 0;
  let events = 0;
  names.forEach((name, index) => {
    const tally = index % 2 === parity ? tallies[name] : undefined;
    requests += tally?.requests ?? 0;
    events += tally?.events ?? 0;
  });
  return { requests, events };
}
