import { formatDuration } from "../../lib/units/duration.ts";
import type { Passage } from "../../lib/verdict/forecast/forecast.ts";
import type { Prospect } from "../../lib/verdict/forecast/prospect.ts";
import type { VerdictSettings } from "../../lib/verdict/settings.ts";

/** The prospect as tables, with what alpha and beta mean in them. */
export function prospectText(
  { steps, whole }: Prospect,
  settings: VerdictSettings,
  { rate, errorRate }: { rate: number; errorRate: number },
): string {
  const ratios = whole.faults.map(({ ratio }) => ratio);
  const isFresh = settings.baseline === "fresh";
  const header = [
    "weight",
    ...(isFresh ? ["baseline"] : []),
    "hold",
    ...ratios.map((ratio) => `×${ratio}`),
    "promote",
  ];
  const rows = steps.map((step) => [
    `${step.weightPercent} %`,
    ...(isFresh ? [`${step.baselinePercent} %`] : []),
    formatDuration(step.holdSeconds * 1_000) || "0s",
    ...step.faults.map(times),
    times(step.promote),
  ]);
  const found = [
    "whole",
    ...(isFresh ? [""] : []),
    "found",
    ...whole.faults.map((fault) => percent(fault.foundChance)),
    percent(whole.promotedChance),
  ];
  const excess = [
    "",
    ...(isFresh ? [""] : []),
    "bad requests",
    ...whole.faults.map((fault) => count(fault.excessErrors)),
    "",
  ];
  return `${[
    `At ${rate} requests/s of which ${percent(errorRate)} fail today: time to find a release that fails so many times as`,
    "often from that step on, and to promote one that fails as often. Expected, and in brackets: 19 of 20 are sooner.",
    "",
    table([header, ...rows, found, excess]),
    "",
    ...meaning(settings),
    ...(isFresh ? FRESH : []),
    ...duration(whole.seconds),
  ].join("\n")}\n`;
}

function meaning({ alpha, beta, toleratedRatio, goodEnoughRatio }: VerdictSettings): string[] {
  return [
    `alpha ${percent(alpha)}: of ${count(1 / alpha)} releases that fail at most ${toleratedRatio} times as often, about one at most is rolled back,`,
    "however often and however long one looks.",
    `beta ${percent(beta)}: of ${count(1 / beta)} releases that fail ${goodEnoughRatio} times as often, about one at most is called good enough.`,
    "found: chance to find it before the candidate has all traffic. bad requests: failed ones that stable would have",
    "answered, until it is found. never: with no traffic left on stable there is nothing to compare with.",
  ];
}

const FRESH = [
  "baseline: fresh processes of stable, started for the rollout, with as much traffic as the candidate, taken from",
  "stable's share; above 50 % all that the candidate leaves. Less to compare with, so small weights take longer.",
];

function duration({ held, early }: Prospect["whole"]["seconds"]): string[] {
  const told = (seconds: number) => formatDuration(seconds * 1_000);
  if (early === null)
    return [
      `A good release takes ${told(held)}: every weight is held. \`rollout.early\` would shorten it.`,
    ];
  return [
    `A good release takes about ${told(early)}, as early passes what has shown enough; all holds are ${told(held)}.`,
  ];
}

const DAY_SECONDS = 24 * 3_600;

function times({ meanSeconds, p95Seconds }: Passage): string {
  if (!Number.isFinite(meanSeconds)) return "never";
  if (meanSeconds > DAY_SECONDS) return "over a day";
  return `${formatDuration(meanSeconds * 1_000)} (${formatDuration(p95Seconds * 1_000)})`;
}

function percent(share: number): string {
  if (share > 0.9995 && share < 1) return "> 99.9 %";
  if (share > 0 && share < 0.00001) return "< 0.001 %";
  return `${Number((share * 100).toPrecision(2))} %`;
}

function count(value: number): string {
  return value >= 10 ? `${Math.round(value)}` : `${Number(value.toPrecision(2))}`;
}

function table(rows: string[][]): string {
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(...rows.map((row) => (row[column] ?? "").length)),
  );
  return rows
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join("   ")
        .trimEnd(),
    )
    .join("\n");
}
