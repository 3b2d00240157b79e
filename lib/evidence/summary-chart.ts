import type { ReleaseRecord } from "./record.ts";
import type { Timeline } from "./timeline/timeline.ts";

/** Mermaid spreads its values evenly, so a line is read off at this many moments. */
const POINTS = 40;

/** The chart goes on after the last step by this share, so that its end can be seen. */
const AFTERMATH = 0.15;

/** The candidate's share of traffic over its rollout, as a mermaid xychart; null when it never had any. */
export function weightChart({ version, outcome, rollout }: ReleaseRecord): string | null {
  const steps = (rollout?.steps ?? []).map(({ startedAt, endedAt, weight }) => ({
    fromMs: Date.parse(startedAt),
    toMs: Date.parse(endedAt ?? startedAt),
    weight,
  }));
  const [first, last] = [steps[0], steps.at(-1)];
  if (!first || !last || last.toMs <= first.fromMs) return null;
  const after = outcome === "promoted" ? last.weight : 0;
  const changes = [...steps, { fromMs: last.toMs, toMs: last.toMs, weight: after }];
  const endMs = last.toMs + AFTERMATH * (last.toMs - first.fromMs);
  const values = evenly(first.fromMs, endMs, (atMs) => {
    return changes.findLast(({ fromMs }) => fromMs <= atMs)?.weight ?? 0;
  });
  return chart({
    title: `${version}: percent of traffic`,
    seconds: (endMs - first.fromMs) / 1_000,
    range: [0, 100],
    lines: [values],
  });
}

/** The evidence against a version, in powers of ten, below the line at which it is rolled back. */
export function evidenceChart(version: string, { evidence }: Timeline): string | null {
  const series = evidence.find((one) => one.version === version);
  const [first, last] = [series?.points[0], series?.points.at(-1)];
  if (!series || !first || !last || last.atMs <= first.atMs) return null;
  const power = (worse: number) => Math.log10(Math.min(1e6, Math.max(0.01, worse)));
  const values = evenly(first.atMs, last.atMs, (atMs) => {
    return power(series.points.findLast((point) => point.atMs <= atMs)?.worse ?? 1);
  });
  const limit = power(series.threshold);
  return chart({
    title: `${version}: evidence of worse as a power of ten (rolled back at ${limit.toFixed(1)})`,
    seconds: (last.atMs - first.atMs) / 1_000,
    range: [-2, Math.ceil(Math.max(limit, ...values)) + 1],
    lines: [values, values.map(() => limit)],
  });
}

function evenly(fromMs: number, toMs: number, value: (atMs: number) => number): number[] {
  return Array.from({ length: POINTS }, (_, index) => {
    return value(fromMs + ((toMs - fromMs) * index) / (POINTS - 1));
  });
}

interface Chart {
  title: string;
  seconds: number;
  range: [number, number];
  lines: number[][];
}

function chart({ title, seconds, range, lines }: Chart): string {
  return [
    "xychart-beta",
    `  title "${title.replaceAll(/[^\w .,:()+-]/g, "_")}"`,
    `  x-axis "seconds" 0 --> ${Number(seconds.toFixed(1))}`,
    `  y-axis ${range[0]} --> ${range[1]}`,
    ...lines.map(
      (values) => `  line [${values.map((value) => Number(value.toFixed(2))).join(", ")}]`,
    ),
  ].join("\n");
}
