import { toText } from "../language/value.ts";
import { type JobClaims, subjectOf } from "../service/oidc-issuer.ts";
import type { Leg } from "./job-matrix.ts";

const FROM_GITHUB = [
  "actor",
  "actor_id",
  "base_ref",
  "event_name",
  "head_ref",
  "ref",
  "ref_type",
  "repository",
  "repository_id",
  "repository_owner",
  "repository_owner_id",
  "repository_visibility",
  "run_attempt",
  "run_id",
  "run_number",
  "sha",
  "workflow",
  "workflow_ref",
  "workflow_sha",
];

/** What an identity token says about a job. */
export function claimsOf(leg: Leg, environment: string): JobClaims {
  const { github, loaded } = leg.run;
  const text = (name: string): string => toText(github[name]);
  const claims: { [claim: string]: string } = {};
  for (const name of FROM_GITHUB) claims[name] = text(name);
  const called = jobWorkflowRef(leg);
  return {
    ...claims,
    sub: subjectOf({
      repository: text("repository"),
      environment,
      event: text("event_name"),
      ref: text("ref"),
    }),
    ref_protected: "false",
    runner_environment: "self-hosted",
    job_workflow_ref: called,
    job_workflow_sha: loaded.tree.sha,
    ...(environment === "" ? {} : { environment }),
  };
}

/** The file that the job stands in: for a called workflow it is not the one that runs. */
function jobWorkflowRef(leg: Leg): string {
  const { github, loaded } = leg.run;
  const { repository, ref } = loaded.tree;
  const path = loaded.workflow.file;
  if (path.startsWith(`${repository}/`)) return `${path}@${ref}`;
  return `${repository}/${path}@${toText(github.ref)}`;
}
