import { stops } from "../../lib/evidence/gates.ts";
import type { ReleaseRecord } from "../../lib/evidence/record.ts";
import { formatDuration } from "../../lib/units/duration.ts";
import type { ScenarioResult } from "./scenario.ts";
import type { PushedVersion } from "./story.ts";

/** What is not as it has to be; empty when all is well. */
export function disappointments({ record, flow, pushed }: ScenarioResult): string[] {
  const outcomes = pushed.flatMap((version) => disappointment(version, record.releases));
  if (flow.total.lost === 0) return outcomes;
  return [...outcomes, `${flow.total.lost} requests were lost: ${flow.losses.join("; ")}`];
}

function disappointment(
  { tag, says, expected }: PushedVersion,
  releases: readonly ReleaseRecord[],
): string[] {
  const found = releases.find(({ version }) => `v${version}` === tag);
  const stoppedBy = found?.gates.find(stops)?.name ?? null;
  if (found?.outcome === expected.outcome && stoppedBy === expected.stoppedBy) return [];
  const was = found === undefined ? "not there" : ended(found.outcome, stoppedBy);
  return [
    `${tag}, which ${says}, was to be ${ended(expected.outcome, expected.stoppedBy)}, and is ${was}`,
  ];
}

function ended(outcome: string, gate: string | null): string {
  return gate === null ? outcome : `${outcome} at ${gate}`;
}

/** The end of the rehearsal as a table for the terminal. */
export function resultTable({ record, flow }: ScenarioResult): string[] {
  const rows = [
    [
      "release",
      "outcome",
      "stopped by",
      "gates",
      "weights",
      "requests",
      "failed",
      "lost",
      "to zero in",
    ],
    ...record.releases.map((release) => rowOf(release)),
    [
      "all",
      "",
      "",
      "",
      "",
      String(flow.total.requests),
      String(flow.total.failed),
      String(flow.total.lost),
      "",
    ],
  ];
  const widths =
    rows[0]?.map((_, at) => Math.max(...rows.map((row) => row[at]?.length ?? 0))) ?? [];
  return rows.map((row) =>
    row
      .map((cell, at) => cell.padEnd(widths[at] ?? 0))
      .join("  ")
      .trimEnd(),
  );
}

function rowOf({ version, outcome, gates, rollout, traffic }: ReleaseRecord): string[] {
  const passed = gates.filter((gate) => gate.outcome === "passed").length;
  const weights = rollout?.steps.map((step) => step.weight) ?? [];
  if (outcome === "rolled-back") weights.push(0);
  const seconds = rollout?.secondsToZero ?? null;
  return [
    version,
    outcome,
    gates.find(stops)?.name ?? "–",
    `${passed} of ${gates.length} passed`,
    weights.map((weight) => `${weight}`).join(" → "),
    String(traffic.requests ?? "–"),
    String(traffic.failed ?? "–"),
    String(traffic.lost ?? "–"),
    seconds === null ? "–" : formatDuration(1_000 * seconds),
  ];
}
