import { createHash } from "node:crypto";
import { digestOfValue } from "../canonical.ts";
import type { Record } from "../record.ts";
import { marksOf } from "../timeline/marks.ts";
import { EMPTY_TIMELINE, mergeTimelines, type Timeline } from "../timeline/timeline.ts";
import { chartData } from "./chart-data.ts";
import type { ChartData } from "./client/data.ts";
import { SCRIPT, STYLE } from "./generated/assets.ts";
import { Html, html, jsonBlock } from "./html.ts";
import { releaseCard, releaseSection, trafficTable } from "./releases.ts";

export interface PageInput {
  record: Record;
  /** Of all its releases together; see mergeTimelines. Moments of the rollouts are added from the record. */
  timeline?: Timeline;
  title?: string;
}

/**
 * One HTML file that shows a record to whoever has to decide: nothing is loaded from anywhere, and no text of
 * the record can become markup or script (its own script and style are named by hash, all others are refused).
 */
export function page({
  record,
  timeline = EMPTY_TIMELINE,
  title = "Release record",
}: PageInput): string {
  const { releases } = record;
  const moments = mergeTimelines(timeline, {
    ...EMPTY_TIMELINE,
    marks: timeline.marks.length > 0 ? [] : releases.flatMap(marksOf),
  });
  const data = chartData(releases, moments);
  const document = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy()}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex">
<meta name="referrer" content="no-referrer">
<title>${title}</title>
<style>${new Html(STYLE)}</style>
</head>
<body>
<header class="top"><h1>${title}</h1><p class="lede">${lede(record, data)}</p>
<ul class="cards">${releases.map(releaseCard)}</ul></header>
<main>
<h2>What happened</h2>
${data === null ? html`<p class="sheet none">No counters were read: there is no timeline.</p>` : charts(data)}
<h2>Traffic</h2>
<div class="sheet">${trafficTable(releases)}</div>
<h2>Releases</h2>
${releases.map(releaseSection)}
${recordBlock(record)}
</main>
<footer>${digestOfValue(record)} is the digest of this record in its canonical JSON (RFC 8785).</footer>
${data === null ? null : jsonBlock("chart-data", data)}
${data === null ? null : html`<script>${new Html(SCRIPT)}</script>`}
</body>
</html>
`;
  return document.text;
}

/** Only this page's own script and style, and nothing from anywhere. */
function policy(): string {
  const hash = (text: string) => `'sha256-${createHash("sha256").update(text).digest("base64")}'`;
  return [
    "default-src 'none'",
    `script-src ${hash(SCRIPT)}`,
    `style-src ${hash(STYLE)}`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
}

function lede({ releases }: Record, data: ChartData | null): string {
  const count = releases.length === 1 ? "One release" : `${releases.length} releases`;
  if (data === null) return count;
  const day = new Date(data.startMs).toISOString();
  return `${count} · ${day.slice(0, 10)} ${day.slice(11, 19)} to ${new Date(data.endMs).toISOString().slice(11, 19)} UTC`;
}

function charts(data: ChartData): Html {
  const legend = data.arms.map(
    ({ version }, index) => html`<li><span class="swatch v${index % 6}"></span>${version}</li>`,
  );
  const zooms = data.rollouts.map(
    ({ version }, index) => html`<button type="button" data-zoom="${index}">${version}</button>`,
  );
  return html`<div class="sheet">
<div class="bar"><ul class="legend" aria-label="Versions">${legend}</ul>
<div class="zooms" role="group" aria-label="Look at"><button type="button" data-zoom="all">All</button>${zooms}
<button type="button" data-zoom="in" aria-label="Closer">+</button><button type="button" data-zoom="out" aria-label="Farther">−</button></div></div>
<div id="charts" tabindex="0" role="application" aria-label="Timeline of traffic, errors and evidence. Arrow keys move the crosshair, plus and minus zoom, 0 shows all. The tables below say the same.">
<svg aria-hidden="true"></svg><div id="tooltip" hidden></div></div>
<p id="voice" class="unseen" aria-live="polite"></p>
<noscript><p class="hint">The charts need JavaScript; the tables below do not.</p></noscript>
<p class="hint">Drag to look closer, double-click to see all; drag the strip below the charts to move. Keys: <kbd>←</kbd> <kbd>→</kbd> <kbd>+</kbd> <kbd>−</kbd> <kbd>0</kbd>.</p>
</div>`;
}

function recordBlock(record: Record): Html {
  return html`<details><summary>record.json</summary><pre tabindex="0">${JSON.stringify(record, null, 2)}</pre></details>
${jsonBlock("record", record)}`;
}
