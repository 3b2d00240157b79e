import { evaluate } from "../language/expression.ts";
import { toText } from "../language/value.ts";
import type { JobResult } from "../run-event.ts";
import type { StepDefinition } from "../workflow/workflow.ts";
import { type FoundAction, type Frame, scopeOf } from "./running-job.ts";
import { runStep } from "./step.ts";
import type { StepCall } from "./step-process.ts";

/** Runs the steps of a composite action inside the step that uses it. */
export async function runComposite(
  action: FoundAction,
  steps: readonly StepDefinition[],
  inputs: ReadonlyMap<string, string>,
  call: StepCall,
): Promise<JobResult> {
  const frame: Frame = {
    ...call.frame,
    steps: new Map(),
    inputs: Object.fromEntries(inputs),
    env: call.env,
    depth: call.frame.depth + 1,
    embedded: true,
    memory: new Map(),
    status: "success",
  };
  for (const step of steps) {
    await runStep({ job: call.job, frame, step, log: call.log, signal: call.signal });
  }
  const scope = scopeOf(call.job, frame, frame.env);
  for (const [name, value] of action.definition.outputs) {
    if (value) call.outputs[name] = toText(evaluate(value, scope));
  }
  return frame.status;
}
