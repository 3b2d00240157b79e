import { numberFor } from "../api/show.ts";
import { toText, type Value } from "../language/value.ts";
import type { EventRequest, PullRequest } from "./event.ts";
import { otherPayload } from "./other-payload.ts";
import type { Repository } from "./repository.ts";

/** What every event tells. */
export function common(repository: Repository, actor: string): { [key: string]: Value } {
  const [owner = "local", name = "repository"] = repository.fullName.split("/");
  const url = `https://github.com/${repository.fullName}`;
  return {
    repository: {
      id: numberFor(repository.fullName),
      name,
      full_name: repository.fullName,
      private: false,
      owner: { login: owner, name: owner, id: numberFor(owner), type: "User" },
      html_url: url,
      clone_url: `${url}.git`,
      url: `https://api.github.com/repos/${repository.fullName}`,
      default_branch: repository.defaultBranch,
      master_branch: repository.defaultBranch,
    },
    sender: { login: actor, id: numberFor(actor), type: "User" },
  };
}

export interface Facts {
  readonly repository: Repository;
  readonly ref: string;
  readonly sha: string;
  readonly before: string;
  readonly actor: string;
  readonly pull: PullRequest | undefined;
}

/** What an event tells of its own, as GitHub would with the least that happened. */
export function specific(request: EventRequest, facts: Facts): { [key: string]: Value } {
  switch (request.name) {
    case "push":
      return pushPayload(facts);
    case "workflow_dispatch":
      return {
        ref: facts.ref,
        inputs: texts(request.inputs),
        workflow: request.awaited?.file ?? "",
      };
    case "pull_request":
    case "pull_request_target":
      return pullRequestPayload(facts);
    case "schedule":
      return { schedule: request.awaited?.cron ?? "" };
    case "release":
      return releasePayload(facts);
    case "repository_dispatch":
      return {
        action: request.awaited?.dispatchType ?? "rehearsal",
        branch: facts.repository.defaultBranch,
        client_payload: {},
      };
    case "workflow_run":
      return workflowRunPayload(request, facts);
    default:
      return otherPayload(request.name, facts);
  }
}

function workflowRunPayload({ awaited }: EventRequest, facts: Facts): { [key: string]: Value } {
  const { repository, sha, actor } = facts;
  const name = awaited?.workflow ?? "CI";
  const url = `https://github.com/${repository.fullName}`;
  return {
    action: "completed",
    workflow: { id: numberFor(name), name, state: "active" },
    workflow_run: {
      id: numberFor(`${name} ${sha}`),
      name,
      event: "push",
      status: "completed",
      conclusion: "success",
      run_number: 1,
      run_attempt: 1,
      head_sha: sha,
      head_branch: repository.branch,
      head_repository: { full_name: repository.fullName, fork: false },
      head_commit: { id: sha, message: repository.message },
      actor: { login: actor, type: "User" },
      path: `.github/workflows/${name.toLowerCase().replaceAll(/[^a-z0-9]+/g, "-")}.yml`,
      workflow_id: numberFor(name),
      display_title: repository.message.split("\n")[0] ?? "",
      repository: { full_name: repository.fullName },
      pull_requests: [],
      html_url: `${url}/actions/runs/${numberFor(`${name} ${sha}`)}`,
    },
  };
}

/** In a dispatch's payload all inputs are texts; only the `inputs` context is typed. */
function texts(inputs: { readonly [name: string]: Value }): { [name: string]: Value } {
  return Object.fromEntries(Object.entries(inputs).map(([name, value]) => [name, toText(value)]));
}

function pushPayload({ repository, ref, sha, before, actor }: Facts): { [key: string]: Value } {
  const commit = {
    id: sha,
    message: repository.message,
    author: { name: repository.author.name, email: repository.author.email },
    committer: { name: repository.author.name, email: repository.author.email },
    url: `https://github.com/${repository.fullName}/commit/${sha}`,
    distinct: true,
  };
  const isTag = ref.startsWith("refs/tags/");
  return {
    ref,
    before: isTag ? "0".repeat(40) : before,
    after: sha,
    base_ref: null,
    created: isTag,
    deleted: false,
    forced: false,
    head_commit: commit,
    commits: isTag ? [] : [commit],
    pusher: { name: actor, email: repository.author.email },
    compare: `https://github.com/${repository.fullName}/compare/${before.slice(0, 12)}...${sha.slice(0, 12)}`,
  };
}

function pullRequestPayload({ repository, sha, actor, pull }: Facts): { [key: string]: Value } {
  const number = pull?.number ?? 1;
  const repo = { full_name: repository.fullName, fork: false };
  return {
    action: "opened",
    number,
    pull_request: {
      number,
      state: "open",
      draft: false,
      merged: false,
      title: repository.message.split("\n")[0] ?? "",
      body: null,
      user: { login: actor, type: "User" },
      labels: [],
      head: { ref: pull?.head ?? "", sha, label: pull?.head ?? "", repo },
      base: { ref: pull?.base ?? "", sha, label: pull?.base ?? "", repo },
      html_url: `https://github.com/${repository.fullName}/pull/${number}`,
    },
  };
}

function releasePayload({ ref, repository, actor }: Facts): { [key: string]: Value } {
  const tag = ref.replace(/^refs\/tags\//, "");
  const id = numberFor(`release ${tag}`);
  const { fullName } = repository;
  const api = `https://api.github.com/repos/${fullName}/releases/${id}`;
  return {
    action: "published",
    release: {
      id,
      tag_name: tag,
      name: tag,
      body: "",
      draft: false,
      prerelease: false,
      target_commitish: repository.defaultBranch,
      author: { login: actor, type: "User" },
      assets: [],
      url: api,
      upload_url: `https://uploads.github.com/repos/${fullName}/releases/${id}/assets{?name,label}`,
      html_url: `https://github.com/${fullName}/releases/tag/${tag}`,
    },
  };
}
