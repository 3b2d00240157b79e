import type { ReleaseRecord } from "../record.ts";
import { type Timeline, thin } from "../timeline/timeline.ts";
import type { ChartData, RolloutBar } from "./client/data.ts";

/** What the charts need, in short rows; null when there is nothing to draw. */
export function chartData(releases: readonly ReleaseRecord[], full: Timeline): ChartData | null {
  const timeline = thin(full);
  const bars = releases.map(rolloutBar).filter((bar) => bar.steps.length > 0);
  const moments = [
    ...timeline.arms.flatMap(({ windows }) =>
      windows.flatMap(({ fromMs, toMs }) => [fromMs, toMs]),
    ),
    ...timeline.evidence.flatMap(({ points }) => points.map(({ atMs }) => atMs)),
    ...bars.flatMap(({ steps }) => [...steps.map(([from]) => from), ...steps.map(([, to]) => to)]),
  ].filter(Number.isFinite);
  if (moments.length === 0) return null;
  const startMs = moments.reduce((a, b) => Math.min(a, b));
  const endMs = moments.reduce((a, b) => Math.max(a, b));
  const since = (ms: number) => Math.round(ms - startMs);
  return {
    startMs,
    endMs,
    arms: timeline.arms.map(({ version, windows }) => ({
      version,
      windows: windows.map((w) => [
        since(w.fromMs),
        since(w.toMs),
        w.weightPercent,
        w.requests,
        w.errors,
      ]),
    })),
    evidence: timeline.evidence.map(({ version, threshold, points }) => ({
      version,
      threshold,
      points: points.map(({ atMs, worse }) => [since(atMs), Number(worse.toPrecision(4))]),
    })),
    marks: timeline.marks.map(({ atMs, version, kind, label }) => ({
      at: since(atMs),
      version,
      kind,
      label,
    })),
    rollouts: bars.map(({ version, outcome, steps }) => ({
      version,
      outcome,
      steps: steps.map(([from, to, weight, ended]) => [since(from), since(to), weight, ended]),
    })),
  };
}

/** Steps in milliseconds since 1970; a step that never ended lasts until the next, or no time. */
function rolloutBar({ version, outcome, rollout }: ReleaseRecord): RolloutBar {
  const steps = rollout?.steps ?? [];
  return {
    version,
    outcome,
    steps: steps.map(({ startedAt, endedAt, weight, outcome: ended }, index) => {
      const from = Date.parse(startedAt);
      const to = Date.parse(endedAt ?? steps[index + 1]?.startedAt ?? startedAt);
      return [from, to, weight, ended];
    }),
  };
}
