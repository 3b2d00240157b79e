import { readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { SluiceError } from "../../lib/error.ts";
import { Record as EvidenceRecord, type ReleaseRecord } from "../../lib/evidence/record.ts";
import { readTrace, type TraceLine } from "../../lib/evidence/timeline/trace.ts";
import type { ApproveMode, Ask } from "../run/environment.ts";
import { type RunResult, rehearse } from "../run.ts";
import type { Conclusion, RunEvent } from "../run-event.ts";

export interface PushOptions {
  repository: string;
  tag: string;
  secrets: Record<string, string>;
  vars: Record<string, string>;
  /** Added to the environment of every step. */
  env: Record<string, string>;
  approve: ApproveMode;
  ask: Ask;
  onEvent: (event: RunEvent) => void;
  signal: AbortSignal;
  forceSignal: AbortSignal;
}

/** How release.yml ended for one tag, and what it left behind. */
export interface PushedTag {
  tag: string;
  conclusion: Conclusion;
  /** Folder of the run, with its artifacts; the scenario removes it. */
  folder: string;
  release: ReleaseRecord;
  trace: TraceLine[];
}

/** Runs .github/workflows/release.yml for the push of `tag`, as GitHub would. */
export async function pushTag(options: PushOptions): Promise<PushedTag> {
  const { repository, tag, secrets, vars, env, approve, ask, onEvent, signal, forceSignal } =
    options;
  const result = await rehearse({
    dir: repository,
    workflow: "release.yml",
    event: "push",
    ref: `refs/tags/${tag}`,
    secrets,
    vars,
    env,
    environments: { production: { reviewers: ["operator"] } },
    approve,
    ask,
    onEvent,
    signal,
    forceSignal,
    keep: true,
  });
  return pushedTag(tag, result, signal).catch(async (error: unknown) => {
    // Nobody gets to know of the folder, so nobody else can remove it.
    await rm(result.folder, { recursive: true, force: true, maxRetries: 5 });
    throw error;
  });
}

async function pushedTag(tag: string, result: RunResult, signal: AbortSignal): Promise<PushedTag> {
  const { conclusion, folder, artifacts } = result;
  const record = artifacts.record ? await readRecord(artifacts.record) : undefined;
  if (!record) {
    throw new SluiceError(
      signal.aborted ? "cancelled" : "internal",
      `the run for ${tag} ended as ${conclusion} without a record`,
      { hint: "what it printed says why" },
    );
  }
  const trace = artifacts["rollout-trace"] ? await traceIn(artifacts["rollout-trace"]) : [];
  return { tag, conclusion, folder, release: record, trace };
}

async function readRecord(folder: string): Promise<ReleaseRecord | undefined> {
  const text = await readFile(join(folder, "record.json"), "utf8").catch(() => undefined);
  return text === undefined ? undefined : EvidenceRecord.parse(JSON.parse(text)).releases[0];
}

async function traceIn(folder: string): Promise<TraceLine[]> {
  const file = join(folder, "rollout-trace.jsonl");
  const text = await readFile(file, "utf8").catch(() => "");
  return readTrace(text, file);
}
