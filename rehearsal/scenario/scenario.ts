import { mkdir, mkdtemp, realpath, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readEnvironment } from "../../lib/environment/read.ts";
import { SluiceError } from "../../lib/error.ts";
import { page } from "../../lib/evidence/page/page.ts";
import { Record as EvidenceRecord, type ReleaseRecord } from "../../lib/evidence/record.ts";
import { timelineOfTrace } from "../../lib/evidence/timeline/of-trace.ts";
import {
  EMPTY_TIMELINE,
  mergeTimelines,
  type Timeline,
} from "../../lib/evidence/timeline/timeline.ts";
import { LocalTarget } from "../../lib/targets/local/local-target.ts";
import { startSite } from "../../lib/targets/local/site.ts";
import type { VerdictSettings } from "../../lib/verdict/verdict.ts";
import type { ApproveMode, Ask } from "../run/environment.ts";
import type { RunEvent } from "../run-event.ts";
import { rehearsalEnvironment } from "./environment.ts";
import { countBetween, type FlowReport } from "./flow-count.ts";
import { flowTimeline } from "./flow-timeline.ts";
import { startOrderFlow } from "./order-flow.ts";
import { type PushedTag, pushTag } from "./pushed-tag.ts";
import { makeRepository, type ScenarioVersion } from "./repository.ts";
import { type WeightsAt, watchWeights } from "./weight-history.ts";

export interface ScenarioOptions {
  /** The checkout that is rehearsed. */
  source: string;
  /** Where record.json and report.html go. */
  out: string;
  requestsPerSecond: number;
  approve: ApproveMode;
  ask: Ask;
  signal: AbortSignal;
  forceSignal: AbortSignal;
  say(line: string): void;
  onEvent(event: RunEvent): void;
}

export interface ScenarioResult {
  record: EvidenceRecord;
  flow: FlowReport;
  durationMs: number;
}

/** It serves when the rehearsal begins. */
const FIRST: ScenarioVersion = { tag: "v1.0.0", errorRate: 0.001 };
/** As good as the first; and one that fails ten times as often. */
const PUSHED: readonly ScenarioVersion[] = [
  { tag: "v1.1.0", errorRate: 0.001 },
  { tag: "v1.2.0", errorRate: 0.01 },
];

/**
 * The main job, end to end: a site that serves live order flow, and two tags pushed through release.yml. Whatever
 * happens, the site and all that it started are gone afterwards.
 */
export async function runScenario(options: ScenarioOptions): Promise<ScenarioResult> {
  const startedMs = performance.now();
  const folder = await realpath(await mkdtemp(join(tmpdir(), "sluice-rehearsal-")));
  await using cleanUp = new AsyncDisposableStack();
  cleanUp.defer(() => rm(folder, { recursive: true, force: true, maxRetries: 5 }));
  const { say } = options;

  say("The site: an engine behind a weighted proxy, on loopback");
  const text = await rehearsalEnvironment(options.source, join(folder, "site"));
  const repository = join(folder, "repository");
  const versions = [FIRST, ...PUSHED];
  await makeRepository(options.source, repository, versions, text);
  const environment = await readEnvironment(join(repository, "environments", "rehearsal.yaml"));
  const site = await startSite(environment);
  cleanUp.defer(() => site.close());
  const push = async (tag: string, approve: ApproveMode): Promise<PushedTag> => {
    options.signal.throwIfAborted();
    const pushed = await pushTag({ ...options, repository, tag, approve });
    cleanUp.defer(() => rm(pushed.folder, { recursive: true, force: true, maxRetries: 5 }));
    return pushed;
  };

  say(`\n${FIRST.tag} is released first, so that there is something to be compared with`);
  const first = await push(FIRST.tag, "always");
  if (first.conclusion !== "success") {
    throw new SluiceError("internal", `${FIRST.tag} could not be released: ${reasonOf(first)}`, {
      hint: "what its run printed above says why",
    });
  }

  say(`\nLive order flow at ${site.url}: ${options.requestsPerSecond} orders/s, until the end`);
  const reports: FlowReport[] = [];
  const flow = startOrderFlow(site.url, options.requestsPerSecond, (report) => {
    reports.push(report);
  });
  const weights: WeightsAt[] = [];
  const watched = new AbortController();
  const watching = watchWeights(new LocalTarget(environment), watched.signal, (change) => {
    weights.push(change);
  });
  const pushed: PushedTag[] = [];
  const releases: ReleaseRecord[] = [];
  try {
    for (const { tag } of PUSHED) {
      say(`\nTag ${tag} is pushed`);
      const before = flow.latest();
      const one = await push(tag, options.approve);
      const traffic = countBetween(before.total, flow.latest().total);
      pushed.push(one);
      releases.push({ ...one.release, traffic });
    }
  } finally {
    watched.abort();
    await watching;
    await flow.stop();
  }
  const record: EvidenceRecord = { schema: 1, releases };
  const shown = timeline(reports, weights, pushed, environment.verdict);
  await writeReport(options.out, record, shown);
  return { record, flow: flow.latest(), durationMs: performance.now() - startedMs };
}

function reasonOf({ release }: PushedTag): string {
  return release.gates.find((gate) => gate.outcome !== "passed")?.reason ?? release.outcome;
}

/** Counts from outside, by the order flow; evidence from the traces that the runs left. */
function timeline(
  reports: readonly FlowReport[],
  weights: readonly WeightsAt[],
  pushed: readonly PushedTag[],
  settings: VerdictSettings,
): Timeline {
  const judged = pushed.map(({ release, trace }) => ({
    ...EMPTY_TIMELINE,
    evidence: evidenceOf(release.version, trace, settings),
  }));
  return mergeTimelines(flowTimeline(reports, weights), ...judged);
}

/** From the candidate's first traffic on; before it there is nothing to weigh. */
function evidenceOf(candidate: string, trace: PushedTag["trace"], settings: VerdictSettings) {
  const judged = timelineOfTrace({ trace, candidate, baseline: "stable", settings });
  const firstAtMs = 1_000 * (trace.find((line) => line.weight > 0)?.t ?? 0);
  return judged.evidence.map((series) => ({
    ...series,
    points: series.points.filter((point) => point.atMs >= firstAtMs),
  }));
}

async function writeReport(out: string, record: EvidenceRecord, shown: Timeline): Promise<void> {
  const checked = EvidenceRecord.parse(record);
  await mkdir(out, { recursive: true });
  await writeFile(join(out, "record.json"), `${JSON.stringify(checked, null, 2)}\n`);
  const title = "Rehearsal: two tags through release.yml";
  await writeFile(join(out, "report.html"), page({ record: checked, timeline: shown, title }));
}
