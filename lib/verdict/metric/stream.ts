import { type Alternatives, type Bets, openBets, settle, type Window } from "./bets.ts";
import { type Dilution, dilutionOf, watchDilution } from "./dilution.ts";
import {
  causesPerBusyWindow,
  clumpSize,
  type Dispersion,
  isSparse,
  learnOfCandidate,
  learnOfFresh,
  persistence,
  plus,
  type Tally,
  UNKNOWN_DISPERSION,
} from "./dispersion.ts";
import { learnBesideOutages, type Outage, type Watched } from "./outage.ts";

/** One kind of bad event (errors, or requests slower than an edge) as it is judged window by window. */
export interface Stream {
  readonly dispersion: Dispersion;
  readonly outage: Outage | null;
  /** Of errors beside a fresh baseline; else null. */
  readonly dilution: Dilution | null;
  /** Share of the candidate's recent windows with an event. */
  readonly candidateBusyShare: number;
  readonly worse: Bets;
  readonly good: Bets | null;
  /** All that was compared, for people. */
  readonly seen: { readonly candidate: Tally; readonly baseline: Tally };
}

export interface Question {
  worse: Alternatives;
  good: Alternatives | null;
  assumedClump: number;
  /** Whether the baseline is of fresh processes, which become warm beside the candidate. */
  isFresh: boolean;
}

export interface ArmWindow {
  candidate: Tally;
  baseline: Tally;
  seconds: number;
  isNewStep: boolean;
}

const NOTHING: Tally = { requests: 0, events: 0 };

export function openStream({ worse, good }: Question): Stream {
  return {
    dispersion: UNKNOWN_DISPERSION,
    outage: null,
    dilution: null,
    candidateBusyShare: 0,
    worse: openBets(worse),
    good: good && openBets(good),
    seen: { candidate: NOTHING, baseline: NOTHING },
  };
}

/** What the baseline shows of how clumped its events are, while something is compared with it. */
export function learnBaseline(
  stream: Stream,
  question: Pick<Question, "isFresh">,
  baseline: Tally,
): Stream {
  return withLearned(stream, learnedOfBaseline(stream, question, baseline));
}

/** Stable alone: nothing to compare, but how clumped its events are is learned. */
export function watchBaseline(stream: Stream, baseline: Tally): Stream {
  return withLearned(stream, learnBesideOutages(stream, baseline));
}

function learnedOfBaseline(
  stream: Stream,
  { isFresh }: Pick<Question, "isFresh">,
  baseline: Tally,
): Watched {
  if (!isFresh) return learnBesideOutages(stream, baseline);
  return { dispersion: learnOfFresh(stream.dispersion, baseline), outage: stream.outage };
}

function withLearned(stream: Stream, { dispersion, outage }: Watched): Stream {
  const { dilution, candidateBusyShare, worse, good, seen } = stream;
  return { dispersion, outage, dilution, candidateBusyShare, worse, good, seen };
}

/** `enough` is what this stream's evidence has to be worth to decide alone. */
export function judge(
  stream: Stream,
  question: Question,
  enough: number,
  window: ArmWindow,
): Stream {
  const { candidate, baseline } = window;
  if (candidate.requests <= 0) return learnBaseline(stream, question, baseline);
  const unit = unitOf(stream.dispersion, question.assumedClump);
  const learned = learnedOfBaseline(stream, question, baseline);
  const { dilution, good, seen, candidateBusyShare } = stream;
  const isBusy = candidate.events > 0 ? 1 : 0;
  return {
    dispersion: learnOfCandidate(learned.dispersion, candidate),
    outage: learned.outage,
    dilution: dilution && watchDilution(dilution, baseline, window.seconds),
    candidateBusyShare: candidateBusyShare + (isBusy - candidateBusyShare) / BUSY_MEMORY,
    worse: settle(stream.worse, question.worse, againstWorse(window, unit), {
      dilution: dilutionOf(dilution),
      enough,
      certainty: 1 / (unit.clump * unit.persistence),
    }),
    good:
      good && question.good
        ? settle(good, question.good, againstGood(window, unit, candidateBusyShare))
        : good,
    seen: { candidate: plus(seen.candidate, candidate), baseline: plus(seen.baseline, baseline) },
  };
}

const BUSY_MEMORY = 60;

/**
 * Causes are taken to last this many windows until stable has shown how long they do; not more than the errors that
 * one is taken to make.
 */
const ASSUMED_PERSISTENCE = 3;

/**
 * Clumps vary in size, and a large one must not pass for several causes. Where events are rare each busy window is
 * a cause anyway, so that the margin costs little.
 */
const MARGIN = { sparse: 0.3, dense: 0.04 };

/** What counts as one event, as known before the window. */
export interface Unit {
  clump: number;
  persistence: number;
  isSparse: boolean;
  busyShare: number;
}

export function unitOf(dispersion: Dispersion, assumedClump: number): Unit {
  const sparse = isSparse(dispersion);
  const margin = sparse ? MARGIN.sparse : MARGIN.dense;
  return {
    clump: clumpSize(dispersion, assumedClump, margin),
    persistence: persistence(dispersion, Math.min(ASSUMED_PERSISTENCE, assumedClump)),
    isSparse: sparse,
    busyShare: dispersion.busyShare,
  };
}

/** Independent causes behind a window's events: where events are rare, those of one window have one cause. */
function causes(events: number, unit: Unit): number {
  if (events === 0) return 0;
  const clumps = events / unit.clump;
  return (unit.isSparse ? Math.max(1, clumps) : clumps) / unit.persistence;
}

/** What a busy window may hide of a second cause is charged to the side that would profit. */
export function againstWorse(window: ArmWindow, unit: Unit): Window {
  const hidden = unit.isSparse ? causesPerBusyWindow(unit.busyShare) : 1;
  const candidateEvents = causes(window.candidate.events, unit);
  return betOn(window, candidateEvents, causes(window.baseline.events, unit) * hidden);
}

function againstGood(window: ArmWindow, unit: Unit, candidateBusyShare: number): Window {
  const hidden = unit.isSparse ? causesPerBusyWindow(candidateBusyShare) : 1;
  const candidateEvents = causes(window.candidate.events, unit) * hidden;
  return betOn(window, candidateEvents, causes(window.baseline.events, unit));
}

function betOn(
  { candidate, baseline, seconds, isNewStep }: ArmWindow,
  candidateEvents: number,
  baselineEvents: number,
): Window {
  return {
    candidateRequests: candidate.requests,
    candidateEvents,
    baselineRequests: baseline.requests,
    baselineEvents,
    seconds,
    isNewStep,
  };
}
