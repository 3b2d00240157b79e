import { inlineText, type Summary } from "../action/summary.ts";
import {
  amount,
  comparedWith,
  GATE_SIGNS,
  OUTCOME_SIGNS,
  reasonOf,
  share,
  shortNumber,
  weightWords,
} from "./page/words.ts";
import type { Record, ReleaseRecord, RolloutStep } from "./record.ts";
import { evidenceChart, weightChart } from "./summary-chart.ts";
import type { Timeline } from "./timeline/timeline.ts";

/** More releases than this belong on the page, not into a job summary. */
const MAX_RELEASES = 10;

/** The record as a job summary: outcome and reason first, then gates, steps and what the charts of GitHub can show. */
export function summarise(summary: Summary, record: Record, timeline: Timeline): void {
  for (const release of record.releases.slice(0, MAX_RELEASES)) {
    summariseRelease(summary, release, timeline);
  }
  const left = record.releases.length - MAX_RELEASES;
  if (left > 0) summary.markdown(`… and ${left} more: see the page.`);
}

function summariseRelease(summary: Summary, release: ReleaseRecord, timeline: Timeline): void {
  const { version, outcome, commit, digest, gates, rollout, traffic } = release;
  const { sign, word } = OUTCOME_SIGNS[outcome];
  summary.heading(`${sign} ${version} ${word}`);
  summary.markdown(inlineText(reasonOf(release)));
  const toZero = rollout?.secondsToZero ?? null;
  summary.table(
    ["Requests", "Failed", "Lost", "First traffic to none", "Commit", "Digest"],
    [
      [
        amount(traffic.requests),
        amount(traffic.failed),
        amount(traffic.lost),
        toZero === null ? "–" : `${toZero} s`,
        inlineText(commit.slice(0, 12)),
        inlineText(digest ?? "–"),
      ],
    ],
  );
  summary.heading("Gates", 3);
  summary.table(
    ["", "Gate", "Outcome", "Reason"],
    gates.map((gate) => {
      const found = GATE_SIGNS[gate.outcome];
      return [found.sign, inlineText(gate.name), found.word, inlineText(gate.reason)];
    }),
  );
  if (rollout === null || rollout.steps.length === 0) return;
  summary.heading("Rollout", 3);
  summary.table(
    [
      "Weight",
      "Ended",
      "Candidate failed",
      `${comparedWith(rollout.steps)} failed`,
      "Evidence of worse",
    ],
    rollout.steps.map(stepCells),
  );
  for (const chart of [weightChart(release), evidenceChart(version, timeline)]) {
    if (chart !== null) summary.code(chart, "mermaid");
  }
}

function stepCells(step: RolloutStep): string[] {
  const { outcome: how, evidence, early } = step;
  const weight = weightWords(step);
  const outcome = early === undefined ? how : `${how} early`;
  if (!evidence) return [weight, outcome, "–", "–", "–"];
  const failed = ({ errors, requests }: { errors: number; requests: number }) =>
    `${amount(errors)} of ${amount(requests)} (${share(errors, requests)})`;
  return [
    weight,
    outcome,
    failed(evidence.candidate),
    failed(evidence.baseline),
    `${shortNumber(evidence.worse)} of ${shortNumber(evidence.threshold)}`,
  ];
}
