import type { Value } from "../language/value.ts";
import type { Facts } from "./payload.ts";

type Payload = { readonly [key: string]: Value };

const ISSUE: Payload = {
  number: 1,
  title: "An issue",
  state: "open",
  body: null,
  labels: [],
  assignees: [],
};
const COMMENT: Payload = { id: 1, body: "A comment" };
const DISCUSSION: Payload = { number: 1, title: "A discussion", body: "", answer_html_url: null };

/** The least that happened for events that few releases start on; `--event-file` says more. */
export function otherPayload(event: string, facts: Facts): Payload {
  const { repository, ref, sha, actor, pull } = facts;
  const user = { login: actor, type: "User" };
  const name = shortName(ref);
  const refType = ref.startsWith("refs/tags/") ? "tag" : "branch";
  const base = `refs/heads/${repository.defaultBranch}`;
  switch (event) {
    case "issues":
      return { action: "opened", issue: { ...ISSUE, user } };
    case "issue_comment":
      return {
        action: "created",
        issue: { ...ISSUE, user },
        comment: { ...COMMENT, user, author_association: "OWNER" },
      };
    case "create":
      return { ref: name, ref_type: refType, master_branch: repository.defaultBranch };
    case "delete":
      return { ref: name, ref_type: refType };
    case "merge_group":
      return {
        action: "checks_requested",
        merge_group: { head_sha: sha, head_ref: ref, base_sha: sha, base_ref: base },
      };
    case "deployment":
      return { action: "created", deployment: deployment(facts) };
    case "deployment_status":
      return {
        action: "created",
        deployment: deployment(facts),
        deployment_status: { state: "success", environment: "production", target_url: "" },
      };
    case "pull_request_review":
      return {
        action: "submitted",
        pull_request: { number: pull?.number ?? 1, user },
        review: { id: 1, state: "approved", body: null, user },
      };
    case "pull_request_review_comment":
      return {
        action: "created",
        pull_request: { number: pull?.number ?? 1, user },
        comment: { ...COMMENT, user },
      };
    case "check_run":
    case "check_suite":
      return {
        action: event === "check_run" ? "created" : "completed",
        [event]: {
          id: 1,
          name: "check",
          head_sha: sha,
          status: "completed",
          conclusion: "success",
        },
      };
    case "status":
      return { sha, state: "success", context: "default", branches: [] };
    case "discussion":
      return { action: "created", discussion: { ...DISCUSSION, user } };
    case "discussion_comment":
      return {
        action: "created",
        discussion: { ...DISCUSSION, user },
        comment: { ...COMMENT, user },
      };
    case "label":
      return { action: "created", label: { name: "bug", color: "d73a4a" } };
    case "milestone":
      return { action: "created", milestone: { number: 1, title: "A milestone", state: "open" } };
    case "watch":
      return { action: "started" };
    default:
      return {};
  }
}

function shortName(ref: string): string {
  return ref.replace(/^refs\/(?:heads|tags)\//, "");
}

function deployment({ ref, sha, actor }: Facts): Payload {
  return {
    id: 1,
    ref: shortName(ref),
    sha,
    task: "deploy",
    environment: "production",
    payload: {},
    creator: { login: actor, type: "User" },
  };
}
