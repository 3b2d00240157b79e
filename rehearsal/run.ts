import { mkdtemp, realpath, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { causes } from "../lib/error.ts";
import { seeJob } from "./api/run/job-log.ts";
import { type RehearsedEvent, textAt } from "./event/event.ts";
import { evaluate } from "./language/expression.ts";
import { WorkflowFaults } from "./language/fault.ts";
import { toText } from "./language/value.ts";
import type { Rehearsal, RehearseOptions, RunResult } from "./options.ts";
import { prepareRehearsal } from "./prepare.ts";
import { Disturbances } from "./run/disturbance.ts";
import { githubContext } from "./run/github-context.ts";
import { type OpenSetting, openSetting } from "./run/open-setting.ts";
import { heldAtEnd } from "./run/run-hub.ts";
import type { RunSetting } from "./run/run-setting.ts";
import { type JobReport, overall, runWorkflow, type WorkflowEnd } from "./run/workflow-run.ts";
import type { Emit, JobResult, RunEvent } from "./run-event.ts";
import type { Texts, Values } from "./runner/running-job.ts";
import type { LoadedWorkflow } from "./workflow/load.ts";
import { DEFAULT_PERMISSIONS } from "./workflow/permission.ts";

export type { Rehearsal, RehearseOptions, RunResult } from "./options.ts";
export { prepareRehearsal } from "./prepare.ts";

/** Runs workflow files as GitHub would for an event. Throws a SluiceError when it can't start. */
export async function rehearse(options: RehearseOptions): Promise<RunResult> {
  const prepared = await prepareRehearsal(options);
  return runPrepared(prepared, options);
}

/** Runs what prepareRehearsal found. */
export async function runPrepared(
  rehearsal: Rehearsal,
  options: RehearseOptions,
): Promise<RunResult> {
  if (rehearsal.missing.length > 0) throw new WorkflowFaults(rehearsal.missing);
  const runId = String(Date.now());
  const startedAt = performance.now();
  const folder = await realpath(await mkdtemp(join(tmpdir(), "sluice-run-")));
  const disturbances = new Disturbances(options.cancelAfter, options.loseRunner);
  const emit: Emit = (happening) => {
    options.onEvent?.({ at: new Date().toISOString(), ...happening } as RunEvent);
    disturbances.see(happening);
    seeJob(setting.hub, happening);
  };
  const parts = { rehearsal, options, folder, runId, emit, disturbances };
  const setting = await openSetting(parts).catch(async (error: unknown) => {
    await rm(folder, { recursive: true, force: true });
    throw error;
  });
  try {
    const started = await startedWorkflows(rehearsal, options, setting, runId);
    tellStart(rehearsal, setting, started);
    const ends = await Promise.all(
      started.map((one) => runStarted(one, { rehearsal, options, setting })),
    );
    const holds = await heldAtEnd(setting.hub, options, setting.environments);
    if (Object.keys(holds).length > 0) emit({ type: "github", holds });
    const durationMs = Math.round(performance.now() - startedAt);
    const result = { ...resultOf(rehearsal, ends, setting), github: holds, durationMs };
    emit({ type: "run-finished", conclusion: result.conclusion, durationMs });
    return result;
  } finally {
    disturbances.stop();
    await setting.service.stop();
    if (!options.keep) await remove(folder, emit);
  }
}

/** A container whose root is this machine's may have left files that only root can remove: that is no reason to fail. */
async function remove(folder: string, emit: Emit): Promise<void> {
  try {
    await rm(folder, { recursive: true, force: true, maxRetries: 3 });
  } catch (error) {
    const why = causes(error)[0] ?? "it is in use";
    emit({ type: "notice", message: `${folder} could not be removed: ${why}` });
  }
}

/** A workflow that the event starts, with the github context of its run. */
interface StartedWorkflow {
  readonly loaded: LoadedWorkflow;
  readonly github: Values;
}

async function startedWorkflows(
  rehearsal: Rehearsal,
  options: RehearseOptions,
  setting: OpenSetting,
  runId: string,
): Promise<StartedWorkflow[]> {
  const service = await setting.service();
  return rehearsal.workflows.map((loaded) => ({
    loaded,
    github: githubContext(rehearsal.event, loaded, {
      token: setting.token,
      attempt: options.rerun ? 2 : 1,
      runId,
      apiUrl: setting.ownsToken ? service.url : "https://api.github.com",
    }),
  }));
}

function tellStart(
  rehearsal: Rehearsal,
  setting: RunSetting,
  started: readonly StartedWorkflow[],
): void {
  const { event, notices, idle } = rehearsal;
  const { emit, folder } = setting;
  emit({
    type: "run-started",
    workflows: started.map(({ loaded, github }) => ({
      file: loaded.workflow.file,
      runName: runName(loaded, github, rehearsal, setting),
    })),
    event: event.name,
    ref: event.ref,
    sha: event.sha,
    repository: event.repository.fullName,
    folder,
  });
  for (const message of notices) emit({ type: "notice", message });
  for (const { file, reason } of idle)
    emit({ type: "notice", message: `${file} does not run: ${reason}` });
}

function runStarted(
  { loaded, github }: StartedWorkflow,
  run: {
    readonly rehearsal: Rehearsal;
    readonly options: RehearseOptions;
    readonly setting: RunSetting;
  },
): Promise<WorkflowEnd> {
  const { rehearsal, options, setting } = run;
  return runWorkflow({
    setting,
    loaded,
    prefix: rehearsal.workflows.length > 1 ? `${shortName(loaded)}/` : "",
    github,
    inputs: rehearsal.inputs,
    secrets: { ...options.secrets, GITHUB_TOKEN: setting.token },
    permissions: DEFAULT_PERMISSIONS,
    before: options.rerun?.tree[loaded.workflow.file],
    only: options.job,
    from: options.from,
    held: new Map(),
    cancel: setting.cancel,
  }).catch((error: unknown): WorkflowEnd => {
    // An expression of the workflow itself failed, in its concurrency or its outputs.
    const message = `${loaded.workflow.file}: ${causes(error).join(": ")}`;
    setting.emit({ type: "notice", message });
    return { result: "failure", outputs: {}, jobs: {} };
  });
}

function shortName(loaded: LoadedWorkflow): string {
  return loaded.workflow.file.split("/").at(-1) ?? loaded.workflow.file;
}

/** The first line of what a push's last commit says. */
function subjectOf(event: RehearsedEvent): string | undefined {
  return textAt(event.payload, "head_commit", "message")?.split("\n")[0];
}

function runName(
  loaded: LoadedWorkflow,
  github: Values,
  rehearsal: Rehearsal,
  setting: RunSetting,
): string {
  const { runName: token, name } = loaded.workflow;
  if (!token) return rehearsal.event.name === "push" ? subjectOf(rehearsal.event) || name : name;
  return (
    toText(
      evaluate(token, { contexts: { github, inputs: rehearsal.inputs, vars: setting.vars } }),
    ) || name
  );
}

function resultOf(
  rehearsal: Rehearsal,
  ends: readonly WorkflowEnd[],
  setting: RunSetting,
): Omit<RunResult, "github" | "durationMs"> {
  const jobs: { [id: string]: JobResult } = {};
  const outputs: { [id: string]: Texts } = {};
  const tree: { [file: string]: { readonly [id: string]: JobReport } } = {};
  ends.forEach((end, at) => {
    const loaded = rehearsal.workflows[at];
    if (!loaded) return;
    tree[loaded.workflow.file] = end.jobs;
    for (const [id, report] of Object.entries(end.jobs)) {
      const key = ends.length > 1 ? `${shortName(loaded)}/${id}` : id;
      jobs[key] = report.result;
      outputs[key] = report.outputs;
    }
  });
  const result = overall(ends.map((end) => ({ result: end.result, outputs: {} })));
  const cancelled = setting.cancel.aborted && result !== "success";
  const conclusion = cancelled ? "cancelled" : result === "skipped" ? "success" : result;
  const { folder, artifacts } = setting;
  const folders = Object.fromEntries(
    artifacts.list().map((artifact) => [artifact.name, artifacts.folderOf(artifact)]),
  );
  return {
    conclusion,
    complete: true,
    jobs,
    outputs,
    tree,
    folder,
    artifacts: folders,
  };
}
