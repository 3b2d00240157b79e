import type { ReleaseRecord } from "../../lib/evidence/record.ts";
import { formatDuration } from "../../lib/units/duration.ts";
import type { ScenarioResult } from "./scenario.ts";

/** What the rehearsal has to show, by version; anything else is a failure of Sluice and ends it red. */
const EXPECTED: Record<string, ReleaseRecord["outcome"]> = {
  "1.1.0": "promoted",
  "1.2.0": "rolled-back",
};

/** What is not as it has to be; empty when all is well. */
export function disappointments({ record, flow }: ScenarioResult): string[] {
  const outcomes = Object.entries(EXPECTED).flatMap(([version, expected]) => {
    const found = record.releases.find((release) => release.version === version);
    if (found?.outcome === expected) return [];
    return [`${version} was to be ${expected}, and is ${found?.outcome ?? "not there"}`];
  });
  if (flow.total.lost === 0) return outcomes;
  return [...outcomes, `${flow.total.lost} requests were lost: ${flow.losses.join("; ")}`];
}

/** The end of the rehearsal as a table for the terminal. */
export function resultTable({ record, flow }: ScenarioResult): string[] {
  const rows = [
    ["release", "outcome", "gates", "weights", "requests", "failed", "lost", "to zero in"],
    ...record.releases.map((release) => rowOf(release)),
    [
      "all",
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
    `${passed} of ${gates.length} passed`,
    weights.map((weight) => `${weight}`).join(" → "),
    String(traffic.requests ?? "–"),
    String(traffic.failed ?? "–"),
    String(traffic.lost ?? "–"),
    seconds === null ? "–" : formatDuration(1_000 * seconds),
  ];
}
