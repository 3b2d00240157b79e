import type { RecordedGate, ReleaseRecord, RolloutStep } from "../record.ts";
import { findings } from "./findings.ts";
import { type Html, html } from "./html.ts";
import {
  amount,
  comparedWith,
  GATE_SIGNS,
  OUTCOME_SIGNS,
  reasonOf,
  type Sign,
  share,
  shortNumber,
  weightWords,
} from "./words.ts";

/** The card of one release: how it ended, why, and the figures that are asked for first. */
export function releaseCard(release: ReleaseRecord, index: number): Html {
  const { version, outcome, rollout, traffic } = release;
  const toZero = rollout?.secondsToZero ?? null;
  return html`<li class="card">
<div class="line"><a class="version" href="#release-${index}">${version}</a>${badge(OUTCOME_SIGNS[outcome])}</div>
<p class="why">${reasonOf(release)}</p>
<dl class="facts">
${toZero === null ? null : fact("to zero", `${Number(toZero.toFixed(2))} s`)}
${fact("requests", amount(traffic.requests))}
${fact("failed", amount(traffic.failed))}
${fact("lost", amount(traffic.lost), (traffic.lost ?? 0) > 0)}
</dl>
</li>`;
}

/** All that is known of one release, in words and tables: it has to do without the charts. */
export function releaseSection(release: ReleaseRecord, index: number): Html {
  const { version, commit, digest, outcome, gates, rollout } = release;
  return html`<section class="sheet release" id="release-${index}" aria-label="Release ${version}">
<div class="head"><h2>${version}</h2>${badge(OUTCOME_SIGNS[outcome])}</div>
<p class="ids">commit <code>${commit}</code> · ${digest === null ? "nothing was built" : html`digest <code>${digest}</code>`}</p>
<h3>Gates, in the order they were met</h3>
${gates.length === 0 ? html`<p class="none">No gate was reached.</p>` : html`<ol class="gates">${gates.map(gateRow)}</ol>`}
<h3>Rollout</h3>
${rollout === null || rollout.steps.length === 0 ? html`<p class="none">No rollout was begun.</p>` : stepsTable(rollout.steps)}
</section>`;
}

/** What was asked of the service while each release went through its gates. */
export function trafficTable(releases: readonly ReleaseRecord[]): Html {
  const rows = releases.map(
    ({ version, traffic: { requests, failed, lost } }) => html`<tr><th scope="row">${version}</th>
<td>${amount(requests)}</td><td>${amount(failed)}</td>
<td>${requests === null || failed === null ? "–" : share(failed, requests)}</td><td>${amount(lost)}</td></tr>`,
  );
  return html`<div class="scroll"><table>
<thead><tr><th scope="col">Release</th><th scope="col">Requests</th><th scope="col">Failed</th><th scope="col">Failed share</th><th scope="col">Lost</th></tr></thead>
<tbody>${rows}</tbody></table></div>
<p class="hint">Failed: answered with an error. Lost: not answered at all. A dash: nobody counted.</p>`;
}

function badge({ sign, word, tone }: Sign): Html {
  return html`<span class="badge ${tone}"><span aria-hidden="true">${sign}</span>${word}</span>`;
}

function fact(name: string, value: string, loud = false): Html {
  return html`<div><dt>${name}</dt><dd class="${loud ? "loud" : ""}">${value}</dd></div>`;
}

function gateRow({ name, outcome, reason }: RecordedGate): Html {
  const { sign, word, tone } = GATE_SIGNS[outcome];
  return html`<li><span class="sign ${tone}" aria-hidden="true">${sign}</span>
<span class="name">${name}<span class="unseen"> ${word}</span></span><span class="reason">${reason}</span></li>`;
}

function stepsTable(steps: readonly RolloutStep[]): Html {
  return html`<div class="scroll"><table>
<thead><tr><th scope="col">Weight</th><th scope="col" class="word">Began (UTC)</th><th scope="col">Watched</th>
<th scope="col" class="word">Ended</th><th scope="col">Candidate failed</th><th scope="col">${comparedWith(steps)} failed</th>
<th scope="col">Evidence of worse</th></tr></thead>
<tbody>${steps.map(stepRow)}</tbody></table></div>
<p class="hint">Failed requests and evidence are totals from the rollout's beginning to the step's end.</p>
${findings(steps)}`;
}

function stepRow(step: RolloutStep): Html {
  const { startedAt, endedAt, outcome, evidence, early } = step;
  const seconds = endedAt === null ? null : (Date.parse(endedAt) - Date.parse(startedAt)) / 1_000;
  return html`<tr><th scope="row">${weightWords(step)}</th><td class="word">${startedAt.slice(11, 19)}</td>
<td>${seconds === null ? "–" : `${Number(seconds.toFixed(1))} s`}</td><td class="word">${outcome}${early === undefined ? null : " early"}</td>
<td>${evidence ? failures(evidence.candidate) : "–"}</td><td>${evidence ? failures(evidence.baseline) : "–"}</td>
<td>${evidence ? `${shortNumber(evidence.worse)} of ${shortNumber(evidence.threshold)}` : "–"}</td></tr>`;
}

function failures({ requests, errors }: { requests: number; errors: number }): string {
  return `${amount(errors)} of ${amount(requests)} (${share(errors, requests)})`;
}
