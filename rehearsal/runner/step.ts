import { causes, SluiceError } from "../../lib/error.ts";
import { isMet } from "../language/condition.ts";
import { evaluate } from "../language/expression.ts";
import { sourceText } from "../language/source-text.ts";
import { isYes, toText } from "../language/value.ts";
import type { StepDefinition } from "../workflow/workflow.ts";
import { CommandFiles } from "./command-file.ts";
import { withValues } from "./javascript-action.ts";
import { firstLine, runScript } from "./run-script.ts";
import { type Frame, type RunningJob, type StepRecord, scopeOf } from "./running-job.ts";
import type { StepLog } from "./step-log.ts";
import { StepSignal } from "./step-signal.ts";
import { runUses } from "./uses-action.ts";

export interface StepRequest {
  readonly job: RunningJob;
  readonly frame: Frame;
  readonly step: StepDefinition;
  readonly log: StepLog;
  /** Of the surrounding composite step, if any. */
  readonly signal: AbortSignal | undefined;
}

/** Runs one step, of a job or of a composite action, and records its outcome in its frame. */
export async function runStep(request: StepRequest): Promise<StepRecord> {
  const { frame, step } = request;
  const record = await attempt(request);
  if (step.id !== undefined) frame.steps.set(step.id, record);
  if (record.conclusion === "failure" && frame.status === "success") frame.status = "failure";
  if (record.conclusion === "cancelled") frame.status = "cancelled";
  return record;
}

async function attempt({ job, frame, step, log, signal }: StepRequest): Promise<StepRecord> {
  const record: StepRecord = { outputs: {}, outcome: "success", conclusion: "success" };
  const env = new Map(frame.env);
  let continueOnError = false;
  try {
    for (const [name, value] of withValues(step.env, scopeOf(job, frame, env)))
      env.set(name, value);
    const wanted = (): boolean => isMet(step.condition, scopeOf(job, frame, env));
    if (!wanted()) return { ...record, outcome: "skipped", conclusion: "skipped" };
    const scope = scopeOf(job, frame, env);
    continueOnError = isYes(evaluate(step.continueOnError, scope));
    const minutes = Number(evaluate(step.timeoutMinutes, scope));
    const stepSignal = new StepSignal(job, wanted, signal, minutes);
    let files: CommandFiles | undefined;
    try {
      files = await CommandFiles.create(job.folders.temp);
      const call = {
        job,
        frame: actionFrame(frame, step, files),
        env,
        log,
        signal: stepSignal.signal,
        outputs: record.outputs,
        files,
      };
      record.outcome =
        step.kind === "run"
          ? await runScript(step, call)
          : await runUses(step, call, stepName(step, scope));
      if (stepSignal.timedOut) {
        record.outcome = "failure";
        log.error(`The action '${stepName(step, scope)}' has timed out after ${minutes} minutes.`);
      }
    } finally {
      stepSignal.end();
      await files?.remove();
    }
  } catch (error) {
    record.outcome = "failure";
    tellError(log, error);
  }
  record.conclusion = continueOnError && record.outcome === "failure" ? "success" : record.outcome;
  return record;
}

function actionFrame(frame: Frame, { action }: StepDefinition, files: CommandFiles): Frame {
  const told = { action, action_status: frame.status, ...files.context };
  return { ...frame, github: { ...frame.github, ...told } };
}

/** An error of ours, with its next step. */
export function tellError(log: StepLog, error: unknown): void {
  const hint = error instanceof SluiceError && error.hint ? ` ${error.hint}` : "";
  const [message, cause] = causes(error);
  // What a container engine said is worth the line; an expression's cause is in its message already.
  const because =
    error instanceof SluiceError && error.code === "unsupported" && cause ? ` (${cause}).` : "";
  const end = because === "" && hint !== "" && !/[.?!]$/.test(message ?? "") ? "." : "";
  log.error(`${message ?? String(error)}${end}${because}${hint}`);
}

/** The name that is shown: the author's, or what the step runs. */
export function stepName(step: StepDefinition, scope: ReturnType<typeof scopeOf>): string {
  try {
    const name = step.name ? toText(evaluate(step.name, scope)) : "";
    if (name !== "") return name;
    if (step.kind === "uses") return `Run ${step.uses}`;
    return `Run ${firstLine(toText(evaluate(step.run, scope)))}`;
  } catch {
    // What can't be evaluated is shown as it is written.
    if (step.name) return sourceText(step.name);
    return `Run ${step.kind === "uses" ? step.uses : firstLine(sourceText(step.run))}`;
  }
}
