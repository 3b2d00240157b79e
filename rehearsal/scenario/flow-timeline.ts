import {
  type Arm,
  type ArmWindow,
  EMPTY_TIMELINE,
  type Timeline,
} from "../../lib/evidence/timeline/timeline.ts";
import { countBetween, type FlowReport, NO_COUNT } from "./flow-count.ts";
import { percentAt, type WeightsAt } from "./weight-history.ts";

/** What the order flow saw of each version, over the whole rehearsal. */
export function flowTimeline(
  reports: readonly FlowReport[],
  weights: readonly WeightsAt[],
): Timeline {
  const versions = [...new Set(reports.flatMap(({ byVersion }) => Object.keys(byVersion)))];
  const arms = versions.map(
    (version): Arm => ({ version, windows: windowsOf(version, reports, weights) }),
  );
  return { ...EMPTY_TIMELINE, arms };
}

function windowsOf(
  version: string,
  reports: readonly FlowReport[],
  weights: readonly WeightsAt[],
): ArmWindow[] {
  return reports.slice(1).flatMap((report, at) => {
    const before = reports[at];
    if (!before || report.tMs <= before.tMs) return [];
    const change = countBetween(
      before.byVersion[version] ?? NO_COUNT,
      report.byVersion[version] ?? NO_COUNT,
    );
    const weightPercent = percentAt(weights, version, report.tMs);
    // A version that is not there has no line.
    if (change.requests === 0 && weightPercent === 0) return [];
    return [
      {
        fromMs: before.tMs,
        toMs: report.tMs,
        weightPercent,
        requests: change.requests,
        errors: change.failed,
      },
    ];
  });
}
