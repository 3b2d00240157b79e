import { z } from "zod";
import { settingOf } from "../../run/environment.ts";
import {
  ApiRefusal,
  bodyOf,
  type Call,
  type Json,
  list,
  notFound,
  ok,
  type Route,
  route,
} from "../call.ts";
import { stamp } from "../hub.ts";
import { loginOf, user } from "../show.ts";

const Decision = z.object({
  environment_ids: z.array(z.number().int()),
  state: z.enum(["approved", "rejected"]),
  comment: z.string(),
});

/** Environments with their protection, and the approvals that wait. */
export const environments: readonly Route[] = [
  route("GET environments", { actions: "read" }, (call) =>
    list(
      [...call.hub.environments.values()].map(({ name }) => show(call, name)),
      "environments",
    ),
  ),
  route("GET environments/{name}", { actions: "read" }, (call) =>
    ok(show(call, call.params.name ?? "")),
  ),
  // Nothing in a workflow's permissions grants administration.
  route("PUT environments/{name}", { administration: "write" }, (call) => {
    call.hub.environment(call.params.name ?? "");
    return ok(show(call, call.params.name ?? ""));
  }),
  route("GET actions/runs/{run}/pending_deployments", { actions: "read" }, (call) => {
    ownRun(call);
    return ok(pending(call));
  }),
  route("POST actions/runs/{run}/pending_deployments", { deployments: "write" }, decide),
  route("GET actions/runs/{run}/approvals", { actions: "read" }, (call) => {
    ownRun(call);
    return ok(
      call.hub.reviews.map((review) => ({
        state: review.state,
        comment: review.comment,
        environments: [environmentFields(call, review.environment)],
        user: user(review.by),
      })),
    );
  }),
];

export function ownRun(call: Call): void {
  if (call.params.run !== call.hub.facts.runId) throw notFound();
}

function environmentFields(call: Call, name: string): { readonly [key: string]: Json } {
  const { hub } = call;
  const { id } = hub.environment(name);
  return {
    id,
    node_id: `EN_${id}`,
    name,
    url: hub.repositoryUrl(`/environments/${encodeURIComponent(name)}`),
    html_url: hub.pageUrl(
      `/deployments/activity_log?environments_filter=${encodeURIComponent(name)}`,
    ),
  };
}

function show(call: Call, given: string): Json {
  const { hub } = call;
  const known = hub.environments.get(given.toLowerCase());
  if (!known) throw notFound();
  const setting = settingOf(hub.facts.environments, known.name);
  const rules: Json[] = [];
  if (setting && setting.waitMs > 0) {
    const minutes = Math.ceil(setting.waitMs / 60_000);
    rules.push({
      id: known.id,
      node_id: `GA_${known.id}`,
      type: "wait_timer",
      wait_timer: minutes,
    });
  }
  if (setting && setting.reviewers.length > 0) {
    rules.push({
      id: known.id,
      node_id: `GA_${known.id}`,
      type: "required_reviewers",
      prevent_self_review: false,
      reviewers: setting.reviewers.map((login) => ({ type: "User", reviewer: user(login) })),
    });
  }
  const branches = setting?.branches ?? setting?.tags;
  if (branches) rules.push({ id: known.id, node_id: `GA_${known.id}`, type: "branch_policy" });
  return {
    ...environmentFields(call, known.name),
    created_at: stamp(),
    updated_at: stamp(),
    protection_rules: rules,
    deployment_branch_policy: branches
      ? { protected_branches: false, custom_branch_policies: true }
      : null,
  };
}

function pending(call: Call): Json[] {
  return call.hub.pending.all().map(({ environment, reviewers }) => ({
    environment: environmentFields(call, environment),
    wait_timer: 0,
    wait_timer_started_at: null,
    current_user_can_approve: call.holder.kind === "person",
    reviewers: reviewers.map((login) => ({ type: "User", reviewer: user(login) })),
  }));
}

/** Only a person decides: the token of a job is nobody's reviewer. */
function decide(call: Call) {
  ownRun(call);
  const { hub } = call;
  const given = bodyOf(call, Decision);
  if (call.holder.kind === "job")
    throw new ApiRefusal(403, "Resource not accessible by integration");
  const waiting = hub.pending
    .all()
    .filter(({ environment }) => given.environment_ids.includes(hub.environment(environment).id));
  if (waiting.length === 0)
    throw new ApiRefusal(422, "There are no pending deployment requests to approve or reject");
  for (const approval of waiting) {
    hub.pending.remove(approval.id);
    const by = loginOf(hub, call.holder);
    const { environment } = approval;
    hub.reviews.push({ environment, state: given.state, comment: given.comment, by });
    approval.decide(given.state === "approved", given.comment);
  }
  const names = new Set(waiting.map(({ environment }) => environment));
  return ok(
    hub.deployments
      .newest()
      .filter(({ environment }) => names.has(environment))
      .map((deployment) => ({
        id: deployment.id,
        ref: deployment.ref,
        sha: deployment.sha,
        environment: deployment.environment,
      })),
  );
}
