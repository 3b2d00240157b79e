import { evaluate, type Scope } from "../language/expression.ts";
import { property } from "../language/token.ts";
import { isMap, toText } from "../language/value.ts";
import type { StepsJob } from "../workflow/workflow.ts";
import { type Approval, approve, decisionOf, settingOf } from "./environment.ts";
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
  const approval = await approve(setting.approve, request, setting.ask, leg.signal);
  tell(approval.state, approval.reason);
  return approval;
}
