import { readFile, stat } from "node:fs/promises";
import type { Log } from "../../lib/action/action.ts";
import { readEnvironment } from "../../lib/environment/read.ts";
import { causes } from "../../lib/error.ts";
import type { ReleaseRecord } from "../../lib/evidence/record.ts";
import {
  baselineOf,
  settingsOf,
  timelineOfTrace,
  trusted,
} from "../../lib/evidence/timeline/of-trace.ts";
import { EMPTY_TIMELINE, type Timeline } from "../../lib/evidence/timeline/timeline.ts";
import { readTrace } from "../../lib/evidence/timeline/trace.ts";
import type { ReportInputs } from "./action.ts";

/** A day of samples, one each second, is a tenth of this. */
const MAX_TRACE_BYTES = 256 * 1024 * 1024;

/** What the trace shows, or nothing, with a word in the log: a page without a timeline still tells the outcome. */
export async function readTimeline(
  release: ReleaseRecord,
  inputs: ReportInputs,
  log: Log,
): Promise<Timeline> {
  const { trace: path } = inputs;
  if (path === undefined) return EMPTY_TIMELINE;
  const size = await sizeOf(path);
  if (size === undefined) {
    log.info(`there is no trace at ${path}: the page has no timeline`);
    return EMPTY_TIMELINE;
  }
  if (size > MAX_TRACE_BYTES) {
    log.warning(`${path} has more than ${MAX_TRACE_BYTES} bytes: the page has no timeline`);
    return EMPTY_TIMELINE;
  }
  try {
    const settings = await settingsFor(release, inputs);
    const trace = readTrace(await readFile(path, "utf8"), path);
    const judged = { trace, candidate: release.version, baseline: "stable", settings };
    return trusted(timelineOfTrace(judged), release);
  } catch (error) {
    log.warning(`the page has no timeline: ${causes(error).join(": ")}`);
    return EMPTY_TIMELINE;
  }
}

async function settingsFor(release: ReleaseRecord, inputs: ReportInputs) {
  const file = inputs["environment-file"];
  if (file === undefined) return settingsOf(release.rollout);
  const { verdict } = await readEnvironment(file);
  return { ...verdict, baseline: baselineOf(release.rollout) };
}

async function sizeOf(path: string): Promise<number | undefined> {
  return stat(path).then(
    (found) => (found.isFile() ? found.size : undefined),
    () => undefined,
  );
}
