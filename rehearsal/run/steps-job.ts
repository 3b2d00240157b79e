import { causes } from "../../lib/error.ts";
import { evaluate, type Scope } from "../language/expression.ts";
import { property } from "../language/token.ts";
import { isMap, isYes, toText, type Value } from "../language/value.ts";
import { runJob } from "../runner/job-runner.ts";
import type { StepsJob } from "../workflow/workflow.ts";
import { approvalFor, environmentName } from "./approval.ts";
import { waitTimer, whyBarred } from "./environment-rule.ts";
import { JobDeployment } from "./job-deployment.ts";
import type { Leg } from "./job-matrix.ts";
import { admit, placeJob } from "./placed-job.ts";
import { contextsOfLeg } from "./run-context.ts";
import { whyNoRunner } from "./runner-label.ts";
import { finish, type JobReport } from "./workflow-run.ts";

/** GitHub ends a cancelled job after this, whatever its steps ask for. */
const CANCEL_LIMIT_MS = 5 * 60_000;

/** Runs a job with steps: its environment's approval first, then a workspace of its own. */
export async function runStepsJob(leg: Leg, definition: StepsJob): Promise<JobReport> {
  const { run } = leg;
  const { setting } = run;
  const scope: Scope = { contexts: contextsOfLeg(leg) };
  const noRunner = whyNoRunner(evaluate(definition.runsOn, scope), setting.runners);
  if (noRunner) return finish(run, leg.path, definition, "failure", noRunner);
  const environment = environmentName(definition, scope);
  const deployment = new JobDeployment(leg, environment);
  const end = (result: "failure" | "cancelled", reason: string): JobReport => {
    deployment.ends(result, undefined);
    return finish(run, leg.path, definition, result, reason);
  };
  if (environment !== "") {
    const barred = whyBarred(leg, environment);
    if (barred) return end("failure", barred);
    deployment.waits();
    const approval = await approvalFor(leg, environment);
    if (leg.signal.aborted) return end("cancelled", cancelReason(leg));
    if (approval.state === "rejected" || approval.state === "absent") {
      return end("failure", approval.reason);
    }
    await waitTimer(leg, environment);
  }
  const release = await placeFor(leg, definition);
  try {
    if (leg.signal.aborted) return end("cancelled", cancelReason(leg));
    deployment.starts();
    const report = await runPlaced(leg, definition, environment);
    deployment.ends(report.result, report.url);
    return report;
  } finally {
    release();
  }
}

/** Resolves when the job may begin, with what gives its place to the next one. */
async function placeFor(leg: Leg, { container, services }: StepsJob): Promise<() => void> {
  const { slots, ports, emit } = leg.run.setting;
  if (container === undefined || services === undefined) return slots.take();
  if (ports.areTaken) {
    const reason = "services of another job in a container have this machine's ports";
    emit({ type: "job-waiting", job: leg.path, reason });
  }
  const closePorts = await ports.take();
  const release = await slots.take();
  return () => {
    release();
    closePorts();
  };
}

function cancelReason(leg: Leg): string {
  const { reason } = leg.signal;
  return typeof reason === "string" ? reason : "the run was cancelled";
}

async function runPlaced(leg: Leg, definition: StepsJob, environment: string): Promise<JobReport> {
  const { run } = leg;
  const startedAt = performance.now();
  run.setting.emit({ type: "job-started", job: leg.path, name: leg.name });
  const timeout = new AbortController();
  const ended = new AbortController();
  const over = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  let limit: NodeJS.Timeout | undefined;
  const { hub, ownsToken } = run.setting;
  const permissions = definition.permissions ?? run.loaded.workflow.permissions ?? run.permissions;
  const token = ownsToken ? hub.tokens.issue(leg.path, permissions) : run.setting.token;
  try {
    const access = await admit(leg, definition, environment, permissions);
    const cancel = AbortSignal.any([leg.signal, timeout.signal]);
    const onCancel = (): void => {
      limit = setTimeout(() => ended.abort(), CANCEL_LIMIT_MS);
    };
    // A matrix may be cancelled after this one has ended: then there is nothing left to limit.
    cancel.addEventListener("abort", onCancel, { once: true, signal: over.signal });
    if (cancel.aborted) onCancel();
    const force = AbortSignal.any([run.setting.force, ended.signal]);
    const job = await placeJob(leg, definition, { environment, access, token, cancel, force });
    const scope = { contexts: job.contexts };
    const minutes = Number(evaluate(definition.timeoutMinutes, scope)) || 360;
    timer = setTimeout(() => timeout.abort(), minutes * 60_000);
    const end = await runJob(job, definition, {
      permissions,
      runsOn: toText(describe(evaluate(definition.runsOn, scope))),
      environmentUrl: property(definition.environment, "url"),
      notices: run.setting.notices,
    });
    if (job.lost.aborted) {
      const reason = "the runner lost communication with the server";
      return told(leg, startedAt, { ...end, reason });
    }
    const reason = timeout.signal.aborted
      ? `it exceeded the maximum execution time of ${minutes} minutes`
      : end.result === "cancelled"
        ? cancelReason(leg)
        : undefined;
    const tolerated =
      end.result === "failure" && isYes(evaluate(definition.continueOnError, scope));
    return told(leg, startedAt, {
      ...end,
      result: tolerated ? "success" : end.result,
      reason: tolerated ? "it failed, and has continue-on-error" : reason,
    });
  } catch (error) {
    return told(leg, startedAt, {
      result: "failure",
      outputs: {},
      url: undefined,
      reason: causes(error).join(": "),
    });
  } finally {
    if (ownsToken) hub.tokens.revoke(token);
    clearTimeout(timer);
    clearTimeout(limit);
    over.abort();
  }
}

function told(
  leg: Leg,
  startedAt: number,
  end: Pick<JobReport, "result" | "outputs" | "url" | "reason">,
): JobReport {
  const durationMs = Math.round(performance.now() - startedAt);
  leg.run.setting.emit({
    type: "job-finished",
    job: leg.path,
    name: leg.name,
    result: end.result,
    outputs: end.outputs,
    durationMs,
    ...(end.reason === undefined ? {} : { reason: end.reason }),
    ...(end.url === undefined ? {} : { url: end.url }),
  });
  return { ...end, name: leg.name, durationMs, legs: [], jobs: {} };
}

function describe(runsOn: Value): Value {
  if (Array.isArray(runsOn)) return runsOn.map((label: Value) => toText(label)).join(", ");
  return isMap(runsOn) ? JSON.stringify(runsOn) : runsOn;
}
