import { causes, SluiceError } from "../../lib/error.ts";
import { evaluate, type Scope } from "../language/expression.ts";
import { isMap, isYes, toText, type Value } from "../language/value.ts";
import type { JobPath } from "../run-event.ts";
import type { Values } from "../runner/running-job.ts";
import type { JobDefinition } from "../workflow/workflow.ts";
import { runCall } from "./called-workflow.ts";
import { Slots } from "./concurrency.ts";
import { enterConcurrency } from "./job-concurrency.ts";
import { type Combination, combinationText, expandMatrix } from "./matrix.ts";
import { contextsOfLeg, contextsOfRun } from "./run-context.ts";
import { runStepsJob } from "./steps-job.ts";
import { finish, type JobReport, overall, type WorkflowRun } from "./workflow-run.ts";

/** A job whose needs are met and whose condition holds. */
export interface ReadyJob {
  readonly run: WorkflowRun;
  readonly job: JobDefinition;
  readonly path: JobPath;
  readonly needs: Values;
  /** The job's `if`, were the run cancelled or not. */
  readonly wanted: (cancelled: boolean) => boolean;
}

/** One job to run: the only one, or one of a matrix. */
export interface Leg extends ReadyJob {
  readonly name: string;
  readonly matrix: Value;
  readonly strategy: Values;
  readonly signal: AbortSignal;
}

/** Runs a job, as many times as its matrix says. */
export async function runMatrix(ready: ReadyJob): Promise<JobReport> {
  const { job, run } = ready;
  const scope: Scope = { contexts: { ...contextsOfRun(run), needs: ready.needs } };
  const { setting, combinations } = strategyOf(job, scope);
  const cancelled = cancelSignal(ready);
  try {
    if (combinations === undefined) {
      return await runLeg(
        legOf(ready, undefined, { index: 0, total: 1, setting }, cancelled.signal),
      );
    }
    return await runLegs(ready, combinations, setting, cancelled.signal);
  } finally {
    cancelled.end();
  }
}

interface Strategy {
  readonly setting: { readonly [key: string]: Value };
  /** Undefined without a matrix. */
  readonly combinations: readonly Combination[] | undefined;
}

function strategyOf(job: JobDefinition, scope: Scope): Strategy {
  try {
    const strategy = evaluate(job.strategy, scope);
    const setting = isMap(strategy) ? strategy : {};
    const { matrix } = setting;
    const hasMatrix = matrix !== undefined && matrix !== null;
    return { setting, combinations: hasMatrix ? expandMatrix(matrix) : undefined };
  } catch (error) {
    const why = causes(error)[0] ?? "it is not readable";
    throw new SluiceError(
      "invalid-workflow",
      `Error when evaluating 'strategy' for job '${job.id}': ${why}`,
      { cause: error },
    );
  }
}

/** On a cancelled run GitHub looks at the job's `if` again; where it still holds, the job goes on. */
function cancelSignal(ready: ReadyJob): { signal: AbortSignal; end: () => void } {
  const controller = new AbortController();
  const onCancel = (): void => {
    if (!holds(ready)) controller.abort(ready.run.cancel.reason);
  };
  ready.run.cancel.addEventListener("abort", onCancel);
  // One that starts in a cancelled run was wanted in spite of it.
  return {
    signal: controller.signal,
    end: () => ready.run.cancel.removeEventListener("abort", onCancel),
  };
}

function holds(ready: ReadyJob): boolean {
  try {
    return ready.wanted(true);
  } catch {
    return false;
  }
}

async function runLegs(
  ready: ReadyJob,
  combinations: readonly Combination[],
  setting: { readonly [key: string]: Value },
  signal: AbortSignal,
): Promise<JobReport> {
  const { job, run } = ready;
  const total = combinations.length;
  const failFast = setting["fail-fast"] === undefined ? true : isYes(setting["fail-fast"]);
  const maxParallel = Number(setting["max-parallel"] ?? 0);
  const slots = new Slots(maxParallel > 0 ? maxParallel : total);
  const failed = new AbortController();
  const outputs: { [name: string]: string } = {};
  const startedAt = performance.now();
  const legs = combinations.map((combination, index) =>
    legOf(ready, combination, { index, total, setting }, AbortSignal.any([signal, failed.signal])),
  );
  for (const leg of legs) {
    run.setting.emit({ type: "job-queued", job: leg.path, name: leg.name, needs: [] });
  }
  const reports = await Promise.all(
    legs.map(async (leg) => {
      const release = await slots.take();
      try {
        const report = leg.signal.aborted
          ? finish(run, leg.path, job, "cancelled", String(leg.signal.reason ?? "cancelled"))
          : await runLeg(leg);
        Object.assign(outputs, report.outputs);
        if (report.result === "failure" && failFast) {
          failed.abort(`${leg.path} failed, and the matrix has fail-fast`);
        }
        return report;
      } finally {
        release();
      }
    }),
  );
  const durationMs = Math.round(performance.now() - startedAt);
  const result = overall(reports);
  const name = job.id;
  run.setting.emit({ type: "job-finished", job: ready.path, name, result, outputs, durationMs });
  return {
    result,
    outputs,
    name,
    reason: undefined,
    url: undefined,
    durationMs,
    legs: reports,
    jobs: {},
  };
}

function legOf(
  ready: ReadyJob,
  combination: Combination | undefined,
  at: { index: number; total: number; setting: { readonly [key: string]: Value } },
  signal: AbortSignal,
): Leg {
  const { job } = ready;
  const strategy: Values = {
    "fail-fast": at.setting["fail-fast"] ?? true,
    "job-index": at.index,
    "job-total": at.total,
    "max-parallel": at.setting["max-parallel"] ?? at.total,
  };
  const matrix: Value = combination ?? null;
  const text = combination ? combinationText(combination) : "";
  const scope: Scope = { contexts: contextsOfLeg({ ...ready, strategy, matrix }) };
  const given = job.name ? toText(evaluate(job.name, scope)) : "";
  const usesMatrix = job.name?.isExpression ?? false;
  const base = given || job.id;
  return {
    ...ready,
    path: text === "" ? ready.path : `${ready.path} (${text})`,
    name: text === "" || (given !== "" && usesMatrix) ? base : `${base} (${text})`,
    matrix,
    strategy,
    signal,
  };
}

async function runLeg(leg: Leg): Promise<JobReport> {
  const { run, job } = leg;
  const place = await enterConcurrency(run.setting, job.concurrency, {
    scope: { contexts: contextsOfLeg(leg) },
    job: leg.path,
    who: leg.path,
    held: run.held,
    signal: leg.signal,
  });
  try {
    if (place.refused) return finish(run, leg.path, job, "cancelled", place.refused);
    const placed = { ...leg, run: { ...run, held: place.held }, signal: place.signal };
    return job.kind === "call" ? await runCall(placed, job) : await runStepsJob(placed, job);
  } finally {
    place.release();
  }
}
