import { createHash } from "node:crypto";
import { isMap, toText, type Value } from "../language/value.ts";
import { atCommit, changedFiles, commitOf, fullRef, type Repository } from "./repository.ts";

/** What happened on GitHub that starts workflows. */
export interface RehearsedEvent {
  readonly name: string;
  readonly payload: { readonly [key: string]: Value };
  readonly ref: string;
  readonly refName: string;
  readonly refType: "branch" | "tag";
  readonly sha: string;
  readonly baseRef: string;
  readonly headRef: string;
  readonly actor: string;
  /** What its last commit says. */
  readonly message: string;
  readonly repository: Repository;
  /** For path filters; undefined when nobody knows: then they let everything through. */
  readonly changed: () => Promise<readonly string[] | undefined>;
}

export interface EventRequest {
  readonly name: string;
  readonly ref: string | undefined;
  readonly payload: { readonly [key: string]: Value } | undefined;
  readonly inputs: { readonly [name: string]: Value };
  /** What the workflows wait for: the payload says it where nobody says anything else. */
  readonly awaited?: Awaited | undefined;
}

export interface Awaited {
  /** The file that the event starts. */
  readonly file: string;
  readonly cron: string | undefined;
  readonly workflow: string | undefined;
  readonly dispatchType: string | undefined;
}

/** Builds an event with a payload like GitHub's; what a given payload says wins. */
export async function makeEvent(
  repository: Repository,
  request: EventRequest,
): Promise<RehearsedEvent> {
  const given = request.payload ?? {};
  const pull = pullRequestOf(request.name, given, repository);
  const ref = await refOf(repository, request, given, pull);
  const after = textAt(given, "after");
  const [atRef, beforeRef] = await Promise.all([
    after === undefined ? known(repository, ref) : undefined,
    after === undefined ? known(repository, `${ref}~1`) : undefined,
  ]);
  const sha = after ?? atRef ?? repository.sha;
  const told = await atCommit(repository, sha);
  const actor = textAt(given, "sender", "login") ?? repository.fullName.split("/")[0] ?? "local";
  const parent = atRef === undefined ? await known(repository, `${sha}~1`) : beforeRef;
  const before = textAt(given, "before") ?? parent ?? "0".repeat(40);
  const defaults = {
    ...common(repository, actor),
    ...specific(request, { repository: told, ref, sha, before, actor, pull }),
  };
  return {
    name: request.name,
    payload: filledIn(defaults, given),
    ref,
    refName: ref.replace(/^refs\/(heads|tags|pull)\//, ""),
    refType: ref.startsWith("refs/tags/") ? "tag" : "branch",
    sha,
    baseRef: pull ? pull.base : "",
    headRef: pull ? pull.head : "",
    actor,
    message: told.message,
    repository,
    changed: async () => {
      const named = filesIn(given);
      if (named || !repository.hasCommit) return named;
      return pull
        ? changedFiles(repository.root, pull.base, sha, "parting")
        : changedFiles(repository.root, before, sha, "before");
    },
  };
}

/** What is given, and beside it, however deep, what it leaves out. */
function filledIn(
  defaults: { readonly [key: string]: Value },
  given: { readonly [key: string]: Value },
): { readonly [key: string]: Value } {
  const filled = Object.entries(given).map(([key, value]) => {
    const known = defaults[key];
    return [key, isMap(value) && isMap(known) ? filledIn(known, value) : value] as const;
  });
  return { ...defaults, ...Object.fromEntries(filled) };
}

function known(repository: Repository, ref: string): Promise<string | undefined> {
  return repository.hasCommit ? commitOf(repository.root, ref) : Promise.resolve(undefined);
}

async function refOf(
  repository: Repository,
  request: EventRequest,
  given: { readonly [key: string]: Value },
  pull: PullRequest | undefined,
): Promise<string> {
  if (request.ref !== undefined) return fullRef(repository.root, request.ref);
  if (pull) {
    return request.name === "pull_request_target"
      ? `refs/heads/${pull.base}`
      : `refs/pull/${pull.number}/merge`;
  }
  const ref = textAt(given, "ref");
  if (ref !== undefined && request.name !== "create" && request.name !== "delete") {
    return fullRef(repository.root, ref);
  }
  const tag = request.name === "release" ? textAt(given, "release", "tag_name") : undefined;
  if (tag !== undefined) return `refs/tags/${tag}`;
  const onDefault = ["schedule", "repository_dispatch", "workflow_run", "issues", "issue_comment"];
  return `refs/heads/${onDefault.includes(request.name) ? repository.defaultBranch : repository.branch}`;
}

interface PullRequest {
  readonly number: number;
  readonly base: string;
  readonly head: string;
}

function pullRequestOf(
  event: string,
  given: { readonly [key: string]: Value },
  repository: Repository,
): PullRequest | undefined {
  if (!event.startsWith("pull_request")) return undefined;
  const number = Number(textAt(given, "number") ?? textAt(given, "pull_request", "number") ?? "1");
  return {
    number,
    base: textAt(given, "pull_request", "base", "ref") ?? repository.defaultBranch,
    head: textAt(given, "pull_request", "head", "ref") ?? repository.branch,
  };
}

/** The text at a path of a payload, or undefined. */
export function textAt(value: Value, ...path: string[]): string | undefined {
  let current: Value | undefined = value;
  for (const key of path) current = isMap(current) ? current[key] : undefined;
  if (current === undefined || current === null || typeof current === "object") return undefined;
  return toText(current);
}

function numberFor(text: string): number {
  return createHash("sha256").update(text).digest().readUInt32BE(0);
}

function common(repository: Repository, actor: string): { [key: string]: Value } {
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

interface Facts {
  readonly repository: Repository;
  readonly ref: string;
  readonly sha: string;
  readonly before: string;
  readonly actor: string;
  readonly pull: PullRequest | undefined;
}

function specific(request: EventRequest, facts: Facts): { [key: string]: Value } {
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
      return {};
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

function releasePayload({ ref }: Facts): { [key: string]: Value } {
  const tag = ref.replace(/^refs\/tags\//, "");
  return {
    action: "published",
    release: {
      tag_name: tag,
      name: tag,
      body: "",
      draft: false,
      prerelease: false,
      target_commitish: "main",
    },
  };
}

/** The files that a push's payload names. */
function filesIn(payload: { readonly [key: string]: Value }): string[] | undefined {
  const { commits } = payload;
  if (!Array.isArray(commits)) return undefined;
  const lists = (commits as readonly Value[]).flatMap((commit) =>
    isMap(commit) ? [commit.added, commit.modified, commit.removed] : [],
  );
  const known = lists.filter((list) => Array.isArray(list)) as (readonly Value[])[];
  return known.length === 0 ? undefined : [...new Set(known.flat().map(toText))];
}
