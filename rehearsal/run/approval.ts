import { evaluate, type Scope } from "../language/expression.ts";
import { property } from "../language/token.ts";
import { isMap, toText } from "../language/value.ts";
import type { StepsJob } from "../workflow/workflow.ts";
import {
  type Approval,
  type ApprovalRequest,
  approve,
  decisionOf,
  settingOf,
} from "./environment.ts";
import type { Leg } from "./job-matrix.ts";

/** The environment that a job deploys to; empty when it has none. */
export function environmentName(definition: StepsJob, scope: Scope): string {
  const token = definition.environment;
  if (!token) return "";
  const name = property(token, "name") ?? token;
  const value = evaluate(name, scope);
  return toText(isMap(value) ? value.name : value);
}

/** Waits until somebody decides whether the job may go on. */
export async function approvalFor(leg: Leg, environment: string): Promise<Approval> {
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
  const approval = await decision(leg, request);
  tell(approval.state, approval.reason);
  return approval;
}

/** What `--approve` says, or a person over the API, whoever is first. */
async function decision(leg: Leg, request: ApprovalRequest): Promise<Approval> {
  const { hub, approve: mode, ask } = leg.run.setting;
  if (mode !== "ask" && mode !== "api") return approve(mode, request, ask, leg.signal);
  const { environment } = request;
  const id = hub.nextId();
  const answered = new AbortController();
  const overApi = new Promise<Approval>((resolve) => {
    const decide = (approved: boolean, comment: string): void => {
      const state = approved ? "approved" : "rejected";
      const said = comment === "" ? "" : `: ${comment}`;
      resolve({ state, reason: `${environment} was ${state} over the API${said}` });
      answered.abort();
    };
    hub.pending.add({ id, ...request, decide });
    // Nobody has to decide any more when the run is cancelled.
    const onCancel = (): void => decide(false, "the run was cancelled");
    leg.signal.addEventListener("abort", onCancel, { once: true, signal: answered.signal });
    if (leg.signal.aborted) onCancel();
  });
  try {
    if (mode === "api") return await overApi;
    const signal = AbortSignal.any([leg.signal, answered.signal]);
    return await Promise.race([overApi, approve(mode, request, ask, signal)]);
  } finally {
    hub.pending.remove(id);
    answered.abort();
  }
}
