import { isMap, toText, type Value } from "../language/value.ts";
import { common, specific } from "./payload.ts";
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
  const [atRef, beforeRef] = after === undefined ? await commitsAt(repository, ref) : [];
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

/** A ref's commit and the one before; of what is checked out both are known already. */
function commitsAt(repository: Repository, ref: string): Promise<readonly (string | undefined)[]> {
  const { head, hasCommit, sha, parent } = repository;
  if (hasCommit && ref === head) return Promise.resolve([sha, parent]);
  return Promise.all([known(repository, ref), known(repository, `${ref}~1`)]);
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

export interface PullRequest {
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
