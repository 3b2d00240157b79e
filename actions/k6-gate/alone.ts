import { THROWN } from "../../lib/load/block-book.ts";
import { findingsOf, type Work, workOf } from "../../lib/load/finding.ts";
import {
  compareWithHistory,
  MIN_HISTORY,
  type RunFacts,
  worseThanHistory,
} from "../../lib/load/history.ts";
import type { K6Summary } from "../../lib/load/k6-summary.ts";
import { runSolo } from "../../lib/load/solo-run.ts";
import { formatDuration } from "../../lib/units/duration.ts";
import { tell } from "./compare.ts";
import type { ScriptResult } from "./result.ts";
import type { ScriptRun } from "./run.ts";

/** Runs one script as it is, and judges it by its own thresholds and by the runs before. */
export async function runAlone(run: ScriptRun): Promise<ScriptResult> {
  const { inputs, name, log, versions, history } = run;
  const { candidate } = versions;
  const ended = await runSolo({
    ...run,
    name: "alone",
    variables: candidate === undefined ? {} : { [inputs["url-variable"]]: candidate },
    latency: inputs.metric,
    onProgress: ({ elapsedMs, iterations, p95Ms }) =>
      log.info(
        `  ${name}: ${formatDuration(elapsedMs)} · ${iterations} iterations · p95 ${p95Ms === undefined ? "none yet" : `${p95Ms.toPrecision(3)} ms`}`,
      ),
    onLog: (line) => tell(log, inputs.debug, `${name}: ${line}`),
  });
  const work = workOf(ended.summary, THROWN);
  const findings = findingsOf(ended, work);
  const facts = ended.summary && factsOf(ended.summary, work, run);
  const before = history.scripts[name] ?? [];
  const ratios = facts ? compareWithHistory(facts, before, inputs.alpha / 100 / run.scripts) : [];
  const worse = worseThanHistory(ratios, 1 + inputs.margin / 100);
  const reasons = [...findings.map(({ message }) => message), ...worse];
  return {
    script: name,
    outcome: reasons.length > 0 ? "failed" : "passed",
    reason:
      reasons.join("; ") || passReason(run, before.length, thresholdWords(ended.summary, work)),
    findings,
    ratios: [],
    history: ratios,
    rounds: [],
    iterations: work.iterations,
    requests: work.requests,
    facts,
  };
}

/** A script without thresholds keeps none: then it was only seen that it ran and was answered. */
function thresholdWords(summary: K6Summary | undefined, { failed, requests }: Work): string {
  const metrics = Object.values(summary?.metrics ?? {});
  const has = metrics.some(({ thresholds = {} }) => Object.keys(thresholds).length > 0);
  return has
    ? "thresholds kept"
    : `no threshold was there to be kept (${failed} of ${requests} requests failed)`;
}

function passReason({ inputs, versions }: ScriptRun, runs: number, kept: string): string {
  if (runs >= MIN_HISTORY) return `${kept}, and no worse than the ${runs} runs before`;
  const stored =
    inputs["baseline-file"] === undefined
      ? ""
      : `; the stored baseline has ${runs} runs, ${MIN_HISTORY} are needed to judge by it`;
  return `${kept}; compared with ${versions.comparedWith}${stored}`;
}

function factsOf({ metrics, state }: K6Summary, work: Work, run: ScriptRun): RunFacts {
  const trend = metrics[run.inputs.metric]?.values;
  const latency = { p50: trend?.med, p95: trend?.["p(95)"], p99: trend?.["p(99)"] };
  const known = Object.entries(latency).filter(
    (entry): entry is [string, number] => typeof entry[1] === "number",
  );
  return {
    at: new Date().toISOString(),
    commit: run.commit,
    values: {
      ...Object.fromEntries(known),
      "error-rate": work.failed / Math.max(1, work.requests),
      throughput:
        (work.iterations - work.thrown) / Math.max(0.001, state.testRunDurationMs / 1_000),
    },
  };
}
