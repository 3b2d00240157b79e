import { mkdir, writeFile } from "node:fs/promises";
import { dirname, relative } from "node:path";
import { workspaceFolder } from "../../lib/action/action.ts";
import { assembleRelease } from "../../lib/evidence/assemble.ts";
import { canonicalJson, digestOf } from "../../lib/evidence/canonical.ts";
import { page } from "../../lib/evidence/page/page.ts";
import type { Record, ReleaseRecord, Traffic } from "../../lib/evidence/record.ts";
import { summarise } from "../../lib/evidence/summary.ts";
import type { Timeline } from "../../lib/evidence/timeline/timeline.ts";
import type { ReportContext, ReportOutputs } from "./action.ts";
import { tellSlack } from "./slack.ts";
import { readTimeline } from "./timeline.ts";

/** Tells what happened. It fails only for inputs that cannot be used: that a release failed is its news, not its fault. */
export async function report(context: ReportContext): Promise<ReportOutputs> {
  const { inputs, log, summary } = context;
  const facts = {
    needs: inputs.needs,
    version: inputs.version.replace(/^v(?=\d)/, ""),
    commit: inputs.commit,
  };
  const known = assembleRelease({ ...facts, traffic: inputs.traffic ?? NOBODY_COUNTED });
  const timeline = await readTimeline(known, inputs, log);
  const release: ReleaseRecord = { ...known, traffic: inputs.traffic ?? trafficOf(timeline) };
  const record: Record = { schema: 1, releases: [release] };

  const recordText = canonicalJson(record);
  await write(inputs.record, recordText);
  await write(inputs.page, page({ record, timeline, title: inputs.title }));
  summarise(summary, record, timeline);
  for (const line of [headline(release), ...gateLines(release)]) log.info(line);
  if (inputs["slack-webhook"] !== undefined) {
    await tellSlack(inputs["slack-webhook"], release, context);
  }
  return {
    outcome: release.outcome,
    record: fromWorkspace(inputs.record, context.env),
    page: fromWorkspace(inputs.page, context.env),
    "record-digest": digestOf(recordText),
  };
}

const NOBODY_COUNTED: Traffic = { requests: null, failed: null, lost: null };

/** What the service itself counted. What it was asked and never saw, only the asker knows. */
function trafficOf({ arms }: Timeline): Traffic {
  const windows = arms.flatMap((arm) => arm.windows).filter(({ requests }) => requests !== null);
  if (windows.length === 0) return NOBODY_COUNTED;
  return {
    requests: windows.reduce((sum, { requests }) => sum + (requests ?? 0), 0),
    failed: windows.reduce((sum, { errors }) => sum + (errors ?? 0), 0),
    lost: null,
  };
}

function headline({ version, outcome }: ReleaseRecord): string {
  return `${version}: ${outcome}`;
}

function gateLines({ gates }: ReleaseRecord): string[] {
  return gates.map(({ name, outcome, reason }) => `  ${name} ${outcome}: ${reason}`);
}

async function write(path: string, text: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, text);
}

function fromWorkspace(path: string, env: NodeJS.ProcessEnv): string {
  return relative(workspaceFolder(env), path);
}
