import { z } from "zod";
import {
  ApiRefusal,
  bodyOf,
  type Call,
  created,
  idOf,
  list,
  notFound,
  nothing,
  ok,
  type Route,
  route,
} from "../call.ts";
import { combinedState } from "../check/commit-status.ts";
import { commitAt } from "../git/source.ts";
import { DEPLOYMENT_STATES, type Deployment } from "../held.ts";
import { loginOf } from "../show.ts";
import { addDeployment, addStatus, showDeployment, showStatus } from "./deployment.ts";

const NewDeployment = z.object({
  ref: z.string().min(1),
  task: z.string().optional(),
  auto_merge: z.boolean().optional(),
  required_contexts: z.array(z.string()).optional(),
  payload: z.union([z.record(z.string(), z.json()), z.string()]).optional(),
  environment: z.string().min(1).default("production"),
  description: z.string().nullish(),
  transient_environment: z.boolean().optional(),
  production_environment: z.boolean().optional(),
});

const NewStatus = z.object({
  state: z.enum(DEPLOYMENT_STATES),
  target_url: z.string().optional(),
  log_url: z.string().optional(),
  description: z.string().max(140, "the description is longer than 140 characters").optional(),
  environment: z.string().optional(),
  environment_url: z.string().optional(),
  auto_inactive: z.boolean().optional(),
});

const read = { deployments: "read" } as const;
const write = { deployments: "write" } as const;

export const deployments: readonly Route[] = [
  route("GET deployments", read, (call) => {
    const wanted = (name: "sha" | "ref" | "task" | "environment", item: Deployment): boolean =>
      !call.query.get(name) || call.query.get(name) === item[name];
    const found = call.hub.deployments
      .newest()
      .filter((item) =>
        (["sha", "ref", "task", "environment"] as const).every((name) => wanted(name, item)),
      );
    return list(found.map((item) => showDeployment(call.hub, item)));
  }),
  route("POST deployments", write, create),
  route("GET deployments/{id}", read, (call) => ok(showDeployment(call.hub, deploymentOf(call)))),
  route("DELETE deployments/{id}", write, (call) => {
    const deployment = deploymentOf(call);
    const isActive = !["inactive", "failure", "error"].includes(
      deployment.statuses.at(-1)?.state ?? "",
    );
    const others = call.hub.deployments
      .all()
      .filter(({ environment }) => environment === deployment.environment);
    if (isActive && others.length > 1) {
      throw new ApiRefusal(
        422,
        "We cannot delete an active deployment unless it is the only deployment in a given environment.",
      );
    }
    call.hub.deployments.remove(deployment.id);
    return nothing();
  }),
  route("GET deployments/{id}/statuses", read, (call) => {
    const deployment = deploymentOf(call);
    const newest = [...deployment.statuses].reverse();
    return list(newest.map((status) => showStatus(call.hub, deployment, status)));
  }),
  route("GET deployments/{id}/statuses/{status}", read, (call) => {
    const deployment = deploymentOf(call);
    const status = deployment.statuses.find(({ id }) => id === idOf(call, "status"));
    if (!status) throw notFound();
    return ok(showStatus(call.hub, deployment, status));
  }),
  route("POST deployments/{id}/statuses", write, (call) => {
    const deployment = deploymentOf(call);
    const given = bodyOf(call, NewStatus);
    const status = addStatus(call.hub, deployment, {
      by: loginOf(call.hub, call.holder),
      state: given.state,
      description: given.description ?? "",
      environmentUrl: given.environment_url ?? "",
      logUrl: given.log_url ?? given.target_url ?? "",
      autoInactive: given.auto_inactive ?? true,
    });
    return created(showStatus(call.hub, deployment, status));
  }),
];

function deploymentOf(call: Call): Deployment {
  const found = call.hub.deployments.get(idOf(call, "id"));
  if (found) return found;
  throw notFound();
}

async function create(call: Call) {
  const { hub } = call;
  const given = bodyOf(call, NewDeployment);
  const sha = await commitAt(hub, given.ref);
  if (!sha) throw new ApiRefusal(422, `No ref found for: ${given.ref}`);
  // Without required_contexts every status of the commit has to be a success.
  const { state, contexts } = combinedState(hub, sha, given.required_contexts);
  if (state !== "success" && contexts.length > 0) {
    throw new ApiRefusal(409, `Conflict: Commit status checks failed for ${given.ref}.`, contexts);
  }
  const deployment = addDeployment(hub, {
    by: loginOf(hub, call.holder),
    ref: given.ref,
    sha,
    environment: given.environment,
    task: given.task ?? "deploy",
    description: given.description ?? "",
    payload: given.payload ?? {},
    transient: given.transient_environment ?? false,
    ...(given.production_environment === undefined
      ? {}
      : { production: given.production_environment }),
  });
  return created(showDeployment(hub, deployment));
}
