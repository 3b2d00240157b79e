import { SluiceError } from "../error.ts";
import { appendTo, commandFileText } from "./command-file.ts";
import type { Action } from "./define.ts";
import { failedGate } from "./gate.ts";
import { type InputProblem, readInputs } from "./inputs.ts";
import type { Log } from "./log.ts";
import { createOutputs, outputProblems, outputTexts } from "./outputs.ts";
import { describeProblem, reportError, reportProblems } from "./report-error.ts";
import { createState } from "./state.ts";
import { createSummary, fitSummary } from "./summary.ts";

/** One call of an action, in whatever phase. */
export interface Call {
  action: Action;
  log: Log;
  signal: AbortSignal;
  env: NodeJS.ProcessEnv;
  /** Rejects when the action can no longer come to an end. */
  deadEnd: Promise<never>;
}

/** Inputs, run, outputs. Outputs and summary are written once, also when the action fails. */
export async function runMain({ action, log, signal, env, deadEnd }: Call): Promise<number> {
  const read = readInputs(action.inputs, env);
  if ("problems" in read) return refuse(action, read.problems, log, env);
  const { outputs, collected } = createOutputs<Record<string, unknown>>();
  const { summary, text } = createSummary();
  const state = createState<unknown>(env);
  const context = { inputs: read.values, outputs, log, summary, state, signal, env };
  try {
    outputs.set(await Promise.race([action.run(context), deadEnd]));
    mustMatch(action, collected());
    return 0;
  } catch (error) {
    reportError(action.name, error, log);
    const gate = failedGate(action.name, action.outputs, error);
    if (gate && collected().gate === undefined) outputs.set({ gate });
    return 1;
  } finally {
    writeOutputs(collected(), log, env);
    appendTo(env.GITHUB_STEP_SUMMARY, fitSummary(text(), log));
  }
}

function refuse(
  action: Action,
  problems: readonly InputProblem[],
  log: Log,
  env: NodeJS.ProcessEnv,
): number {
  reportProblems(action.name, problems, log);
  const error = new SluiceError("invalid-input", problems.map(describeProblem).join(" | "));
  writeOutputs({ gate: failedGate(action.name, action.outputs, error) }, log, env);
  return 1;
}

function mustMatch(action: Action, values: unknown): void {
  const wrong = outputProblems(action.outputs, values);
  if (wrong.length === 0) return;
  throw new SluiceError("internal", `outputs do not match their schema: ${wrong.join("; ")}`);
}

/** Outside of a runner there is no file to write to; then they are shown. */
function writeOutputs(
  values: Readonly<Record<string, unknown>>,
  log: Log,
  env: NodeJS.ProcessEnv,
): void {
  const texts = outputTexts(values);
  if (appendTo(env.GITHUB_OUTPUT, commandFileText(texts))) return;
  for (const [name, text] of Object.entries(texts)) log.info(`output ${name} = ${text}`);
}
