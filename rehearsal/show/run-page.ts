import { formatDuration } from "../../lib/units/duration.ts";
import type { Annotation } from "../run-event.ts";
import { callText, holdingsLines } from "./holdings-line.ts";
import { escapeHtml } from "./html.ts";
import { markdownHtml } from "./markdown.ts";
import type { JobRecord, RunRecord, StepRecord } from "./run-record.ts";

const STYLE = `
:root { color-scheme: light dark; --line: color-mix(in srgb, currentColor 18%, transparent); --soft: color-mix(in srgb, currentColor 6%, transparent);
  --success: #1a7f37; --failure: #cf222e; --cancelled: #9a6700; --skipped: #8c959f; }
@media (prefers-color-scheme: dark) { :root { --success: #3fb950; --failure: #f85149; --cancelled: #d29922; } }
* { box-sizing: border-box }
body { font: 14px/1.5 system-ui, sans-serif; margin: 0 auto; max-width: 1100px; padding: 2rem 1rem }
h1 { font-size: 1.4rem; margin: 0 } h2 { font-size: 1.05rem; margin: 2rem 0 .5rem }
.mark { display: inline-block; width: .7em; height: .7em; border-radius: 50%; background: var(--skipped); margin-right: .5em }
.success { background: var(--success) } .failure { background: var(--failure) } .cancelled { background: var(--cancelled) }
.muted { opacity: .7 } .graph { display: flex; gap: 1.2rem; overflow-x: auto; padding: .2rem 0 1rem }
.wave { display: flex; flex-direction: column; gap: .5rem; justify-content: center }
.box { border: 1px solid var(--line); border-radius: 6px; padding: .4rem .7rem; white-space: nowrap; color: inherit; text-decoration: none }
.box small { display: block; opacity: .7 } .box .box { margin-top: .3rem }
.time { display: grid; grid-template-columns: minmax(8rem, 16rem) 1fr 5rem; gap: .2rem .8rem; align-items: center }
.time span { overflow: hidden; text-overflow: ellipsis; white-space: nowrap }
.bar { position: relative; height: .9rem; background: var(--soft); border-radius: 3px } .bar i { position: absolute; top: 0; bottom: 0; min-width: 2px; border-radius: 3px; background: var(--skipped) }
.bar i.success { background: var(--success) } .bar i.failure { background: var(--failure) } .bar i.cancelled { background: var(--cancelled) }
details { border: 1px solid var(--line); border-radius: 6px; margin: .4rem 0 } summary { cursor: pointer; padding: .4rem .7rem }
details details { margin: .3rem .7rem } pre { margin: 0; padding: .6rem .8rem; overflow-x: auto; background: var(--soft); font-size: 12px; tab-size: 4 }
.note { border-left: 3px solid var(--cancelled); padding: .2rem .7rem; margin: .3rem 0; white-space: pre-wrap } .note.error { border-color: var(--failure) } .note.notice { border-color: #0969da }
.text { border: 1px solid var(--line); border-radius: 6px; padding: .2rem 1rem; overflow-x: auto } table { border-collapse: collapse } td, th { border: 1px solid var(--line); padding: .25rem .6rem; text-align: left }
`;

/** One self-contained page about a run: graph, timeline, approvals, annotations, summaries and logs. */
export function runPage(record: RunRecord): string {
  const { head } = record;
  const title = head?.workflows.map(({ runName }) => runName).join(", ") ?? "Rehearsal";
  const jobs = [...record.jobs.values()];
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${escapeHtml(title)} · rehearsal</title><style>${STYLE}</style></head><body>
<h1>${mark(record.conclusion)}${escapeHtml(title)}</h1>
<p class="muted">${escapeHtml(headline(record))}</p>
${record.notices.map((notice) => `<p class="note notice">${escapeHtml(notice)}</p>`).join("\n")}
<h2>Jobs</h2>${graph(jobs, "")}
<h2>Timeline</h2>${timeline(record, jobs)}
${section("Approvals", jobs.flatMap(approvals))}
${section("GitHub", github(record))}
${section("Annotations", jobs.flatMap(annotations))}
${section("Summaries", jobs.flatMap(summaries))}
<h2>Logs</h2>${jobs.map(jobLog).join("\n")}
</body></html>
`;
}

function headline({ head, conclusion, startedAt, endedAt }: RunRecord): string {
  if (!head) return "";
  const files = head.workflows.map(({ file }) => file).join(", ");
  const when = new Date(startedAt).toISOString().replace("T", " ").slice(0, 19);
  return `${files} in ${head.repository} on ${head.event} of ${head.ref} at ${head.sha.slice(0, 7)} · ${when} UTC · ${conclusion ?? "not finished"} after ${formatDuration(endedAt - startedAt)}`;
}

function mark(result: string | undefined): string {
  return `<span class="mark ${result ?? ""}" title="${result ?? "did not run"}"></span>`;
}

function section(title: string, parts: readonly string[]): string {
  return parts.length === 0 ? "" : `<h2>${title}</h2>${parts.join("\n")}`;
}

function anchor(job: JobRecord): string {
  return `job-${encodeURIComponent(job.path)}`;
}

/** The jobs right below a path: its matrix's and its called workflow's jobs are drawn inside it. */
function within(jobs: readonly JobRecord[], parent: string): JobRecord[] {
  return jobs.filter(({ path }) => {
    if (!path.startsWith(parent) || path === parent) return false;
    const rest = path.slice(parent.length);
    const plain = rest.replace(/ \([^/]*\)$/, "");
    const isLeg = plain !== rest && jobs.some((job) => job.path === `${parent}${plain}`);
    return !rest.includes("/") && !isLeg;
  });
}

function graph(jobs: readonly JobRecord[], parent: string): string {
  const own = within(jobs, parent);
  const depth = new Map<string, number>();
  const depthOf = (job: JobRecord, seen: readonly string[] = []): number => {
    const known = depth.get(job.path);
    if (known !== undefined || seen.includes(job.path)) return known ?? 0;
    const needs = own.filter(({ path }) => job.needs.includes(path));
    const value = Math.max(-1, ...needs.map((need) => depthOf(need, [...seen, job.path]))) + 1;
    depth.set(job.path, value);
    return value;
  };
  const waves: string[][] = [];
  for (const job of own) {
    const at = depthOf(job);
    const wave = waves[at] ?? [];
    waves[at] = wave;
    wave.push(box(jobs, job));
  }
  return `<div class="graph">${waves.map((wave) => `<div class="wave">${wave.join("")}</div>`).join("")}</div>`;
}

function box(jobs: readonly JobRecord[], job: JobRecord): string {
  const legs = jobs.filter(
    ({ path }) => path.startsWith(`${job.path} (`) && !path.slice(job.path.length).includes("/"),
  );
  const children = within(jobs, `${job.path}/`);
  const inner = [
    ...legs.map((leg) => box(jobs, leg)),
    children.length > 0 ? graph(jobs, `${job.path}/`) : "",
  ].join("");
  const link = `<a href="#${anchor(job)}" style="color:inherit">${mark(job.result)}${escapeHtml(job.name)}</a>`;
  return `<div class="box">${link}<small>${escapeHtml(job.reason ?? duration(job))}</small>${inner}</div>`;
}

function duration({ startedAt, endedAt }: JobRecord): string {
  return startedAt === undefined || endedAt === undefined
    ? ""
    : formatDuration(endedAt - startedAt);
}

function timeline(record: RunRecord, jobs: readonly JobRecord[]): string {
  const total = Math.max(record.endedAt - record.startedAt, 1);
  const rows = jobs.flatMap((job) => {
    if (job.startedAt === undefined) return [];
    const left = ((job.startedAt - record.startedAt) / total) * 100;
    const width = (((job.endedAt ?? record.endedAt) - job.startedAt) / total) * 100;
    const style = `left:${left.toFixed(2)}%;width:${width.toFixed(2)}%`;
    return [
      `<span title="${escapeHtml(job.path)}">${escapeHtml(job.path)}</span><div class="bar"><i class="${job.result ?? ""}" style="${style}"></i></div><span class="muted">${duration(job)}</span>`,
    ];
  });
  return `<div class="time">${rows.join("\n")}</div>`;
}

function approvals(job: JobRecord): string[] {
  return job.approvals.map(
    ({ reason }) =>
      `<p class="note notice"><b>${escapeHtml(job.path)}</b>: ${escapeHtml(reason)}</p>`,
  );
}

/** What the run left on GitHub, and what GitHub refused it. */
function github({ holds, calls, refusals }: RunRecord): string[] {
  const lines = holdingsLines(holds);
  if (lines.length + refusals.length === 0) return [];
  const items = lines.map((line) => `<li>${escapeHtml(line)}</li>`).join("");
  const texts = (holds.releases ?? []).filter(({ text }) => text !== "");
  return [
    `<p class="muted">${calls} requests to the rehearsal's GitHub</p><ul>${items}</ul>`,
    ...refusals.map(
      (call) =>
        `<p class="note"><b>${escapeHtml(call.job || "a person's token")}</b>: ${escapeHtml(callText(call))}</p>`,
    ),
    ...texts.map(
      ({ tag, text }) =>
        `<details><summary>Text of release ${escapeHtml(tag)}</summary><div class="text">${markdownHtml(text)}</div></details>`,
    ),
  ];
}

function annotations(job: JobRecord): string[] {
  return job.annotations.map(
    (annotation) =>
      `<p class="note ${annotation.level}"><b>${escapeHtml(job.path)}</b>${place(annotation)}: ${escapeHtml(annotation.message)}</p>`,
  );
}

function place({ file, line }: Annotation): string {
  return file === undefined ? "" : ` ${escapeHtml(file)}${line === undefined ? "" : `:${line}`}`;
}

function summaries(job: JobRecord): string[] {
  return job.summaries.map(
    (markdown) =>
      `<p><b>${escapeHtml(job.path)}</b></p><div class="text">${markdownHtml(markdown)}</div>`,
  );
}

function jobLog(job: JobRecord): string {
  const failed = job.result === "failure";
  const why = job.reason ? ` <span class="muted">${escapeHtml(job.reason)}</span>` : "";
  const where = job.url ? ` <span class="muted">${escapeHtml(job.url)}</span>` : "";
  return `<details id="${anchor(job)}"${failed ? " open" : ""}><summary>${mark(job.result)}${escapeHtml(job.path)} <span class="muted">${duration(job)}</span>${why}${where}</summary>${[...job.steps.values()].map(stepLog).join("\n")}</details>`;
}

function stepLog(step: StepRecord): string {
  const failed = step.conclusion === "failure";
  const log = step.log.length === 0 ? "" : `<pre>${escapeHtml(step.log.join("\n"))}</pre>`;
  return `<details${failed ? " open" : ""}><summary>${mark(step.conclusion)}${escapeHtml(step.name)} <span class="muted">${formatDuration(step.durationMs)}</span></summary>${log}</details>`;
}
