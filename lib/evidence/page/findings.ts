import type { Evidence, RolloutStep } from "../record.ts";
import { type Html, html } from "./html.ts";
import { shortNumber } from "./words.ts";

/** What the verdict said at the end of each weight: its paragraph, each metric by itself, and the negative control. */
export function findings(steps: readonly RolloutStep[]): Html | null {
  const told = steps.filter(
    ({ explanation, early }) => explanation !== undefined || early !== undefined,
  );
  if (told.length === 0) return null;
  return html`<details><summary>What the verdict said at each weight</summary>
<dl class="findings">${told.map(finding)}</dl></details>`;
}

function finding({ weight, evidence, explanation, early }: RolloutStep): Html {
  return html`<dt>${weight} %</dt>
<dd>${early === undefined ? null : html`<p>Passed early, ${early}.</p>`}
${explanation === undefined ? null : html`<p>${explanation}</p>`}
${evidence === null ? null : byMetric(evidence)}</dd>
`;
}

function byMetric({ metrics = {}, control, threshold }: Evidence): Html | null {
  const parts = Object.entries(metrics).map(
    ([metric, value]) => `${metricWords(metric)} ${shortNumber(value)}`,
  );
  if (control !== undefined) {
    parts.push(`negative control, stable against itself, ${shortNumber(control)}`);
  }
  if (parts.length === 0) return null;
  return html`<p class="hint">Evidence by itself, of ${shortNumber(threshold)}: ${parts.join("; ")}.</p>`;
}

/** `errors:corrupted` and `latency:0.05` as a person says them. */
export function metricWords(metric: string): string {
  const [what = "", of] = metric.split(/:(.*)/s);
  if (of === undefined) return what === "instances" ? "instances one by one" : what;
  return what === "latency" ? `slower than ${of} s` : `errors of the kind ${of}`;
}
