/**
 * What happened over time, for the page: any number of releases on one axis. Everything is keyed by version, so
 * that the stable arm of one rollout and the candidate of the one before it are one line.
 */
export interface Timeline {
  arms: Arm[];
  /** One for each release that was judged. */
  evidence: EvidenceSeries[];
  /** Moments worth a line through all charts. */
  marks: Mark[];
}

export interface Arm {
  version: string;
  /** Ascending, not overlapping; a hole between two is drawn as one. */
  windows: ArmWindow[];
}

/** What one version did between two readings of its counters. Times are milliseconds since 1970. */
export interface ArmWindow {
  fromMs: number;
  toMs: number;
  /** Its share of traffic, 0..100. */
  weightPercent: number;
  /** Differences, not counters; null when they could not be read. */
  requests: number | null;
  errors: number | null;
}

export interface EvidenceSeries {
  version: string;
  /** The evidence at which the release is taken back. */
  threshold: number;
  points: Array<{ atMs: number; worse: number }>;
}

export interface Mark {
  atMs: number;
  version: string;
  kind: "step" | "promoted" | "reverted" | "undecided" | "note";
  label: string;
}

export const EMPTY_TIMELINE: Timeline = { arms: [], evidence: [], marks: [] };

/** Several timelines on one axis; what two of them know of the same version becomes one line. */
export function mergeTimelines(...timelines: readonly Timeline[]): Timeline {
  const arms = new Map<string, ArmWindow[]>();
  for (const { version, windows } of timelines.flatMap((timeline) => timeline.arms)) {
    arms.set(version, [...(arms.get(version) ?? []), ...windows]);
  }
  return {
    arms: [...arms].map(([version, windows]) => ({
      version,
      windows: windows.sort((a, b) => a.fromMs - b.fromMs),
    })),
    evidence: timelines.flatMap((timeline) => timeline.evidence),
    marks: timelines.flatMap((timeline) => timeline.marks).sort((a, b) => a.atMs - b.atMs),
  };
}

/** More points than this on one line are more than a screen has pixels for. */
export const MAX_POINTS = 2_000;

/** The same timeline with at most `most` windows per line: neighbours become one, and nothing is lost of the sums. */
export function thin(timeline: Timeline, most = MAX_POINTS): Timeline {
  return {
    arms: timeline.arms.map(({ version, windows }) => ({
      version,
      windows: inRuns(windows, most).map(oneWindow),
    })),
    evidence: timeline.evidence.map((series) => ({
      ...series,
      points: inRuns(series.points, most).map(strongest),
    })),
    marks: timeline.marks.slice(0, most),
  };
}

function inRuns<T>(items: readonly T[], most: number): T[][] {
  const size = Math.max(1, Math.ceil(items.length / most));
  const count = Math.ceil(items.length / size);
  return Array.from({ length: count }, (_, run) => items.slice(run * size, (run + 1) * size));
}

function oneWindow(run: readonly ArmWindow[]): ArmWindow {
  const [first, ...others] = run;
  if (first === undefined) throw new RangeError("a run has at least one window");
  return others.reduce(
    (sum, window) => ({
      fromMs: sum.fromMs,
      toMs: window.toMs,
      weightPercent: window.weightPercent,
      requests: plus(sum.requests, window.requests),
      errors: plus(sum.errors, window.errors),
    }),
    first,
  );
}

function plus(a: number | null, b: number | null): number | null {
  if (a === null) return b;
  return b === null ? a : a + b;
}

/** The peak decides, so the peak stays. */
function strongest<P extends { worse: number }>(run: readonly P[]): P {
  return run.reduce((peak, point) => (point.worse >= peak.worse ? point : peak));
}
