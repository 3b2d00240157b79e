import { setTimeout as sleep } from "node:timers/promises";
import type { StopContainers } from "../container/job-containers.ts";
import { evaluate } from "../language/expression.ts";
import type { Token } from "../language/token.ts";
import { isYes, toText } from "../language/value.ts";
import type { JobResult } from "../run-event.ts";
import { type Permissions, permissionsText } from "../workflow/permission.ts";
import type { ControlStep, StepsJob } from "../workflow/workflow.ts";
import { BackgroundSteps } from "./background-steps.ts";
import { withValues } from "./javascript-action.ts";
import { endOrphans } from "./orphan.ts";
import { runPost } from "./post-step.ts";
import { searchPath } from "./process-env.ts";
import { type Frame, type PostStep, type RunningJob, scopeOf } from "./running-job.ts";
import { runStep, stepName, tellError } from "./step.ts";
import { StepLog } from "./step-log.ts";
import { StepSignal } from "./step-signal.ts";
import { hasPre, runPre } from "./uses-action.ts";

export interface JobEnd {
  readonly result: Exclude<JobResult, "skipped">;
  readonly outputs: { readonly [name: string]: string };
  readonly url: string | undefined;
}

export interface JobSetting {
  readonly permissions: Permissions;
  readonly runsOn: string;
  readonly environmentUrl: Token | undefined;
  /** Said in the first step, so that nobody takes the rehearsal for GitHub. */
  readonly notices: readonly string[];
}

/** Runs the steps of one job: set up, pre, main, post, and the end of what they left behind. */
export async function runJob(
  job: RunningJob,
  definition: StepsJob,
  setting: JobSetting,
): Promise<JobEnd> {
  const onCancel = (): void => {
    job.status = "cancelled";
  };
  job.cancel.addEventListener("abort", onCancel);
  if (job.cancel.aborted) onCancel();
  const frame: Frame = {
    steps: new Map(),
    inputs: job.contexts.inputs,
    env: new Map(),
    github: {},
    tree: job.tree,
    depth: 0,
    embedded: false,
    memory: new Map(),
    posts: [],
    status: "success",
  };
  let stopContainers: StopContainers = async () => {};
  const onLost = (): void => {
    void endOrphans(job.trackingId, "SIGKILL");
  };
  job.lost.addEventListener("abort", onLost);
  try {
    await setUp(job, setting);
    if (definition.services || definition.container) {
      stopContainers = await initialize(job, frame, definition);
    }
    await runPreSteps(job, frame, definition);
    await runMainSteps(job, frame, definition);
    await runPostSteps(job, frame.posts);
    if (definition.services || definition.container) await finishContainers(job, stopContainers);
    if (job.lost.aborted) {
      await endOrphans(job.trackingId, "SIGKILL");
      return { result: "failure", outputs: {}, url: undefined };
    }
    return await complete(job, frame, definition, setting);
  } finally {
    await stopContainers();
    job.lost.removeEventListener("abort", onLost);
    job.cancel.removeEventListener("abort", onCancel);
    for (const stream of job.leftOpen) stream.destroy();
  }
}

/** Runs `work` as one visible step. */
async function visibleStep(
  job: RunningJob,
  name: string,
  work: (log: StepLog) => Promise<{ outcome: JobResult; conclusion: JobResult }>,
  id?: string,
): Promise<JobResult> {
  if (job.lost.aborted) return "skipped";
  const step = job.nextStep++;
  const shown = job.masks.hide(name);
  const log = new StepLog({
    emit: job.emit,
    job: job.path,
    step,
    masks: job.masks,
    matchers: job.matchers,
    workspace: job.folders.workspace,
    repository: toText(job.contexts.github.repository),
    debug: job.contexts.runner.debug === "1",
  });
  const startedAt = performance.now();
  const known = { job: job.path, step, name: shown, ...(id === undefined ? {} : { id }) };
  job.emit({ type: "step-started", ...known });
  const { outcome, conclusion } = await work(log);
  const durationMs = Math.round(performance.now() - startedAt);
  job.emit({ type: "step-finished", ...known, outcome, conclusion, durationMs });
  return conclusion;
}

function settle(job: RunningJob, conclusion: JobResult): void {
  if (conclusion === "failure" && job.status === "success") job.status = "failure";
}

async function setUp(job: RunningJob, setting: JobSetting): Promise<void> {
  await visibleStep(job, "Set up job", async (log) => {
    log.write("runner", `Runs on ${setting.runsOn || "this machine"}: here, on this machine`);
    log.write(
      "runner",
      `GITHUB_TOKEN permissions: ${permissionsText(setting.permissions)} (good for the rehearsal's GitHub alone)`,
    );
    for (const notice of setting.notices) log.annotate("notice", notice);
    return both("success");
  });
}

/** Starts the job's containers; returns what ends them. */
async function initialize(
  job: RunningJob,
  frame: Frame,
  definition: StepsJob,
): Promise<StopContainers> {
  let stop: StopContainers = async () => {};
  const conclusion = await visibleStep(job, "Initialize containers", async (log) => {
    try {
      const { startContainers } = await import("../container/job-containers.ts");
      stop = await startContainers(job, definition, {
        scope: scopeOf(job, frame, frame.env),
        path: searchPath(job, frame.env),
        log,
      });
      return both(job.cancel.aborted ? "cancelled" : "success");
    } catch (error) {
      if (job.cancel.aborted) return both("cancelled");
      tellError(log, error);
      return both("failure");
    }
  });
  settle(job, conclusion);
  return stop;
}

/** Ends them in sight, with what the services printed. */
async function finishContainers(job: RunningJob, stop: StopContainers): Promise<void> {
  await visibleStep(job, "Stop containers", async (log) => {
    await stop(log);
    return both("success");
  });
}

function both(result: JobResult): { outcome: JobResult; conclusion: JobResult } {
  return { outcome: result, conclusion: result };
}

async function runPreSteps(job: RunningJob, frame: Frame, definition: StepsJob): Promise<void> {
  for (const step of definition.steps) {
    if (job.status !== "success" || step.kind !== "uses" || !canHavePre(job, frame, step)) continue;
    const name = stepName(step, scopeOf(job, frame, frame.env));
    const conclusion = await visibleStep(job, `Pre ${name}`, async (log) => {
      const signal = new StepSignal(job, () => false, undefined, 0);
      try {
        const env = new Map(withValues(step.env, scopeOf(job, frame, frame.env)));
        const call = { job, frame, env, log, signal: signal.signal, outputs: {} };
        return both(await runPre(step, call, name));
      } catch (error) {
        tellError(log, error);
        return both("failure");
      } finally {
        signal.end();
      }
    });
    settle(job, conclusion);
  }
}

/** An action that can't be found is told where it is used. */
function canHavePre(job: RunningJob, frame: Frame, step: Parameters<typeof hasPre>[0]): boolean {
  try {
    return hasPre(step, { job, frame });
  } catch {
    return false;
  }
}

async function runMainSteps(job: RunningJob, frame: Frame, definition: StepsJob): Promise<void> {
  const background = new BackgroundSteps(job, frame, (name, work, id) =>
    visibleStep(job, name, work, id),
  );
  for (const step of definition.steps) {
    if (step.kind === "control") {
      await runControl(job, frame, step, background);
      continue;
    }
    if (step.background) {
      background.start(step);
      continue;
    }
    const name = stepName(step, scopeOf(job, frame, frame.env));
    const work = (log: StepLog) => runStep({ job, frame, step, log, signal: undefined });
    const conclusion = await visibleStep(job, name, work, step.id);
    settle(job, conclusion);
  }
  settle(job, await background.finish());
}

/** Waits for steps in the background, or ends one. */
async function runControl(
  job: RunningJob,
  frame: Frame,
  step: ControlStep,
  background: BackgroundSteps,
): Promise<void> {
  const scope = scopeOf(job, frame, frame.env);
  const name = (step.name && toText(evaluate(step.name, scope))) || controlName(step);
  const conclusion = await visibleStep(
    job,
    name,
    async (log) => {
      for (const id of step.unknown) {
        log.annotate("warning", `There is no background step '${id}' before this one.`);
      }
      let outcome: JobResult = "success";
      if (step.control === "cancel") await background.cancel(step.targets);
      else outcome = await background.wait(step.control === "wait-all" ? "all" : step.targets);
      if (outcome === "failure") log.error("A background step failed.");
      const tolerated = outcome === "failure" && isYes(evaluate(step.continueOnError, scope));
      const ended = { outcome, conclusion: tolerated ? ("success" as const) : outcome };
      if (step.id !== undefined) frame.steps.set(step.id, { outputs: {}, ...ended });
      return ended;
    },
    step.id,
  );
  settle(job, conclusion);
}

function controlName({ control, targets }: ControlStep): string {
  const names = targets.map(({ id }) => id ?? "").filter((id) => id !== "");
  switch (control) {
    case "wait-all":
      return "Wait for all background steps";
    case "wait":
      return names.length > 0 ? `Wait for ${names.join(", ")}` : "Wait for the parallel steps";
    case "cancel":
      return `Cancel ${names.join(", ")}`;
  }
}

async function runPostSteps(job: RunningJob, posts: PostStep[]): Promise<void> {
  for (let post = posts.pop(); post; post = posts.pop()) {
    const current = post;
    const conclusion = await visibleStep(job, post.name, async (log) =>
      both(await runPost(job, current, log)),
    );
    settle(job, conclusion);
  }
}

async function complete(
  job: RunningJob,
  frame: Frame,
  definition: StepsJob,
  setting: JobSetting,
): Promise<JobEnd> {
  let outputs: { [name: string]: string } = {};
  let url: string | undefined;
  await visibleStep(job, "Complete job", async (log) => {
    let conclusion: JobResult = "success";
    try {
      outputs = readOutputs(job, frame, definition, log);
      const scope = scopeOf(job, frame, frame.env);
      if (setting.environmentUrl)
        url = job.masks.hide(toText(evaluate(setting.environmentUrl, scope)));
    } catch (error) {
      tellError(log, error);
      conclusion = "failure";
    }
    for (const orphan of await endOrphans(job.trackingId)) {
      log.write("runner", `Terminate orphan process: pid (${orphan.pid}) (${orphan.command})`);
    }
    settle(job, conclusion);
    return both(conclusion);
  });
  await sleep(0); // lets the last lines of ended processes go out
  return { result: job.status, outputs, url };
}

/** An output that holds a secret is left out, as GitHub does. */
function readOutputs(
  job: RunningJob,
  frame: Frame,
  definition: StepsJob,
  log: StepLog,
): { [name: string]: string } {
  const outputs: { [name: string]: string } = {};
  for (const [name, value] of withValues(definition.outputs, scopeOf(job, frame, frame.env))) {
    if (job.masks.reveals(value)) {
      log.annotate("warning", `Skip output '${name}' since it may contain secret.`);
      continue;
    }
    // An output that was never set is the same as an empty one.
    if (value !== "") outputs[name] = value;
  }
  return outputs;
}
