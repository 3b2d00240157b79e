import { randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, realpath, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { causes } from "../lib/error.ts";
import { cacheFolderOf } from "../lib/tools/shop.ts";
import { seeJob } from "./api/job-log.ts";
import { type RehearsedEvent, textAt } from "./event/event.ts";
import { evaluate } from "./language/expression.ts";
import { toText } from "./language/value.ts";
import type { Rehearsal, RehearseOptions, RunResult } from "./options.ts";
import { environmentsOf, folderOf, prepareRehearsal } from "./prepare.ts";
import { ConcurrencyGroups, Slots } from "./run/concurrency.ts";
import { Disturbances } from "./run/disturbance.ts";
import { githubContext } from "./run/github-context.ts";
import { type LazyService, startOnce } from "./run/lazy-service.ts";
import { heldAtEnd, makeHub } from "./run/run-hub.ts";
import type { RunSetting } from "./run/run-setting.ts";
import { fillToolCache } from "./run/tool-cache.ts";
import { type JobReport, overall, runWorkflow, type WorkflowEnd } from "./run/workflow-run.ts";
import type { Emit, JobResult, RunEvent } from "./run-event.ts";
import { valuesToHide } from "./runner/mask.ts";
import { GITHUB_CANCEL_TIMING } from "./runner/process.ts";
import { hostEnvironment } from "./runner/process-env.ts";
import type { Texts, Values } from "./runner/running-job.ts";
import { ArtifactStore } from "./stand-in/artifact-store.ts";
import type { LoadedWorkflow } from "./workflow/load.ts";
import { DEFAULT_PERMISSIONS } from "./workflow/permission.ts";

export type { Rehearsal, RehearseOptions, RunResult } from "./options.ts";
export { prepareRehearsal } from "./prepare.ts";

/** As many jobs as GitHub's free plan runs at once. */
const MAX_JOBS_AT_ONCE = 20;

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
  const { event } = rehearsal;
  const runId = String(Date.now());
  const startedAt = performance.now();
  const folder = await realpath(await mkdtemp(join(tmpdir(), "sluice-run-")));
  const disturbances = new Disturbances(options.cancelAfter, options.loseRunner);
  const emit: Emit = (happening) => {
    options.onEvent?.({ at: new Date().toISOString(), ...happening } as RunEvent);
    disturbances.see(happening);
    seeJob(setting.hub, happening);
  };
  const setting = await makeSetting({ rehearsal, options, folder, runId, emit, disturbances });
  try {
    const service = await setting.service();
    const runs = rehearsal.workflows.map((loaded) => ({
      loaded,
      github: githubContext(event, loaded, {
        token: setting.token,
        attempt: options.rerun ? 2 : 1,
        runId,
        apiUrl: setting.ownsToken ? service.url : "https://api.github.com",
      }),
    }));
    emit({
      type: "run-started",
      workflows: runs.map(({ loaded, github }) => ({
        file: loaded.workflow.file,
        runName: runName(loaded, github, rehearsal, setting),
      })),
      event: event.name,
      ref: event.ref,
      sha: event.sha,
      repository: event.repository.fullName,
      folder,
    });
    for (const message of rehearsal.notices) emit({ type: "notice", message });
    for (const { file, reason } of rehearsal.idle)
      emit({ type: "notice", message: `${file} does not run: ${reason}` });
    const several = runs.length > 1;
    const ends = await Promise.all(
      runs.map(({ loaded, github }) =>
        runWorkflow({
          setting,
          loaded,
          prefix: several ? `${shortName(loaded)}/` : "",
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
          emit({ type: "notice", message: `${loaded.workflow.file}: ${causes(error).join(": ")}` });
          return { result: "failure", outputs: {}, jobs: {} };
        }),
      ),
    );
    const holds = await heldAtEnd(setting.hub, options, setting.environments);
    if (Object.keys(holds).length > 0) emit({ type: "github", holds });
    const durationMs = Math.round(performance.now() - startedAt);
    const result = { ...resultOf(rehearsal, ends, setting), github: holds, durationMs };
    emit({ type: "run-finished", conclusion: result.conclusion, durationMs: result.durationMs });
    return result;
  } finally {
    disturbances.stop();
    await setting.service.stop();
    if (!options.keep) await rm(folder, { recursive: true, force: true, maxRetries: 3 });
  }
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

/** A secret or a variable asks for debug messages; the secret wins. */
function asksForDebug(known: Texts): boolean {
  return known.ACTIONS_STEP_DEBUG === "true";
}

interface SettingParts {
  readonly rehearsal: Rehearsal;
  readonly options: RehearseOptions;
  readonly folder: string;
  readonly runId: string;
  readonly emit: Emit;
  readonly disturbances: Disturbances;
}

async function makeSetting(
  parts: SettingParts,
): Promise<RunSetting & { readonly service: LazyService }> {
  const { rehearsal, options, folder, emit, disturbances } = parts;
  const artifacts = new ArtifactStore(join(folder, "artifacts"));
  for (const [name, path] of Object.entries(options.rerun?.artifacts ?? {})) {
    if (existsSync(path)) await artifacts.adopt(name, path);
  }
  const eventFile = join(folder, "event.json");
  await mkdir(join(folder, "tools"));
  await writeFile(eventFile, JSON.stringify(rehearsal.event.payload, null, 2));
  const environments = await environmentsOf(options);
  const hub = makeHub({ ...parts, environments, artifacts });
  const token = options.secrets?.GITHUB_TOKEN;
  const mappings = await Promise.all(
    (options.repos ?? []).map(async (mapping) => ({
      ...mapping,
      path: await folderOf(mapping.path),
    })),
  );
  await fillToolCache(join(folder, "tools"), mappings);
  return {
    event: rehearsal.event,
    folder,
    eventFile,
    // A job's workspace is a clone; the sites that its environment files name are those of the repository itself.
    // A run's own RUNNER_TOOL_CACHE is gone with it: what took minutes to obtain is kept where this machine keeps it.
    hostEnv: {
      SLUICE_SITES: rehearsal.root,
      SLUICE_TOOL_CACHE: cacheFolderOf(process.env),
      ...hostEnvironment(process.env),
      ...options.env,
    },
    vars: options.vars ?? {},
    secrets: valuesToHide(options.secrets ?? {}),
    token: token ?? `ghs_rehearsal${randomBytes(16).toString("hex")}`,
    ownsToken: token === undefined,
    hub,
    environments,
    realTime: options.realTime ?? false,
    approve: options.approve ?? "always",
    ask: options.ask,
    mappings,
    artifacts,
    service: startOnce(folder, artifacts, (service) => {
      hub.servedAt(service.url);
      service.serveApi(async () => {
        const { GitHubApi } = await import("./api/github-api.ts");
        return new GitHubApi(hub, { faults: options.apiFaults ?? [], limit: options.apiLimit });
      });
      service.serveGit(async () => {
        const { GitHost } = await import("./service/git-host.ts");
        return new GitHost(hub, mappings);
      });
    }),
    groups: new ConcurrencyGroups(),
    slots: new Slots(MAX_JOBS_AT_ONCE),
    timing: options.cancelTiming ?? GITHUB_CANCEL_TIMING,
    emit,
    notices: [],
    debug: options.debug ?? asksForDebug({ ...options.vars, ...options.secrets }),
    runners: options.runners ?? [],
    disturbances,
    cancel: options.signal
      ? AbortSignal.any([options.signal, disturbances.cancel])
      : disturbances.cancel,
    force: options.forceSignal ?? new AbortController().signal,
  };
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
