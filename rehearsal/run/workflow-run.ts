import { causes } from "../../lib/error.ts";
import { isMet } from "../language/condition.ts";
import { evaluate, type Scope } from "../language/expression.ts";
import { toText, type Value } from "../language/value.ts";
import type { JobPath, JobResult } from "../run-event.ts";
import type { Texts, Values } from "../runner/running-job.ts";
import type { LoadedWorkflow } from "../workflow/load.ts";
import { ancestorsOf } from "../workflow/needs.ts";
import type { Permissions } from "../workflow/permission.ts";
import type { JobDefinition } from "../workflow/workflow.ts";
import { enterConcurrency, type HeldGroups } from "./job-concurrency.ts";
import { runMatrix } from "./job-matrix.ts";
import { contextsOfRun } from "./run-context.ts";
import type { RunSetting } from "./run-setting.ts";

/** How a job ended, as other jobs see it. */
export interface JobOutcome {
  readonly result: JobResult;
  readonly outputs: Texts;
}

/** How each job of a workflow ended, with those of the workflows that it called. */
export interface JobReport extends JobOutcome {
  readonly name: string;
  readonly reason: string | undefined;
  readonly url: string | undefined;
  readonly durationMs: number;
  readonly legs: readonly JobReport[];
  readonly jobs: { readonly [id: string]: JobReport };
}

/** One use of a workflow: the one that the event starts, or one that a job calls. */
export interface WorkflowRun {
  readonly setting: RunSetting;
  readonly loaded: LoadedWorkflow;
  /** What its jobs' paths begin with: empty, or `caller/`. */
  readonly prefix: string;
  readonly github: Values;
  readonly inputs: Values;
  readonly secrets: Texts;
  readonly permissions: Permissions;
  /** How its jobs ended before, when this is a re-run of those that failed. */
  readonly before: { readonly [id: string]: JobReport } | undefined;
  /** The only job that is wanted, with what it needs: `job`, or `caller/job`. */
  readonly only: string | undefined;
  /** The job from which on all runs again, whatever it ended with: the others are kept. */
  readonly from: string | undefined;
  /** The concurrency groups that it runs in already. */
  readonly held: HeldGroups;
  /** Cancels this workflow's jobs: the run's cancel, or the caller's. */
  readonly cancel: AbortSignal;
}

export interface WorkflowEnd {
  readonly result: JobResult;
  readonly outputs: Texts;
  readonly jobs: { readonly [id: string]: JobReport };
}

/** Runs all jobs of a workflow in the order of their needs, and evaluates its outputs. */
export async function runWorkflow(run: WorkflowRun): Promise<WorkflowEnd> {
  const { workflow } = run.loaded;
  for (const job of wantedJobs(run).values()) {
    const needs = job.needs.map((id) => pathOf(run, id));
    run.setting.emit({
      type: "job-queued",
      job: pathOf(run, job.id),
      name: staticName(job),
      needs,
    });
  }
  const place = await enterConcurrency(run.setting, workflow.concurrency, {
    scope: { contexts: contextsOfRun(run) },
    job: run.prefix.replace(/\/$/, "") || workflow.file,
    who: run.prefix.replace(/\/$/, "") || "top level workflow",
    held: run.held,
    signal: run.cancel,
  });
  const inner: WorkflowRun = { ...run, cancel: place.signal, held: place.held };
  try {
    const reports = place.refused ? neverRan(inner, place.refused) : await runJobs(inner);
    const jobs = Object.fromEntries(reports);
    return { result: overall(Object.values(jobs)), outputs: callOutputs(inner, jobs), jobs };
  } finally {
    place.release();
  }
}

/** All jobs, or the wanted one with what it needs. */
function wantedJobs({ loaded, only }: WorkflowRun): ReadonlyMap<string, JobDefinition> {
  const { jobs } = loaded.workflow;
  if (only === undefined) return jobs;
  const id = [...jobs.keys()].find((known) => within(only, known) !== undefined) ?? "";
  const kept = ancestorsOf(jobs, id).add(id);
  return new Map([...jobs].filter(([known]) => kept.has(known)));
}

/** What of a path lies inside a job: empty for the job itself; undefined when it is about another one. */
export function within(path: string, id: string): string | undefined {
  if (path.toLowerCase() === id.toLowerCase()) return "";
  return path.toLowerCase().startsWith(`${id.toLowerCase()}/`)
    ? path.slice(id.length + 1)
    : undefined;
}

export function pathOf(run: WorkflowRun, id: string): JobPath {
  return `${run.prefix}${id}`;
}

/** The job's name before anything is known that an expression could use. */
function staticName(job: JobDefinition): string {
  return job.name && !job.name.isExpression ? job.name.toString() : job.id;
}

async function runJobs(run: WorkflowRun): Promise<Map<string, JobReport>> {
  const jobs = wantedJobs(run);
  const started = new Map<string, Promise<JobReport>>();
  const start = (id: string): Promise<JobReport> => {
    const known = started.get(id);
    if (known) return known;
    const job = jobs.get(id);
    if (!job) return Promise.reject(new Error(`no job ${id}`));
    const promise = (async () => {
      const ancestors = [...ancestorsOf(jobs, id)];
      const ended = await Promise.all(
        ancestors.map(async (need) => [need, await start(need)] as const),
      );
      return runOne(run, job, new Map(ended));
    })();
    started.set(id, promise);
    return promise;
  };
  const ended = await Promise.all(
    [...jobs.keys()].map(async (id) => [id, await start(id)] as const),
  );
  return new Map(ended);
}

async function runOne(
  run: WorkflowRun,
  job: JobDefinition,
  ancestors: ReadonlyMap<string, JobReport>,
): Promise<JobReport> {
  const path = pathOf(run, job.id);
  const kept = keptReport(run, job, ancestors);
  if (kept) return kept;
  const needs = Object.fromEntries(
    job.needs.flatMap((id) => {
      const ended = ancestors.get(id);
      return ended ? [[id, { result: ended.result, outputs: ended.outputs } as Value]] : [];
    }),
  );
  const wanted = (cancelled: boolean): boolean =>
    isMet(job.condition, conditionScope(run, needs, ancestors, cancelled));
  try {
    const cancelled = run.cancel.aborted;
    if (!wanted(cancelled)) {
      const result = cancelled && ancestors.size === 0 ? "cancelled" : "skipped";
      return finish(run, path, job, result, skipReason(job, ancestors, cancelled));
    }
    return await runMatrix({ run, job, path, needs, wanted });
  } catch (error) {
    return finish(run, path, job, "failure", causes(error).join(": "));
  }
}

/** A re-run keeps a job that succeeded, unless something that it needs runs again. */
function keptReport(
  run: WorkflowRun,
  job: JobDefinition,
  ancestors: ReadonlyMap<string, JobReport>,
): JobReport | undefined {
  const before = run.before?.[job.id];
  if (!before) return undefined;
  // From a job on, all that does not lead to it is taken as it ended, for better or worse.
  if (run.from === undefined ? before.result !== "success" : within(run.from, job.id) !== undefined)
    return undefined;
  for (const [id, report] of ancestors) if (report !== run.before?.[id]) return undefined;
  const { name, outputs, durationMs, result } = before;
  const reason = "kept from the run before";
  run.setting.emit({
    type: "job-finished",
    job: pathOf(run, job.id),
    name,
    result,
    outputs,
    durationMs,
    reason,
  });
  return before;
}

function conditionScope(
  run: WorkflowRun,
  needs: Values,
  ancestors: ReadonlyMap<string, JobReport>,
  cancelled: boolean,
): Scope {
  // success('job') and failure('job') look at the named ones only.
  const chosen = (ids: readonly string[]): JobResult[] => {
    const wanted = new Set(ids.map((id) => id.toLowerCase()));
    const all = [...ancestors].filter(([id]) => wanted.size === 0 || wanted.has(id.toLowerCase()));
    return all.map(([, report]) => report.result);
  };
  return {
    contexts: { ...contextsOfRun(run), needs },
    status: {
      success: (ids) => !cancelled && chosen(ids).every((result) => result === "success"),
      failure: (ids) => !cancelled && chosen(ids).some((result) => result === "failure"),
      cancelled: () => cancelled,
      always: () => true,
    },
  };
}

function skipReason(
  job: JobDefinition,
  ancestors: ReadonlyMap<string, JobReport>,
  cancelled: boolean,
): string {
  if (cancelled) return "the run was cancelled";
  const blocking = [...ancestors].find(([, report]) => report.result !== "success");
  if (blocking && job.condition.source === "")
    return `${blocking[0]} ended with ${blocking[1].result}`;
  return `its condition does not hold: ${job.condition.source || "success()"}`;
}

/** Tells the end of a job that never had a step. */
export function finish(
  run: WorkflowRun,
  path: JobPath,
  job: JobDefinition,
  result: JobResult,
  reason: string,
): JobReport {
  const name = staticName(job);
  run.setting.emit({
    type: "job-finished",
    job: path,
    name,
    result,
    outputs: {},
    durationMs: 0,
    reason,
  });
  return { result, outputs: {}, name, reason, url: undefined, durationMs: 0, legs: [], jobs: {} };
}

function neverRan(run: WorkflowRun, reason: string): Map<string, JobReport> {
  const jobs = wantedJobs(run);
  return new Map(
    [...jobs.values()].map((job) => [
      job.id,
      finish(run, pathOf(run, job.id), job, "cancelled", reason),
    ]),
  );
}

/** One failure makes the whole a failure, also when a later job succeeded. */
export function overall(jobs: readonly JobOutcome[]): JobResult {
  const results = new Set(jobs.map((job) => job.result));
  if (results.has("failure")) return "failure";
  if (results.has("cancelled")) return "cancelled";
  return results.has("success") || results.size === 0 ? "success" : "skipped";
}

function callOutputs(run: WorkflowRun, jobs: { readonly [id: string]: JobReport }): Texts {
  const outputs: { [name: string]: string } = {};
  const contexts = {
    ...contextsOfRun(run),
    jobs: Object.fromEntries(
      Object.entries(jobs).map(([id, job]) => [id, { result: job.result, outputs: job.outputs }]),
    ),
  };
  for (const [name, token] of run.loaded.workflow.call?.outputs ?? []) {
    const value = toText(evaluate(token, { contexts }));
    if (value !== "") outputs[name] = value;
  }
  return outputs;
}
