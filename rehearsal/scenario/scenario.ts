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
import { openShop } from "../../lib/tools/shop.ts";
import type { VerdictSettings } from "../../lib/verdict/verdict.ts";
import type { ApproveMode, Ask } from "../run/environment.ts";
import type { RunEvent } from "../run-event.ts";
import { PUBLIC_KEY, QUICK_LOAD, QUICK_LOAD_RATE, rehearsalEnvironment } from "./environment.ts";
import { countBetween, type FlowReport } from "./flow-count.ts";
import { flowTimeline } from "./flow-timeline.ts";
import { obtainGateTools, type ToolGate } from "./gate-tool.ts";
import { startOrderFlow } from "./order-flow.ts";
import { type PushedTag, pushTag } from "./pushed-tag.ts";
import { checkOut, makeRepository } from "./repository.ts";
import { openSecurity } from "./security.ts";
import { FIRST, type PushedVersion } from "./story.ts";
import { type WeightsAt, watchWeights } from "./weight-history.ts";

export interface ScenarioOptions {
  /** The checkout that is rehearsed. */
  source: string;
  /** Where record.json and report.html go. */
  out: string;
  requestsPerSecond: number;
  /** Pushed one after the other; each has to end as it says. */
  versions: readonly PushedVersion[];
  /** Gates that are skipped by request, and recorded as that. */
  without: readonly ToolGate[];
  approve: ApproveMode;
  ask: Ask;
  signal: AbortSignal;
  forceSignal: AbortSignal;
  say(line: string): void;
  onEvent(event: RunEvent): void;
}

export interface ScenarioResult {
  record: EvidenceRecord;
  pushed: readonly PushedVersion[];
  flow: FlowReport;
  durationMs: number;
}

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

  const shop = openShop({ say, signal: options.signal });
  await obtainGateTools(options.without, shop);
  say("The site: an engine behind a weighted proxy, on loopback");
  const security = await openSecurity({ folder, without: options.without, shop });
  const files = {
    "environments/rehearsal.yaml": await rehearsalEnvironment(options.source, {
      site: join(folder, "site"),
      signed: security.publicKey !== undefined,
    }),
    ...(security.publicKey === undefined ? {} : { [PUBLIC_KEY]: security.publicKey }),
  };
  const repository = join(folder, "repository");
  await makeRepository(options.source, repository, [FIRST, ...options.versions], files);
  const environment = await readEnvironment(join(repository, "environments", "rehearsal.yaml"));
  const site = await startSite(environment);
  cleanUp.defer(() => site.close());
  const push = async (
    tag: string,
    approve: ApproveMode,
    stepEnv: Record<string, string> = {},
  ): Promise<PushedTag> => {
    options.signal.throwIfAborted();
    const { secrets } = security;
    const vars = {
      ...security.vars,
      SLUICE_ENVIRONMENT_FILE: "environments/rehearsal.yaml",
      SLUICE_LOAD: JSON.stringify(QUICK_LOAD),
    };
    const env = { SLUICE_TOOL_CACHE: shop.cacheFolder, RATE: QUICK_LOAD_RATE, ...stepEnv };
    await checkOut(repository, tag);
    const pushed = await pushTag({ ...options, repository, tag, approve, secrets, vars, env });
    cleanUp.defer(() => rm(pushed.folder, { recursive: true, force: true, maxRetries: 5 }));
    return pushed;
  };

  say(`\n${FIRST.tag} is released first, so that there is something to be compared with`);
  // There is nothing to compare it with, so its load test by itself can be short.
  const first = await push(FIRST.tag, "always", { DURATION: "4s" });
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
    for (const { tag, says } of options.versions) {
      say(`\nTag ${tag} is pushed, which ${says}`);
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
  await security.sign(join(options.out, "record.json"));
  return {
    record,
    pushed: options.versions,
    flow: flow.latest(),
    durationMs: performance.now() - startedMs,
  };
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
  const title = "Rehearsal: tags through release.yml";
  await writeFile(join(out, "report.html"), page({ record: checked, timeline: shown, title }));
}
