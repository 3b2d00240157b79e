import { evaluate } from "../language/expression.ts";
import { toText } from "../language/value.ts";
import type { JobResult } from "../run-event.ts";
import type { StepDefinition } from "../workflow/workflow.ts";
import { type ActionMemory, type FoundAction, type Frame, scopeOf } from "./running-job.ts";
import { runStep } from "./step.ts";
import type { StepCall } from "./step-process.ts";

/** What the steps inside one use of a composite action see; what is remembered of them lasts from pre to post. */
export function insideComposite(
  inputs: ReadonlyMap<string, string>,
  memory: ActionMemory,
  call: StepCall,
): Frame {
  return {
    ...call.frame,
    steps: new Map(),
    inputs: Object.fromEntries(inputs),
    env: call.env,
    depth: call.frame.depth + 1,
    embedded: true,
    memory: memory.inner,
    posts: memory.innerPosts,
    status: "success",
  };
}

/** Runs the steps of a composite action inside the step that uses it. */
export async function runComposite(
  action: FoundAction,
  steps: readonly StepDefinition[],
  inputs: ReadonlyMap<string, string>,
  memory: ActionMemory,
  call: StepCall,
): Promise<JobResult> {
  const frame = insideComposite(inputs, memory, call);
  for (const step of steps) {
    await runStep({ job: call.job, frame, step, log: call.log, signal: call.signal });
  }
  const scope = scopeOf(call.job, frame, frame.env);
  for (const [name, value] of action.definition.outputs) {
    if (value) call.outputs[name] = toText(evaluate(value, scope));
  }
  return frame.status;
}
