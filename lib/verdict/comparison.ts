import { intendedShare, ofOneBaseline } from "./baseline.ts";
import { judgeControl, openControl } from "./instance/control.ts";
import { judgeInstances, openInstances } from "./instance/instances.ts";
import { settleBelowRate } from "./metric/below-rate.ts";
import { openDilution } from "./metric/dilution.ts";
import { begunAnew, type Tally } from "./metric/dispersion.ts";
import {
  ALL_ERRORS,
  errorsQuestions,
  kindMetric,
  latencyQuestions,
  type Metric,
  readMetric,
} from "./metric/metrics.ts";
import {
  judge,
  learnBaseline,
  openStream,
  type Question,
  type Stream,
  unitOf,
  watchBaseline,
} from "./metric/stream.ts";
import { withEdges, withOuterEdges } from "./reading/edges.ts";
import {
  type ArmCount,
  count,
  countInstances,
  type Reading,
  readingOf,
} from "./reading/reading.ts";
import type { Sample } from "./sample.ts";
import { openShares } from "./shares.ts";
import type { Count, VerdictState } from "./state.ts";

/** A window in which both arms were read at both ends. */
interface Compared {
  candidate: ArmCount;
  baseline: ArmCount;
  before: Reading;
  now: Reading;
  seconds: number;
  isNewStep: boolean;
}

/**
 * Takes in what happened since the last reading. Without a reading now, the next window spans both, so that no
 * event is lost; unless the weight changed in between: with rates that vary as well, such a window could make a
 * good candidate look bad.
 */
export function takeIn(state: VerdictState, sample: Sample): VerdictState {
  if (state.last && sample.t <= state.last.t) return state;
  const hasOneWeight =
    state.last === null || state.gapWeight === null || state.gapWeight === sample.weight;
  const reading = readingOf(sample);
  if (!reading) return { ...state, gapWeight: hasOneWeight ? sample.weight : UNEQUAL };
  const { last, now } = ofOneBaseline(state.settings, state.last, reading, sample);
  const moved = { ...state, last: now, gapWeight: null };
  if (!last) return state.last ? beganFresh(moved, state.last) : moved;
  const baseline = count(last.baseline, now.baseline, state.usualRequests.baseline);
  if (!baseline) return moved;
  const known = withEdges(moved, last, sample.weight > 0);
  const candidate = count(last.candidate, now.candidate, state.usualRequests.candidate);
  const isCompared = candidate && candidate.requests > 0 && sample.weight > 0 && hasOneWeight;
  if (!isCompared) return watched(known, baseline);
  const isNewStep = sample.weight !== state.stepWeight;
  const seconds = now.t - last.t;
  const window = { candidate, baseline, before: last, now, seconds, isNewStep };
  return compared(known, window, sample.weight);
}

/** From here on it is fresh processes that are read; what stable's past has shown is known of them beforehand. */
function beganFresh(state: VerdictState, past: Reading): VerdictState {
  const known = withOuterEdges(withEdges(state, past, true), past);
  const streams: Record<string, Stream> = {};
  for (const [metric, stream] of Object.entries(known.streams))
    streams[metric] = begunFresh(metric, stream);
  return { ...known, streams };
}

function begunFresh(metric: string, stream: Stream): Stream {
  // A cold process is slower by some factor: a fault multiplies that, and adds nothing to it.
  const isLatency = readMetric(metric).of === "edge";
  return {
    ...stream,
    dispersion: begunAnew(stream.dispersion),
    dilution: isLatency ? null : openDilution(stream.dispersion.seen),
  };
}

/** No weight is this one, so no later sample agrees with it. */
const UNEQUAL = -1;

/** Stable's own past, or a window in which the candidate had no traffic. */
function watched(state: VerdictState, baseline: ArmCount): VerdictState {
  const streams: Record<string, Stream> = {};
  for (const metric in state.streams) {
    const stream = state.streams[metric] as Stream;
    const tally = tallyOf(readMetric(metric), baseline);
    streams[metric] = tally ? watchBaseline(stream, tally) : stream;
  }
  return {
    ...state,
    streams,
    usualRequests: { ...state.usualRequests, baseline: baseline.requests },
  };
}

function tallyOf(what: Metric, arm: ArmCount): Tally | null {
  switch (what.of) {
    case "errors":
      return arm.tally;
    case "kind":
      return arm.kind(what.kind);
    case "edge":
      return arm.slower(what.edge);
  }
}

function compared(state: VerdictState, window: Compared, weight: number): VerdictState {
  const { candidate, baseline, before, now } = window;
  const trafficSince = state.trafficSince ?? before.t;
  const processSince = candidate.restarted ? before.t : (state.processSince ?? before.t);
  const begun: VerdictState = {
    ...state,
    stepWeight: weight,
    trafficSince,
    processSince,
    shares: state.shares ?? openShares(state.settings, now),
    usualRequests: { candidate: candidate.requests, baseline: baseline.requests },
    candidate: plus(state.candidate, candidate),
    baseline: plus(state.baseline, baseline),
    intendedRequests:
      state.intendedRequests +
      intendedShare(state.settings, weight) * (candidate.requests + baseline.requests),
  };
  const judged = { ...begun, streams: judgedStreams(begun, window) };
  return withInstances(
    isErrorsWarm(begun, now.t) ? withBelowRate(judged, begun, window) : judged,
    begun,
    window,
  );
}

function plus(total: Count, arm: ArmCount): Count {
  return { requests: total.requests + arm.requests, errors: total.errors + arm.errors };
}

/** A cold candidate is slow for a while without being worse; a fresh baseline is as cold. */
function isLatencyWarm({ settings, processSince }: VerdictState, t: number): boolean {
  return settings.baseline === "fresh" || t > (processSince ?? t) + settings.warmUp.latencySeconds;
}

/** Counted from the first traffic, not from a restart: a candidate that keeps crashing must not stay cold. */
function isErrorsWarm({ settings, trafficSince }: VerdictState, t: number): boolean {
  return settings.baseline === "fresh" || t > (trafficSince ?? t) + settings.warmUp.errorsSeconds;
}

function judgedStreams(state: VerdictState, window: Compared): Record<string, Stream> {
  const { settings } = state;
  const areErrorsWarm = isErrorsWarm(state, window.now.t);
  const isWarm = isLatencyWarm(state, window.now.t);
  const ofErrors = errorsQuestions(settings);
  const ofLatency = latencyQuestions(settings);
  const enoughOfErrors = worthToDecide(state);
  const streams: Record<string, Stream> = {};
  for (const metric in state.streams) {
    const stream = state.streams[metric] as Stream;
    const what = readMetric(metric);
    const isLatency = what.of === "edge";
    const questions = isLatency ? ofLatency : ofErrors;
    const asked: Asked = {
      question: stream.good ? questions.all : questions.worseAlone,
      isCounted: isLatency ? isWarm : areErrorsWarm,
      enough: what.of === "errors" ? enoughOfErrors : Number.POSITIVE_INFINITY,
    };
    streams[metric] = judgedStream(what, stream, asked, window);
  }
  return streams;
}

/** What is asked of one stream in one window. */
interface Asked {
  question: Question;
  /** Whether what the candidate did is evidence yet. */
  isCounted: boolean;
  enough: number;
}

/** By errors alone, which is what mostly decides; with latency, whose events are many, evidence does not jump. */
function worthToDecide({ settings, shares }: VerdictState): number {
  if (!shares || shares.errors <= 0) return Number.POSITIVE_INFINITY;
  return 1 / (settings.alpha * shares.errors);
}

function judgedStream(
  metric: Metric,
  stream: Stream,
  { question, isCounted, enough }: Asked,
  { candidate, baseline, seconds, isNewStep }: Compared,
): Stream {
  const ofBaseline = tallyOf(metric, baseline);
  if (!ofBaseline) return stream;
  const ofCandidate = isCounted ? tallyOf(metric, candidate) : null;
  if (!ofCandidate) return learnBaseline(stream, question, ofBaseline);
  return judge(stream, question, enough, {
    candidate: ofCandidate,
    baseline: ofBaseline,
    seconds,
    isNewStep,
  });
}

function withBelowRate(
  next: VerdictState,
  before: VerdictState,
  { candidate }: Compared,
): VerdictState {
  const { settings } = before;
  if (settings.goodEnoughRate <= 0) return next;
  const stream = before.streams[ALL_ERRORS] as Stream;
  const { clump, persistence } = unitOf(stream.dispersion, settings.assumedClump);
  const window = { ...candidate.tally, clump: clump * persistence };
  return {
    ...next,
    belowRate: settleBelowRate(before.belowRate, settings.goodEnoughRate, window),
  };
}

/** Instances of both arms, if the samples carry them. `before` knows nothing of this window yet. */
function withInstances(next: VerdictState, before: VerdictState, window: Compared): VerdictState {
  const now = window.now.instances;
  if (!now || !isErrorsWarm(before, window.now.t)) return next;
  const { settings } = before;
  const isFirst =
    before.shares !== null && before.control === null && Object.keys(before.instances).length === 0;
  const instances = isFirst
    ? openInstances(Object.keys(now.candidate), settings)
    : before.instances;
  const control = isFirst ? openControl(Object.keys(now.baseline)) : before.control;
  const unit = unitOf((before.streams[ALL_ERRORS] as Stream).dispersion, settings.assumedClump);
  const then = window.before.instances;
  const around = { seconds: window.seconds, isNewStep: window.isNewStep };
  return {
    ...next,
    instances: judgeInstances(instances, unit, settings, {
      ...around,
      tallies: countInstances(then?.candidate, now.candidate),
      baseline: window.baseline.tally,
    }),
    control:
      control && judgeControl(control, unit, countInstances(then?.baseline, now.baseline), around),
  };
}

export function openStreams(settings: VerdictState["settings"]): Record<string, Stream> {
  const { all, worseAlone } = errorsQuestions(settings);
  const kinds = Object.keys(settings.weights.kinds).map((kind): [string, Stream] => [
    kindMetric(kind),
    openStream(worseAlone),
  ]);
  return {
    [ALL_ERRORS]: openStream(all),
    ...Object.fromEntries(kinds),
  };
}
