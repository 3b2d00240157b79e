import { randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readdir, realpath, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { isAbsolute, join, relative, resolve } from "node:path";
import { SluiceError } from "../lib/error.ts";
import { makeEvent, type RehearsedEvent } from "./event/event.ts";
import { type Repository, readRepository } from "./event/repository.ts";
import { type Trigger, triggerOf } from "./event/trigger.ts";
import { evaluate } from "./language/expression.ts";
import { type Fault, WorkflowFaults } from "./language/fault.ts";
import { toText, type Value } from "./language/value.ts";
import { ConcurrencyGroups, Slots } from "./run/concurrency.ts";
import { Disturbances, type Moment } from "./run/disturbance.ts";
import type {
  ApproveMode,
  Ask,
  EnvironmentSettings,
  EnvironmentSettingsInput,
} from "./run/environment.ts";
import { githubContext } from "./run/github-context.ts";
import type { RunSetting } from "./run/run-setting.ts";
import { type JobReport, overall, runWorkflow, type WorkflowEnd } from "./run/workflow-run.ts";
import type { Conclusion, Emit, JobResult, RunEvent } from "./run-event.ts";
import { type CancelTiming, GITHUB_CANCEL_TIMING } from "./runner/process.ts";
import { hostEnvironment } from "./runner/process-env.ts";
import type { Texts, Values } from "./runner/running-job.ts";
import type { RunService } from "./service/run-service.ts";
import { ArtifactStore } from "./stand-in/artifact-store.ts";
import { typedInputs } from "./workflow/input.ts";
import { type LoadedWorkflow, loadWorkflow } from "./workflow/load.ts";
import { DEFAULT_PERMISSIONS } from "./workflow/permission.ts";
import type { RepositoryMapping } from "./workflow/source-tree.ts";

/** As many jobs as GitHub's free plan runs at once. */
const MAX_JOBS_AT_ONCE = 20;

export interface RehearseOptions {
  /** The repository whose workflows are rehearsed. */
  readonly dir: string;
  /** A file below `.github/workflows`, by path or by name; without it, all that the event starts. */
  readonly workflow?: string | undefined;
  /** Default: push, or what the workflow runs on when it does not run on push. */
  readonly event?: string | undefined;
  readonly payload?: { readonly [key: string]: Value } | undefined;
  readonly ref?: string | undefined;
  readonly inputs?: { readonly [name: string]: string } | undefined;
  readonly vars?: Texts | undefined;
  readonly secrets?: Texts | undefined;
  readonly environments?: EnvironmentSettingsInput | undefined;
  readonly repos?: readonly RepositoryMapping[] | undefined;
  /** Default: always. */
  readonly approve?: ApproveMode | undefined;
  readonly ask?: Ask | undefined;
  readonly onEvent?: ((event: RunEvent) => void) | undefined;
  /** Cancels the run, as GitHub's button does. */
  readonly signal?: AbortSignal | undefined;
  /** Ends what is still running after a cancel. */
  readonly forceSignal?: AbortSignal | undefined;
  /** The result of a run before: jobs that succeeded in it are kept, with their outputs and artifacts. */
  readonly rerun?: Pick<RunResult, "tree" | "artifacts"> | undefined;
  /** Cancels the run after `job/step`, or some time after it. */
  readonly cancelAfter?: Moment | undefined;
  /** Loses a job's runner when `job/step` starts, or some time after: nothing more of that job runs. */
  readonly loseRunner?: Moment | undefined;
  /** Added to the environment of every step, below `env:`. */
  readonly env?: Texts | undefined;
  /** Keeps workspaces, artifacts and logs in the system's temp folder. */
  readonly keep?: boolean | undefined;
  readonly debug?: boolean | undefined;
  readonly cancelTiming?: CancelTiming | undefined;
}

export interface RunResult {
  readonly conclusion: Conclusion;
  readonly complete: true;
  /** By id of the workflow's jobs; with several workflows, by `file/id`. */
  readonly jobs: { readonly [id: string]: JobResult };
  readonly outputs: { readonly [id: string]: Texts };
  /** The same with called workflows and matrices, by workflow file. */
  readonly tree: { readonly [file: string]: { readonly [id: string]: JobReport } };
  readonly durationMs: number;
  readonly folder: string;
  /** Folder of each artifact by its name; they are there only with `keep`. */
  readonly artifacts: { readonly [name: string]: string };
}

/** A rehearsal that could start: its workflows, its event, and why the others do not run. */
export interface Rehearsal {
  readonly event: RehearsedEvent;
  readonly inputs: Values;
  readonly workflows: readonly LoadedWorkflow[];
  readonly idle: readonly { readonly file: string; readonly reason: string }[];
  readonly notices: readonly string[];
}

/** Runs workflow files as GitHub would for an event. Throws a SluiceError when it can't start. */
export async function rehearse(options: RehearseOptions): Promise<RunResult> {
  const prepared = await prepareRehearsal(options);
  return runPrepared(prepared, options);
}

/** Reads and checks everything, and runs nothing. Throws a SluiceError, with all faults at once. */
export async function prepareRehearsal(options: RehearseOptions): Promise<Rehearsal> {
  const dir = await folderOf(options.dir);
  await environmentsOf(options); // told before anything starts
  const repository = await readRepository(dir);
  const files = await workflowFiles(dir, options.workflow);
  const mappings = await Promise.all(
    (options.repos ?? []).map(async (mapping) => ({
      ...mapping,
      path: await folderOf(mapping.path),
    })),
  );
  const tree = {
    root: dir,
    repository: repository.fullName,
    ref: repository.branch,
    sha: repository.sha,
  };
  const faults: Fault[] = [];
  const all = files.flatMap((file) => {
    const { loaded, faults: own } = loadWorkflow(tree, file, mappings);
    faults.push(...own);
    return loaded ? [loaded] : [];
  });
  if (faults.length > 0) throw new WorkflowFaults(faults);
  const name = options.event ?? defaultEvent(all, options);
  const inputs = readInputs(all, name, options);
  const event = await makeEvent(repository, {
    name,
    ref: options.ref,
    payload: options.payload,
    inputs,
  });
  return { ...(await choose(all, event)), event, inputs, notices: noticesOf(repository, options) };
}

export async function folderOf(path: string): Promise<string> {
  const folder = resolve(path);
  if (!existsSync(folder)) {
    throw new SluiceError("invalid-input", `The folder '${path}' does not exist`, {
      hint: "Name the root of a repository.",
    });
  }
  return realpath(folder);
}

/** The workflow files to look at, as paths in the repository. */
export async function workflowFiles(dir: string, given: string | undefined): Promise<string[]> {
  const folder = join(".github", "workflows");
  const present = (await readdir(join(dir, folder)).catch(() => []))
    .filter((name) => /\.ya?ml$/.test(name))
    .sort();
  if (given === undefined) {
    if (present.length > 0) return present.map((name) => join(folder, name));
    throw new SluiceError("invalid-input", `There is no workflow in ${join(dir, folder)}`, {
      hint: "Name the repository with --dir.",
    });
  }
  const candidates = [
    isAbsolute(given) ? given : resolve(dir, given),
    resolve(given),
    ...[given, `${given}.yml`, `${given}.yaml`].map((name) => join(dir, folder, name)),
  ];
  const found = candidates.find((path) => existsSync(path) && /\.ya?ml$/.test(path));
  if (found) return [relative(dir, await realpath(found))];
  throw new SluiceError("invalid-input", `There is no workflow '${given}'`, {
    hint: `Present in ${folder}: ${present.join(", ") || "none"}.`,
  });
}

/** What a workflow most likely runs on, when nobody says. */
function defaultEvent(workflows: readonly LoadedWorkflow[], options: RehearseOptions): string {
  const [first] = workflows;
  const only = workflows.length === 1 && first ? [...first.workflow.triggers.keys()] : [];
  const dispatched = Object.keys(options.inputs ?? {}).length > 0;
  if (dispatched && only.includes("workflow_dispatch")) return "workflow_dispatch";
  if (dispatched && only.includes("workflow_call")) return "workflow_call";
  if (only.length === 0 || only.includes("push")) return "push";
  return (
    ["workflow_dispatch", "pull_request"].find((name) => only.includes(name)) ?? only[0] ?? "push"
  );
}

function readInputs(
  workflows: readonly LoadedWorkflow[],
  event: string,
  options: RehearseOptions,
): Values {
  const given = new Map(Object.entries(options.inputs ?? {}));
  const inPayload = options.payload?.inputs;
  if (typeof inPayload === "object" && inPayload !== null && !Array.isArray(inPayload)) {
    for (const [name, value] of Object.entries(inPayload))
      if (!given.has(name)) given.set(name, toText(value));
  }
  if (event !== "workflow_dispatch" && event !== "workflow_call") {
    if (given.size === 0) return {};
    throw new SluiceError("invalid-input", `Inputs are given, but the event is ${event}`, {
      hint: "Inputs go with --event workflow_dispatch, or workflow_call.",
    });
  }
  const started = workflows.filter(({ workflow }) => workflow.triggers.has(event));
  const environments = Object.keys(options.environments ?? {});
  const values: { [name: string]: Value } = {};
  for (const { workflow } of started) {
    const definitions =
      event === "workflow_call" ? (workflow.call?.inputs ?? []) : workflow.dispatchInputs;
    const read = typedInputs(definitions, given, environments);
    if (read.wrong.length > 0) {
      throw new SluiceError(
        "invalid-input",
        read.wrong.map((line) => `${workflow.file}: ${line}`).join("\n"),
        {
          hint: "Give inputs as --input name=value.",
        },
      );
    }
    Object.assign(values, read.values);
  }
  return values;
}

async function choose(
  all: readonly LoadedWorkflow[],
  event: RehearsedEvent,
): Promise<Pick<Rehearsal, "workflows" | "idle">> {
  const workflows: LoadedWorkflow[] = [];
  const idle: { file: string; reason: string }[] = [];
  for (const loaded of all) {
    const trigger: Trigger = await triggerOf(loaded.workflow, event);
    if (trigger.starts) workflows.push(loaded);
    else idle.push({ file: loaded.workflow.file, reason: trigger.reason });
  }
  if (workflows.length > 0) return { workflows, idle };
  const reasons = idle.map(({ file, reason }) => `${file}: ${reason}`).join("\n");
  throw new SluiceError("refused", `${event.name} on ${event.ref} starts no workflow\n${reasons}`, {
    hint: "Choose another --event or --ref.",
  });
}

function noticesOf(repository: Repository, options: RehearseOptions): string[] {
  const notices: string[] = [];
  if (repository.dirty && repository.hasCommit) {
    notices.push(
      "There are uncommitted changes: workflows and $/ actions run with them, but actions/checkout gets the commit, as on GitHub.",
    );
  }
  if (options.approve === undefined) {
    notices.push(
      "There is no terminal to ask on: environments are approved without asking (--approve always).",
    );
  }
  return notices;
}

/** Runs what prepareRehearsal found. */
export async function runPrepared(
  rehearsal: Rehearsal,
  options: RehearseOptions,
): Promise<RunResult> {
  const { event } = rehearsal;
  const startedAt = performance.now();
  const folder = await realpath(await mkdtemp(join(tmpdir(), "sluice-run-")));
  const disturbances = new Disturbances(options.cancelAfter, options.loseRunner);
  const emit: Emit = (happening) => {
    options.onEvent?.({ at: new Date().toISOString(), ...happening } as RunEvent);
    disturbances.see(happening);
  };
  const setting = await makeSetting(rehearsal, options, folder, emit, disturbances);
  try {
    const runs = rehearsal.workflows.map((loaded) => ({
      loaded,
      github: githubContext(event, loaded, {
        token: setting.token,
        attempt: options.rerun ? 2 : 1,
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
          cancel: setting.cancel,
        }),
      ),
    );
    const result = resultOf(rehearsal, ends, setting, Math.round(performance.now() - startedAt));
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

function runName(
  loaded: LoadedWorkflow,
  github: Values,
  rehearsal: Rehearsal,
  setting: RunSetting,
): string {
  const { runName: token, name } = loaded.workflow;
  if (!token)
    return rehearsal.event.name === "push" ? rehearsal.event.repository.subject || name : name;
  return (
    toText(
      evaluate(token, { contexts: { github, inputs: rehearsal.inputs, vars: setting.vars } }),
    ) || name
  );
}

async function makeSetting(
  rehearsal: Rehearsal,
  options: RehearseOptions,
  folder: string,
  emit: Emit,
  disturbances: Disturbances,
): Promise<RunSetting & { readonly service: LazyService }> {
  const artifacts = new ArtifactStore(join(folder, "artifacts"));
  for (const [name, path] of Object.entries(options.rerun?.artifacts ?? {})) {
    if (existsSync(path)) await artifacts.adopt(name, path);
  }
  const eventFile = join(folder, "event.json");
  await mkdir(join(folder, "tools"));
  await writeFile(eventFile, JSON.stringify(rehearsal.event.payload, null, 2));
  return {
    event: rehearsal.event,
    folder,
    eventFile,
    hostEnv: { ...hostEnvironment(process.env), ...options.env },
    vars: options.vars ?? {},
    secrets: Object.values(options.secrets ?? {}),
    token: options.secrets?.GITHUB_TOKEN ?? `ghs_rehearsal${randomBytes(16).toString("hex")}`,
    environments: await environmentsOf(options),
    approve: options.approve ?? "always",
    ask: options.ask,
    mappings: await Promise.all(
      (options.repos ?? []).map(async (mapping) => ({
        ...mapping,
        path: await folderOf(mapping.path),
      })),
    ),
    artifacts,
    service: startOnce(folder),
    groups: new ConcurrencyGroups(),
    slots: new Slots(MAX_JOBS_AT_ONCE),
    timing: options.cancelTiming ?? GITHUB_CANCEL_TIMING,
    emit,
    notices: [],
    debug: options.debug ?? false,
    disturbances,
    cancel: options.signal
      ? AbortSignal.any([options.signal, disturbances.cancel])
      : disturbances.cancel,
    force: options.forceSignal ?? new AbortController().signal,
  };
}

interface LazyService {
  (): Promise<RunService>;
  readonly stop: () => Promise<void>;
}

function startOnce(folder: string): LazyService {
  let started: Promise<RunService> | undefined;
  const start = async (): Promise<RunService> => {
    const { RunService } = await import("./service/run-service.ts");
    return RunService.start(folder);
  };
  const get = (): Promise<RunService> => {
    started ??= start();
    return started;
  };
  return Object.assign(get, { stop: async () => (await started)?.stop() });
}

/** Most rehearsals have none: then what reads them is not loaded. */
async function environmentsOf(options: RehearseOptions): Promise<EnvironmentSettings> {
  if (options.environments === undefined) return {};
  const { readEnvironments } = await import("./run/environment-file.ts");
  return readEnvironments(options.environments);
}

function resultOf(
  rehearsal: Rehearsal,
  ends: readonly WorkflowEnd[],
  setting: RunSetting,
  durationMs: number,
): RunResult {
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
    durationMs,
    folder,
    artifacts: folders,
  };
}
