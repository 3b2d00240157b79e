import type { Counters } from "../../metrics/counters.ts";
import type { Sample } from "../../verdict/sample.ts";
import { DEFAULT_SETTINGS, type VerdictSettings } from "../../verdict/settings.ts";
import { baselineShare, beginVerdict, observe } from "../../verdict/verdict.ts";
import type { ReleaseRecord, RolloutEvidence } from "../record.ts";
import type { Arm, ArmWindow, EvidenceSeries, Timeline } from "./timeline.ts";

export interface JudgedRollout {
  /** Samples in order; their `t` is in seconds since 1970. */
  trace: readonly Sample[];
  candidate: string;
  /** The version it was compared with; "stable" will do when its name is not known. */
  baseline: string;
  /** What the evidence is worked out with again; the trace has only counters. */
  settings?: VerdictSettings;
}

/** The arms of one rollout and the evidence against its candidate, over time. */
export function timelineOfTrace(rollout: JudgedRollout): Timeline {
  const { trace, candidate } = rollout;
  const ofCandidate = (weight: number) => 100 * weight;
  return {
    arms: [...baselineArms(rollout), arm(trace, candidate, (line) => line.candidate, ofCandidate)],
    evidence: [evidenceOf(rollout)],
    marks: [],
  };
}

/** At weight 0 a trace has stable's own past, and afterwards, if that was asked for, fresh processes instead. */
function baselineArms({ trace, baseline, settings = DEFAULT_SETTINGS }: JudgedRollout): Arm[] {
  const weightPercent = (weight: number) => 100 * baselineShare(settings, weight);
  const read = (line: Sample) => line.baseline;
  if (settings.baseline !== "fresh") return [arm(trace, baseline, read, weightPercent)];
  const past = trace.filter(({ weight }) => weight === 0);
  const compared = trace.filter(({ weight }) => weight > 0);
  return [
    arm(past, baseline, read, () => 100),
    arm(compared, `${baseline}, fresh`, read, weightPercent),
  ];
}

function arm(
  trace: readonly Sample[],
  version: string,
  counters: (line: Sample) => Counters | null,
  weightPercent: (weight: number) => number,
): Arm {
  const windows: ArmWindow[] = [];
  let last: { t: number; read: Counters } | undefined;
  let previousT: number | undefined;
  for (const line of trace) {
    const read = counters(line);
    const change = last && read ? countedBetween(last.read, read) : null;
    if (previousT !== undefined && line.t > previousT) {
      windows.push({
        fromMs: 1_000 * (change && last ? last.t : previousT),
        toMs: 1_000 * line.t,
        weightPercent: weightPercent(line.weight),
        requests: change?.requests ?? null,
        errors: change?.errors ?? null,
      });
    }
    previousT = line.t;
    if (read) last = { t: line.t, read };
  }
  return { version, windows: withoutOverlaps(windows) };
}

/** Null after a restart: what the old process had counted since is not known. The verdict looks closer. */
function countedBetween(before: Counters, now: Counters) {
  const requests = now.requests - before.requests;
  const errors = now.errors - before.errors;
  return requests < 0 || errors < 0 ? null : { requests, errors: Math.min(errors, requests) };
}

/** A reading that came after some that did not spans their windows too: those give way to it. */
function withoutOverlaps(windows: readonly ArmWindow[]): ArmWindow[] {
  const kept: ArmWindow[] = [];
  for (const window of windows) {
    while ((kept.at(-1)?.fromMs ?? -Infinity) >= window.fromMs) kept.pop();
    kept.push(window);
  }
  return kept;
}

function evidenceOf({ trace, candidate, settings }: JudgedRollout): EvidenceSeries {
  const used = settings ?? DEFAULT_SETTINGS;
  let state = beginVerdict(used);
  const points = trace.map((sample) => {
    const next = observe(state, sample);
    state = next.state;
    return { atMs: 1_000 * sample.t, worse: next.finding.evidence.worse };
  });
  return { version: candidate, threshold: 1 / used.alpha, points };
}

/** The settings that a record tells of; the ratios, which it does not tell, are the defaults. */
export function settingsOf(rollout: RolloutEvidence | null): VerdictSettings {
  const evidence = rollout?.steps.findLast((step) => step.evidence !== null)?.evidence;
  if (!evidence) return DEFAULT_SETTINGS;
  return {
    ...DEFAULT_SETTINGS,
    baseline: baselineOf(rollout),
    alpha: 1 / evidence.threshold,
    beta: 1 / evidence.goodEnoughThreshold,
  };
}

/** What a rollout was really compared with: that a file asks for it does not mean that there was anything to compare. */
export function baselineOf(rollout: RolloutEvidence | null): "stable" | "fresh" {
  return rollout?.plan.baseline ?? "stable";
}

/** Evidence that was worked out again may differ from the record's by no more than rounding. */
const TRUSTED_FACTOR = 1.05;

/**
 * The timeline, if its evidence is the record's at the end of the last step. If not (the ratios were others), the
 * record's own figures stand in its place, from 1, which is no evidence: a curve that decided nothing would mislead.
 */
export function trusted(timeline: Timeline, { version, rollout }: ReleaseRecord): Timeline {
  const steps = (rollout?.steps ?? []).flatMap(({ startedAt, endedAt, evidence }) =>
    evidence ? [{ atMs: Date.parse(endedAt ?? startedAt), ...evidence }] : [],
  );
  const recorded = steps.at(-1);
  const series = timeline.evidence.find((one) => one.version === version);
  if (!recorded || !series) return timeline;
  const same = series.points.some(({ worse }) => near(worse, recorded.worse));
  if (same && near(series.threshold, recorded.threshold)) return timeline;
  const ends = steps.map(({ atMs, worse }) => ({ atMs, worse }));
  const points = [{ atMs: Date.parse(rollout?.steps[0]?.startedAt ?? ""), worse: 1 }, ...ends];
  const others = timeline.evidence.filter((one) => one !== series);
  return {
    ...timeline,
    evidence: [...others, { version, threshold: recorded.threshold, points }],
  };
}

function near(a: number, b: number): boolean {
  return a === b || Math.abs(Math.log(a / b)) <= Math.log(TRUSTED_FACTOR);
}
