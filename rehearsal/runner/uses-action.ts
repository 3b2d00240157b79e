import { conditionFrom, isMet } from "../language/condition.ts";
import type { JobResult } from "../run-event.ts";
import type { ActionDefinition } from "../workflow/action.ts";
import type { StepDefinition, UsesStep } from "../workflow/workflow.ts";
import { insideComposite, runComposite } from "./composite-action.ts";
import { type Found, findAction } from "./find-action.ts";
import { actionInputs, runJavaScript, tellRuntime, withValues } from "./javascript-action.ts";
import { runPosts } from "./post-step.ts";
import { type ActionMemory, type FoundAction, type Frame, scopeOf } from "./running-job.ts";
import type { StepCall } from "./step-process.ts";

const MAX_DEPTH = 10;

/** Runs a step that `uses` an action. */
export async function runUses(step: UsesStep, call: StepCall, name: string): Promise<JobResult> {
  const found = findAction(call.job, call.frame, step.uses);
  if (found.kind === "stand-in") return runStandIn(found, step, call, name);
  if (found.kind === "container") return runImageOf(found.image, step, call);
  const { action } = found;
  const { runs } = action.definition;
  if (call.frame.depth >= MAX_DEPTH) {
    call.log.error(`Composite actions can be nested ${MAX_DEPTH} deep at most.`);
    return "failure";
  }
  const scope = scopeOf(call.job, call.frame, call.env);
  const inputs = actionInputs(action.definition, step.with, scope, call.log);
  call.log.write("group", `Run ${step.uses}`);
  for (const [key, value] of withValues(step.with, scope))
    call.log.write("runner", `  ${key}: ${value}`);
  call.log.write("end-group", "");
  const inner: StepCall = { ...call, frame: withAction(call.frame, action) };
  const memory = memoryOf(call.frame, step);
  if (runs.kind === "composite") {
    const result = await runComposite(action, runs.steps, inputs, memory, inner);
    registerInnerPosts(memory, inner, name);
    return result;
  }
  if (runs.kind === "node") tellRuntime(runs, call.log);
  registerPost(action, inputs, memory, inner, name);
  return runStage("main", action.definition, inputs, memory, inner);
}

/** One stage of an action that is not made of steps. */
async function runStage(
  stage: "pre" | "main" | "post",
  definition: ActionDefinition,
  inputs: ReadonlyMap<string, string>,
  memory: ActionMemory,
  call: StepCall,
): Promise<JobResult> {
  const { runs } = definition;
  if (runs.kind === "composite") return "skipped";
  if (runs.kind === "docker") {
    const { runContainerAction } = await import("../container/container-action.ts");
    return runContainerAction({ ...definition, runs }, inputs, memory, call, stage);
  }
  return runJavaScript(runs[stage] ?? "", definition, inputs, memory, call);
}

/** Runs the `pre` stage of a step's action, or those inside a composite one. */
export async function runPre(step: UsesStep, call: StepCall, name: string): Promise<JobResult> {
  const found = findAction(call.job, call.frame, step.uses);
  if (found.kind !== "action") return "skipped";
  const { action } = found;
  const { runs } = action.definition;
  const scope = scopeOf(call.job, call.frame, call.env);
  const memory = memoryOf(call.frame, step);
  const inner: StepCall = { ...call, frame: withAction(call.frame, action) };
  if (runs.kind === "composite") {
    const inputs = actionInputs(action.definition, step.with, scope, call.log);
    const frame = insideComposite(inputs, memory, inner);
    const result = await runInnerPres(runs.steps, { ...inner, frame });
    registerInnerPosts(memory, inner, name);
    return result;
  }
  if (runs.pre === undefined) return "skipped";
  if (!isMet(conditionFrom(runs.preIf), scope)) return "skipped";
  const inputs = actionInputs(action.definition, step.with, scope, call.log);
  registerPost(action, inputs, memory, inner, name);
  return runStage("pre", action.definition, inputs, memory, inner);
}

async function runInnerPres(steps: readonly StepDefinition[], call: StepCall): Promise<JobResult> {
  for (const step of steps) {
    if (step.kind !== "uses" || !hasPre(step, call)) continue;
    const env = new Map(call.env);
    for (const [key, value] of withValues(step.env, scopeOf(call.job, call.frame, env)))
      env.set(key, value);
    const result = await runPre(step, { ...call, env, outputs: {} }, step.uses);
    if (result === "failure" || result === "cancelled") return result;
  }
  return "success";
}

/** Whether a step has something to run before the job's first step. Local actions have nothing, since nothing is checked out yet. */
export function hasPre(step: UsesStep, call: Pick<StepCall, "job" | "frame">): boolean {
  if (step.uses.startsWith("./") || call.frame.depth >= MAX_DEPTH) return false;
  const found = findAction(call.job, call.frame, step.uses);
  if (found.kind !== "action") return false;
  const { runs } = found.action.definition;
  if (runs.kind !== "composite") return runs.pre !== undefined;
  const frame = { ...withAction(call.frame, found.action), depth: call.frame.depth + 1 };
  return runs.steps.some((inner) => inner.kind === "uses" && hasPre(inner, { ...call, frame }));
}

/** A step that uses an image itself. */
async function runImageOf(image: string, step: UsesStep, call: StepCall): Promise<JobResult> {
  const inputs = new Map(withValues(step.with, scopeOf(call.job, call.frame, call.env)));
  call.log.write("group", `Run ${step.uses}`);
  for (const [key, value] of inputs) call.log.write("runner", `  ${key}: ${value}`);
  call.log.write("end-group", "");
  const { runContainerStep } = await import("../container/container-action.ts");
  return runContainerStep(image, inputs, call);
}

async function runStandIn(
  found: Extract<Found, { kind: "stand-in" }>,
  step: UsesStep,
  call: StepCall,
  name: string,
): Promise<JobResult> {
  const { log } = call;
  const inputs = new Map(withValues(step.with, scopeOf(call.job, call.frame, call.env)));
  log.write("group", `Run ${step.uses}`);
  log.write(
    "runner",
    `This is the rehearsal's stand-in for ${found.standIn.name}: ${found.standIn.does}.`,
  );
  for (const [key, value] of inputs) log.write("runner", `  ${key}: ${value}`);
  log.write("end-group", "");
  return found.standIn.run({ ...call, inputs, name });
}

function withAction(frame: Frame, action: FoundAction): Frame {
  return {
    ...frame,
    github: {
      ...frame.github,
      action_path: action.definition.folder,
      action_repository: action.repository,
      action_ref: action.ref,
    },
    tree: action.tree,
  };
}

function memoryOf(frame: Frame, step: UsesStep): ActionMemory {
  const known = frame.memory.get(step.action);
  if (known) return known;
  const memory: ActionMemory = {
    state: new Map(),
    postRegistered: false,
    inner: new Map(),
    innerPosts: [],
  };
  frame.memory.set(step.action, memory);
  return memory;
}

/** The post stage sees the inputs and the environment of the main stage. */
function registerPost(
  action: FoundAction,
  inputs: ReadonlyMap<string, string>,
  memory: ActionMemory,
  call: StepCall,
  name: string,
): void {
  const { runs } = action.definition;
  if (runs.kind === "composite" || runs.post === undefined || memory.postRegistered) return;
  memory.postRegistered = true;
  call.frame.posts.push({
    name: `Post ${name}`,
    condition: runs.postIf,
    frame: call.frame,
    env: call.env,
    run: (log, signal) =>
      runStage("post", action.definition, inputs, memory, {
        ...call,
        log,
        signal,
        outputs: {},
        files: undefined,
      }),
  });
}

/** What is to be done at the end inside a composite action is one post step of its own. */
function registerInnerPosts(memory: ActionMemory, call: StepCall, name: string): void {
  if (memory.innerPosts.length === 0 || memory.postRegistered) return;
  memory.postRegistered = true;
  call.frame.posts.push({
    name: `Post ${name}`,
    condition: "always()",
    frame: call.frame,
    env: call.env,
    run: (log, signal) => runPosts(call.job, memory.innerPosts, log, signal),
  });
}
