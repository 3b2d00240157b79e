import { randomUUID } from "node:crypto";
import { mkdir, realpath } from "node:fs/promises";
import { arch, platform } from "node:os";
import { join } from "node:path";
import { causes } from "../../lib/error.ts";
import { evaluate, type Scope } from "../language/expression.ts";
import { property } from "../language/token.ts";
import { isMap, isTruthy, toText, type Value } from "../language/value.ts";
import { withValues } from "../runner/javascript-action.ts";
import { runJob } from "../runner/job-runner.ts";
import { Masks } from "../runner/mask.ts";
import type { JobContexts, RunningJob, Texts } from "../runner/running-job.ts";
import type { ServiceAccess } from "../service/run-service.ts";
import { accessTo, type Permissions } from "../workflow/permission.ts";
import type { StepsJob } from "../workflow/workflow.ts";
import { type Approval, approve, decisionOf, settingOf } from "./environment.ts";
import { claimsOf } from "./job-claims.ts";
import type { Leg } from "./job-matrix.ts";
import { finish, type JobReport } from "./workflow-run.ts";

/** GitHub ends a cancelled job after this, whatever its steps ask for. */
const CANCEL_LIMIT_MS = 5 * 60_000;

/** Runs a job with steps: its environment's approval first, then a workspace of its own. */
export async function runStepsJob(leg: Leg, definition: StepsJob): Promise<JobReport> {
  const { run } = leg;
  const { setting } = run;
  const scope: Scope = {
    contexts: {
      github: run.github,
      inputs: run.inputs,
      vars: setting.vars,
      needs: leg.needs,
      strategy: leg.strategy,
      matrix: leg.matrix,
    },
  };
  const environment = environmentName(definition, scope);
  if (environment !== "") {
    const approval = await approvalFor(leg, environment);
    if (leg.signal.aborted)
      return finish(run, leg.path, definition, "cancelled", cancelReason(leg));
    if (approval.state === "rejected" || approval.state === "absent") {
      return finish(run, leg.path, definition, "failure", approval.reason);
    }
  }
  const release = await setting.slots.take();
  try {
    if (leg.signal.aborted)
      return finish(run, leg.path, definition, "cancelled", cancelReason(leg));
    return await runPlaced(leg, definition, environment);
  } finally {
    release();
  }
}

function cancelReason(leg: Leg): string {
  const { reason } = leg.signal;
  return typeof reason === "string" ? reason : "the run was cancelled";
}

function environmentName(definition: StepsJob, scope: Scope): string {
  const token = definition.environment;
  if (!token) return "";
  const name = property(token, "name") ?? token;
  const value = evaluate(name, scope);
  return toText(isMap(value) ? value.name : value);
}

async function approvalFor(leg: Leg, environment: string): Promise<Approval> {
  const { setting } = leg.run;
  const reviewers = settingOf(setting.environments, environment)?.reviewers ?? [];
  const request = { job: leg.path, environment, reviewers };
  const decided = decisionOf(setting.environments, request);
  const tell = (state: Approval["state"] | "requested", reason: string): void =>
    setting.emit({ type: "approval", job: leg.path, environment, state, reason });
  if (decided !== "ask") {
    tell(decided.state, decided.reason);
    return decided;
  }
  const who = reviewers.length > 0 ? `one of ${reviewers.join(", ")}` : "a reviewer";
  tell("requested", `${environment} waits for ${who}`);
  const approval = await approve(setting.approve, request, setting.ask, leg.signal);
  tell(approval.state, approval.reason);
  return approval;
}

async function runPlaced(leg: Leg, definition: StepsJob, environment: string): Promise<JobReport> {
  const { run } = leg;
  const startedAt = performance.now();
  run.setting.emit({ type: "job-started", job: leg.path, name: leg.name });
  const timeout = new AbortController();
  const ended = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  let limit: NodeJS.Timeout | undefined;
  try {
    const permissions =
      definition.permissions ?? run.loaded.workflow.permissions ?? run.permissions;
    const access = await admit(leg, definition, environment, permissions);
    const cancel = AbortSignal.any([leg.signal, timeout.signal]);
    cancel.addEventListener("abort", () => {
      limit = setTimeout(() => ended.abort(), CANCEL_LIMIT_MS);
    });
    const force = AbortSignal.any([run.setting.force, ended.signal]);
    const job = await prepare(leg, definition, { environment, access, cancel, force });
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
      : undefined;
    const tolerated =
      end.result === "failure" && isTruthy(evaluate(definition.continueOnError, scope));
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
    clearTimeout(timer);
    clearTimeout(limit);
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

/** A job that runs no action and asks for no identity needs none of GitHub's services. */
async function admit(
  leg: Leg,
  definition: StepsJob,
  environment: string,
  permissions: Permissions,
): Promise<ServiceAccess> {
  const mayIdentify = accessTo(permissions, "id-token") === "write";
  if (!mayIdentify && !definition.steps.some((step) => step.kind === "uses")) {
    return { everyStep: {}, actions: {}, secrets: [] };
  }
  const service = await leg.run.setting.service();
  const claims = mayIdentify ? claimsOf(leg, environment) : undefined;
  return service.admit(toText(leg.run.github.run_id), leg.path, claims);
}

async function prepare(
  leg: Leg,
  definition: StepsJob,
  given: { environment: string; access: ServiceAccess; cancel: AbortSignal; force: AbortSignal },
): Promise<RunningJob> {
  const { run } = leg;
  const { environment, access, cancel, force } = given;
  const { setting } = run;
  const own = settingOf(setting.environments, environment);
  const secrets: Texts = { ...run.secrets, ...own?.secrets };
  const vars: Texts = { ...setting.vars, ...own?.vars };
  const lost = setting.disturbances.lost(leg.path);
  const folders = await makeFolders(leg);
  const contexts: JobContexts = {
    github: {
      ...run.github,
      job: definition.id,
      workspace: folders.workspace,
      event_path: folders.eventFile,
    },
    vars,
    secrets,
    needs: leg.needs,
    strategy: leg.strategy,
    matrix: leg.matrix,
    inputs: run.inputs,
    runner: {
      name: "rehearsal",
      os: platform() === "darwin" ? "macOS" : "Linux",
      arch: arch() === "arm64" ? "ARM64" : "X64",
      temp: folders.temp,
      tool_cache: folders.toolCache,
      workspace: join(folders.workspace, ".."),
      environment: "self-hosted",
      debug: setting.debug ? "1" : "",
    },
  };
  const env = new Map<string, string>();
  const scope = { contexts };
  for (const token of [run.loaded.workflow.env, definition.env]) {
    for (const [key, value] of withValues(token, {
      contexts: { ...contexts, env: Object.fromEntries(env) },
    }))
      env.set(key, value);
  }
  return {
    path: leg.path,
    emit: (happening) => {
      if (!lost.aborted) setting.emit(happening);
    },
    masks: new Masks([...setting.secrets, ...Object.values(secrets), ...access.secrets]),
    folders,
    contexts,
    hostEnv: setting.hostEnv,
    env,
    extraPath: [],
    defaults: defaultsOf(leg, definition, {
      contexts: { ...scope.contexts, env: Object.fromEntries(env) },
    }),
    access,
    trackingId: `github_${randomUUID()}`,
    tree: run.loaded.tree,
    checkoutRoot: setting.event.repository.root,
    mappings: setting.mappings,
    artifacts: setting.artifacts,
    timing: setting.timing,
    cancel,
    force,
    lost,
    kill: AbortSignal.any([force, lost]),
    leftOpen: [],
    posts: [],
    status: "success",
    nextStep: 1,
  };
}

function defaultsOf(leg: Leg, definition: StepsJob, scope: Scope): RunningJob["defaults"] {
  const read = (name: string): string => {
    for (const token of [definition.defaults, leg.run.loaded.workflow.defaults]) {
      const value = property(property(token, "run"), name);
      if (value) return toText(evaluate(value, scope));
    }
    return "";
  };
  const shell = read("shell");
  const workingDirectory = read("working-directory");
  return {
    ...(shell === "" ? {} : { shell }),
    ...(workingDirectory === "" ? {} : { workingDirectory }),
  };
}

async function makeFolders(leg: Leg): Promise<RunningJob["folders"]> {
  const { setting, github } = leg.run;
  const folder = join(
    setting.folder,
    "jobs",
    `${leg.path.replace(/[^\w.-]+/g, "_").slice(0, 100)}-${randomUUID().slice(0, 8)}`,
  );
  const repository = toText(github.repository).split("/")[1] || "repository";
  const paths = {
    workspace: join(folder, repository, repository),
    temp: join(folder, "_temp"),
    toolCache: join(setting.folder, "tools"),
  };
  for (const path of Object.values(paths)) await mkdir(path, { recursive: true });
  return { ...paths, workspace: await realpath(paths.workspace), eventFile: setting.eventFile };
}
