import type { Json } from "../call.ts";
import type { Deployment, DeploymentState, DeploymentStatus } from "../held.ts";
import { type Hub, stamp } from "../hub.ts";
import { user } from "../show.ts";

export interface NewDeployment {
  readonly by: string;
  readonly ref: string;
  readonly sha: string;
  readonly environment: string;
  readonly task?: string;
  readonly description?: string;
  readonly payload?: Json;
  readonly transient?: boolean;
  readonly production?: boolean;
}

/** Records that something is about to be deployed; its environment comes to be with it. */
export function addDeployment(hub: Hub, made: NewDeployment): Deployment {
  hub.environment(made.environment);
  return hub.deployments.add({
    id: hub.nextId(),
    by: made.by,
    createdAt: stamp(),
    ref: made.ref,
    sha: made.sha,
    task: made.task ?? "deploy",
    environment: made.environment,
    description: made.description ?? "",
    payload: made.payload ?? {},
    transient: made.transient ?? false,
    production: made.production ?? made.environment === "production",
    statuses: [],
  });
}

export interface NewStatus {
  readonly by: string;
  readonly state: DeploymentState;
  readonly description?: string;
  readonly environmentUrl?: string;
  readonly logUrl?: string;
  readonly autoInactive?: boolean;
}

/** A success makes what was deployed there before inactive, except in production, as GitHub documents it. */
export function addStatus(hub: Hub, deployment: Deployment, made: NewStatus): DeploymentStatus {
  const status: DeploymentStatus = {
    id: hub.nextId(),
    by: made.by,
    createdAt: stamp(),
    state: made.state,
    description: made.description ?? "",
    environmentUrl: made.environmentUrl ?? "",
    logUrl: made.logUrl ?? "",
  };
  deployment.statuses.push(status);
  if (made.state !== "success" || made.autoInactive === false) return status;
  for (const older of hub.deployments.all()) {
    const replaced =
      older.id < deployment.id &&
      older.environment === deployment.environment &&
      !older.transient &&
      !older.production &&
      older.statuses.at(-1)?.state === "success";
    if (replaced) addStatus(hub, older, { by: made.by, state: "inactive" });
  }
  return status;
}

export function showDeployment(hub: Hub, deployment: Deployment): Json {
  const url = hub.repositoryUrl(`/deployments/${deployment.id}`);
  return {
    url,
    id: deployment.id,
    node_id: `DE_${deployment.id}`,
    sha: deployment.sha,
    ref: deployment.ref,
    task: deployment.task,
    payload: deployment.payload,
    original_environment: deployment.environment,
    environment: deployment.environment,
    description: deployment.description,
    creator: user(deployment.by),
    created_at: deployment.createdAt,
    updated_at: deployment.statuses.at(-1)?.createdAt ?? deployment.createdAt,
    statuses_url: `${url}/statuses`,
    repository_url: hub.repositoryUrl(),
    transient_environment: deployment.transient,
    production_environment: deployment.production,
  };
}

export function showStatus(hub: Hub, deployment: Deployment, status: DeploymentStatus): Json {
  const url = hub.repositoryUrl(`/deployments/${deployment.id}`);
  return {
    url: `${url}/statuses/${status.id}`,
    id: status.id,
    node_id: `DES_${status.id}`,
    state: status.state,
    creator: user(status.by),
    description: status.description,
    environment: deployment.environment,
    environment_url: status.environmentUrl,
    log_url: status.logUrl,
    target_url: status.logUrl,
    created_at: status.createdAt,
    updated_at: status.createdAt,
    deployment_url: url,
    repository_url: hub.repositoryUrl(),
  };
}
