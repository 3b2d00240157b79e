import { createHash } from "node:crypto";
import type { RehearsedEvent } from "../event/event.ts";
import type { Values } from "../runner/running-job.ts";
import type { LoadedWorkflow } from "../workflow/load.ts";

function idOf(text: string): string {
  return String(createHash("sha256").update(text).digest().readUInt32BE(0));
}

/** The `github` context as far as it is the same for all jobs of a workflow. */
export function githubContext(
  event: RehearsedEvent,
  loaded: LoadedWorkflow,
  given: {
    readonly token: string;
    readonly attempt: number;
    readonly runId: string;
    readonly apiUrl: string;
  },
): Values {
  const { fullName } = event.repository;
  const owner = fullName.split("/")[0] ?? "local";
  const { file, name } = loaded.workflow;
  return {
    token: given.token,
    event_name: event.name,
    event: event.payload,
    ref: event.ref,
    ref_name: event.refName,
    ref_type: event.refType,
    ref_protected: false,
    sha: event.sha,
    base_ref: event.baseRef,
    head_ref: event.headRef,
    repository: fullName,
    repository_owner: owner,
    repository_id: idOf(fullName),
    repository_owner_id: idOf(owner),
    repositoryUrl: `git://github.com/${fullName}.git`,
    repository_visibility: "private",
    actor: event.actor,
    actor_id: idOf(event.actor),
    triggering_actor: event.actor,
    workflow: name,
    workflow_ref: `${fullName}/${file}@${event.ref}`,
    workflow_sha: event.sha,
    run_id: given.runId,
    run_number: "1",
    run_attempt: String(given.attempt),
    retention_days: "90",
    secret_source: "Actions",
    server_url: "https://github.com",
    api_url: given.apiUrl,
    graphql_url: `${given.apiUrl}/graphql`,
    action: "",
    action_path: "",
    action_ref: "",
    action_repository: "",
    action_status: "",
  };
}
