import { nameOfBaseline } from "../baseline.ts";
import { badInstances } from "../instance/instances.ts";
import { ALL_ERRORS, readMetric } from "../metric/metrics.ts";
import type { Stream } from "../metric/stream.ts";
import type { VerdictState } from "../state.ts";
import type { Finding } from "../verdict.ts";
import type { Weighed } from "../weighing.ts";
import { failuresToSpare, secondsToGo } from "./outlook.ts";
import { about, amount, percent, share, timesTheRate } from "./wording.ts";

/** One paragraph for whoever is on call: what was compared, how much, how sure, and what would change it. */
export function explain(state: VerdictState, weighed: Weighed): string {
  if (state.decided?.breaker) return `Beyond a limit: go back. ${state.decided.breaker}.`;
  if (state.candidate.requests === 0) return nothingYet(state);
  return sentences(state, weighed)
    .filter((sentence) => sentence !== "")
    .join(" ");
}

function nothingYet({ last, settings }: VerdictState): string {
  const why = last
    ? `the candidate and ${nameOfBaseline(settings)} have not both had traffic between two readings`
    : "no reading of both arms has come yet";
  return `Not decided: there is nothing to compare, since ${why}. That is evidence for neither side.`;
}

function sentences(state: VerdictState, { outcome, evidence }: Weighed): string[] {
  const shown = [
    compared(state),
    ...kinds(state, evidence),
    ...slower(state, evidence),
    offWeight(state),
  ];
  switch (outcome) {
    case "rollback":
      return [
        "Worse: go back.",
        ...shown,
        worse(state, evidence),
        alphaSays(state),
        instances(state, evidence),
        spare(state, evidence),
      ];
    case "promote":
      return ["Good enough to go on.", ...shown, goodEnough(state, evidence), betaSays(state)];
    case "inconclusive":
      return [
        "Not decided, although it looks worse.",
        ...shown,
        worse(state, evidence),
        control(evidence),
      ];
    case "continue":
      return [
        "Not decided.",
        ...shown,
        worse(state, evidence),
        goodEnough(state, evidence),
        toGo(state, evidence),
      ];
  }
}

function compared({ settings, streams }: VerdictState): string {
  const { seen, worse: bets } = streams[ALL_ERRORS] as Stream;
  return `The candidate failed ${share(seen.candidate)}, ${nameOfBaseline(settings)} ${share(seen.baseline)} in the same ${Math.round(bets.seconds)} s${timesTheRate(seen.candidate, seen.baseline)}.`;
}

/** The kinds of errors that say more by themselves than all errors do together. */
function kinds(
  { settings, streams }: VerdictState,
  { metrics = {} }: Finding["evidence"],
): string[] {
  const least = Math.max(metrics[ALL_ERRORS] ?? 0, 1);
  return Object.entries(streams).flatMap(([metric, { seen }]) => {
    const what = readMetric(metric);
    if (what.of !== "kind" || (metrics[metric] ?? 0) <= least) return [];
    return [
      `Of the kind ${what.kind} were ${share(seen.candidate)} of the candidate's, and ${share(seen.baseline)} of ${nameOfBaseline(settings)}'s${timesTheRate(seen.candidate, seen.baseline)}.`,
    ];
  });
}

/** The edge of the histogram that says most, when latency says more than errors do. */
function slower(
  { settings, streams }: VerdictState,
  { metrics = {} }: Finding["evidence"],
): string[] {
  const errors = metrics[ALL_ERRORS] ?? 0;
  const edges = Object.entries(metrics).filter(([metric]) => metric in streams && isEdge(metric));
  const [metric, most] = edges.sort(([, a], [, b]) => b - a)[0] ?? ["", 0];
  const seen = streams[metric]?.seen;
  const what = readMetric(metric);
  if (!seen || seen.candidate.requests === 0 || what.of !== "edge" || most <= Math.max(errors, 1))
    return [];
  return [
    `Slower than ${what.edge} s were ${share(seen.candidate)} of the candidate's, and ${share(seen.baseline)} of ${nameOfBaseline(settings)}'s${timesTheRate(seen.candidate, seen.baseline)}.`,
  ];
}

function isEdge(metric: string): boolean {
  return readMetric(metric).of === "edge";
}

const MUCH = 1.3;

function offWeight({ candidate, intendedRequests }: VerdictState): string {
  const times = candidate.requests / Math.max(1, intendedRequests);
  if (intendedRequests < 100 || (times < MUCH && times > 1 / MUCH)) return "";
  return `The candidate got ${amount(times)} times the requests that its weight should have given it; the rates are compared all the same.`;
}

function worse(
  { settings }: VerdictState,
  { worse: value, threshold }: Finding["evidence"],
): string {
  return `Evidence that it is worse than tolerated (${settings.toleratedRatio} times ${nameOfBaseline(settings)}'s rate): ${amount(value)}; a rollback needs ${amount(threshold)}.`;
}

function goodEnough({ settings }: VerdictState, evidence: Finding["evidence"]): string {
  return `Evidence that it is less than ${settings.goodEnoughRatio} times as bad: ${amount(evidence.goodEnough)}; a promotion needs ${amount(evidence.goodEnoughThreshold)}.`;
}

function alphaSays({ settings }: VerdictState): string {
  return `A release that is not worse gets here in at most ${percent(settings.alpha)} of all rollouts, however often one looks.`;
}

function betaSays({ settings }: VerdictState): string {
  return `A release that is ${settings.goodEnoughRatio} times as bad gets here in at most ${percent(settings.beta)} of all rollouts.`;
}

function instances(state: VerdictState, { threshold }: Finding["evidence"]): string {
  const bad = badInstances(state.instances, threshold);
  if (bad.length === 0) return "";
  const told = bad.map((name) => {
    const total = state.instances[name]?.total ?? { requests: 0, events: 0 };
    return `instance ${name} (failed ${share(total)})`;
  });
  const rest = Object.keys(state.instances).length - bad.length;
  return `Not all of it is bad: ${told.join(", ")} stands out, and the other ${rest} do not.`;
}

function spare(state: VerdictState, evidence: Finding["evidence"]): string {
  const fewer = failuresToSpare(state, evidence);
  if (fewer === null) return "";
  return `With ${fewer} fewer failed request${fewer === 1 ? "" : "s"} of the candidate it would not have been decided yet.`;
}

function control({ control: value = 0, threshold }: Finding["evidence"]): string {
  return `But stable's own instances differ from each other as much (evidence ${amount(value)} of ${amount(threshold)}), though they run one version: so the difference proves nothing about the release. Find out why they differ, then promote again.`;
}

function toGo(state: VerdictState, evidence: Finding["evidence"]): string {
  const { rollback, promote } = secondsToGo(state, evidence);
  if (rollback === null && promote === null) return "If it goes on like this, neither comes near.";
  const soonest = Math.min(rollback ?? Infinity, promote ?? Infinity);
  const what = soonest === rollback ? "a rollback" : "a promotion";
  return `If it goes on like this, ${what} takes ${about(soonest)} more.`;
}
