import { begunAnew, type Dispersion, learn, type Tally } from "./dispersion.ts";

/**
 * For a while much of what stable does fails. While that lasts, and a little longer, it counts as the large clump that
 * it looks like, for hardly anything can be told in it. When it is over, it says nothing of how clumped the errors of
 * usual times are: a fault that comes after it must not be hidden by it.
 */
export interface Outage {
  /** What was known before it. */
  readonly calm: Dispersion;
  /** Windows that were part of it; and those in a row, up to now, that were not. */
  readonly windows: number;
  readonly calmWindows: number;
}

/** An outage fails this share of requests, and so many times the usual. */
const LEAST_SHARE = 0.2;
const TIMES_THE_USUAL = 10;
/** What is usual has to be known. */
const LEAST_KNOWN_WINDOWS = 30;
/** What is over sooner is a clump. */
const LEAST_WINDOWS = 3;
const CALM_WINDOWS = 5;

export interface Watched {
  readonly dispersion: Dispersion;
  readonly outage: Outage | null;
}

/** Takes in one window of stable. */
export function learnBesideOutages({ dispersion, outage }: Watched, window: Tally): Watched {
  if (window.requests <= 0) return { dispersion, outage };
  const learned = learn(dispersion, window);
  const calm = outage?.calm ?? dispersion;
  if (isBroken(calm, window))
    return {
      dispersion: learned,
      outage: { calm, windows: (outage?.windows ?? 0) + 1, calmWindows: 0 },
    };
  if (!outage) return { dispersion: learned, outage };
  const calmWindows = outage.calmWindows + 1;
  if (calmWindows < CALM_WINDOWS)
    return { dispersion: learned, outage: { ...outage, calmWindows } };
  const after = outage.windows < LEAST_WINDOWS ? learned : begunAnew(calm);
  return { dispersion: after, outage: null };
}

function isBroken({ seen, windows }: Dispersion, { requests, events }: Tally): boolean {
  if (windows < LEAST_KNOWN_WINDOWS || events < LEAST_SHARE * requests) return false;
  return events * seen.requests > TIMES_THE_USUAL * seen.events * requests;
}
