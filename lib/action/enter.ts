import { SluiceError } from "../error.ts";
import { listenForCancellation } from "./cancel.ts";
import { appendTo, commandFileText } from "./command-file.ts";
import type { Action } from "./define.ts";
import { failedGate } from "./gate.ts";
import { type InputProblem, readInputs, secretValues } from "./inputs.ts";
import { createLog, type Log } from "./log.ts";
import { createOutputs, outputProblems, outputTexts } from "./outputs.ts";
import { describeProblem, reportError, reportProblems } from "./report-error.ts";
import { createState, savedState } from "./state.ts";
import { createSummary, fitSummary } from "./summary.ts";

export type Phase = "main" | "post";

/** The surroundings of one call: tests give their own. */
export interface Surroundings {
  env: NodeJS.ProcessEnv;
  write(text: string): void;
}

const PROCESS: Surroundings = { env: process.env, write: (text) => process.stdout.write(text) };

/** Runs one phase of `action` as the runner expects it. Resolves to the exit code; never rejects. */
export async function enterAction(
  action: Action,
  phase: Phase,
  surroundings: Surroundings = PROCESS,
): Promise<number> {
  const log = createLog(surroundings.write, surroundings.env);
  for (const secret of secretValues(action.inputs, surroundings.env)) log.mask(secret);
  using cancellation = listenForCancellation((message) => log.info(message));
  const stray = (fault: unknown) => cancellation.abort(fault);
  process.on("uncaughtException", stray);
  try {
    const { env } = surroundings;
    return phase === "main"
      ? await enterMain(action, log, cancellation.signal, env)
      : await enterPost(action, log, cancellation.signal, env);
  } finally {
    process.off("uncaughtException", stray);
  }
}

/** Runs one phase in this process and ends it, whatever handles the action left open. */
export async function enterProcess(action: Action, phase: Phase): Promise<never> {
  process.once("beforeExit", () => {
    createLog(PROCESS.write).error(
      `${action.name} stopped without an end; this is a fault of Sluice`,
    );
    process.exitCode = 1;
  });
  process.exit(await enterAction(action, phase));
}

async function enterMain(
  action: Action,
  log: Log,
  signal: AbortSignal,
  env: NodeJS.ProcessEnv,
): Promise<number> {
  const read = readInputs(action.inputs, env);
  if ("problems" in read) {
    reportProblems(action.name, read.problems, log);
    writeOutputs(
      { gate: failedGate(action.name, action.outputs, refusal(read.problems)) },
      log,
      env,
    );
    return 1;
  }
  const { outputs, collected } = createOutputs<Record<string, unknown>>();
  const { summary, text } = createSummary();
  const state = createState<unknown>(env);
  try {
    outputs.set(
      await action.run({ inputs: read.values, outputs, log, summary, state, signal, env }),
    );
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

async function enterPost(
  action: Action,
  log: Log,
  signal: AbortSignal,
  env: NodeJS.ProcessEnv,
): Promise<number> {
  const { summary, text } = createSummary();
  try {
    await action.post?.({ state: savedState(action.state, env), log, summary, signal, env });
    return 0;
  } catch (error) {
    reportError(`${action.name} (post)`, error, log);
    return 1;
  } finally {
    appendTo(env.GITHUB_STEP_SUMMARY, fitSummary(text(), log));
  }
}

function refusal(problems: readonly InputProblem[]): SluiceError {
  return new SluiceError("invalid-input", problems.map(describeProblem).join(" | "));
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
