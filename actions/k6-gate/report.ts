import { inlineText, type Log, type Summary } from "../../lib/action/action.ts";
import { percentMore } from "../../lib/load/gate.ts";
import type { Metric } from "../../lib/load/metric.ts";
import { chartOf } from "./chart.ts";
import type { Outcome, ScriptResult } from "./result.ts";
import type { GateInputs } from "./run.ts";

/** Everything that was measured, for whoever wants to look closer. */
export function reportOf(found: {
  outcome: Outcome;
  reason: string;
  comparedWith: string;
  tookMs: number;
  inputs: GateInputs;
  results: readonly ScriptResult[];
}): object {
  const { inputs, results, ...rest } = found;
  const { alpha, beta, margin, block, duration } = inputs;
  return {
    schema: 1,
    ...rest,
    settings: {
      alphaPercent: alpha,
      betaPercent: beta,
      marginPercent: margin,
      ruleOutPercent: inputs["rule-out"],
      passOn: inputs["pass-on"],
      processSpreadPercent: inputs["process-spread"],
      rounds: inputs.rounds,
      blockMs: block,
      durationMs: duration,
      maxDurationMs: inputs["max-duration"],
    },
    scripts: results,
  };
}

/** Ratios as they are told in outputs: with four digits. */
export function ratiosByScript(results: readonly ScriptResult[]): object {
  const short = (value: number) => Number(value.toPrecision(4));
  return Object.fromEntries(
    results.map(({ script, ratios, history }) => [
      script,
      Object.fromEntries([
        ...ratios.map(({ metric, ratio, low, high }) => [
          metric,
          { ratio: short(ratio), low: short(low), high: short(high) },
        ]),
        ...history.map(({ metric, ratio, low }) => [
          metric,
          { ratio: short(ratio), low: short(low) },
        ]),
      ]),
    ]),
  );
}

/** Each finding at the script that made it. */
export function annotate(log: Log, results: readonly ScriptResult[]): void {
  for (const { script, outcome, reason, findings } of results) {
    if (outcome !== "failed") continue;
    const told = findings.length > 0 ? findings.map(({ message }) => message) : [reason];
    for (const message of told) log.error(message, { title: "k6-gate", file: script });
  }
}

/** The job summary: what was decided and why, the ratios, and the blocks as a chart. */
export function summarise(
  summary: Summary,
  found: {
    outcome: Outcome;
    reason: string;
    comparedWith: string;
    results: readonly ScriptResult[];
    blockMs: number;
  },
): void {
  const { outcome, reason, comparedWith, results } = found;
  summary.heading(`Load: ${outcome}`);
  summary.markdown(inlineText(reason));
  summary.markdown(`Compared with ${inlineText(comparedWith)}.`);
  for (const result of results) {
    summary.heading(result.script, 3);
    summary.markdown(
      `**${result.outcome}**, ${result.iterations} iterations, ${result.requests} requests`,
    );
    for (const { message, hint } of result.findings) {
      summary.markdown(`- ${inlineText(message)}. Next: ${inlineText(hint)}`);
    }
    ratioTable(summary, result);
    const chart = chartOf(result.rounds.flat());
    if (chart) summary.code(chart, "mermaid");
  }
}

function ratioTable(summary: Summary, { ratios, history }: ScriptResult): void {
  if (ratios.length > 0) {
    summary.table(
      ["Metric", "Baseline", "Candidate", "Ratio (above 1 is worse)", "Interval"],
      ratios.map(({ metric, baseline, candidate, ratio, low, high }) => [
        metric,
        inUnit(metric, baseline),
        inUnit(metric, candidate),
        `×${ratio.toFixed(3)}`,
        `×${low.toFixed(3)} to ×${high.toFixed(3)}`,
      ]),
    );
  }
  if (history.length > 0) {
    summary.table(
      ["Metric", "Typical", "Now", "Worse by"],
      history.map(({ metric, typical, value, ratio }) => [
        metric,
        inUnit(metric, typical),
        inUnit(metric, value),
        percentMore(ratio),
      ]),
    );
  }
}

function inUnit(metric: Metric, value: number): string {
  switch (metric) {
    case "error-rate":
      return `${(100 * value).toFixed(3)} %`;
    case "throughput":
      return `${value.toPrecision(4)}/s`;
    default:
      return `${value.toPrecision(3)} ms`;
  }
}
