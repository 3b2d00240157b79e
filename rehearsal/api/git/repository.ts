import { git as gitIn } from "../../event/repository.ts";
import {
  type Call,
  type Json,
  list,
  notFound,
  ok,
  type Reply,
  type Route,
  route,
} from "../call.ts";
import type { Hub } from "../hub.ts";
import { numberFor, user } from "../show.ts";
import { commitAt, git } from "./source.ts";

const COMMIT_FORMAT = "%H%x1f%P%x1f%an%x1f%ae%x1f%aI%x1f%B%x1e";
const MAX_COMMITS = 1_000;

const read = { contents: "read" } as const;

/** The repository, its branches, tags and commits. */
export const repository: readonly Route[] = [
  route("GET /repos/{owner}/{repo}", { metadata: "read" }, (call) => ok(showRepository(call.hub))),
  route("GET branches", read, async (call) => {
    const lines = await names(call.hub, "refs/heads");
    return list(lines.map(([name, sha]) => ({ name, commit: { sha }, protected: false })));
  }),
  route("GET branches/{branch*}", read, async (call) => {
    const found = (await names(call.hub, "refs/heads")).find(
      ([name]) => name === call.params.branch,
    );
    if (!found) throw notFound();
    return ok({ name: found[0], commit: { sha: found[1] }, protected: false });
  }),
  route("GET tags", read, async (call) => {
    const lines = (await names(call.hub, "refs/tags")).reverse();
    return list(
      lines.map(([name = "", sha]) => ({
        name,
        commit: { sha, url: call.hub.repositoryUrl(`/commits/${sha}`) },
        tarball_url: call.hub.repositoryUrl(`/tarball/refs/tags/${name}`),
      })),
    );
  }),
  route("GET commits", read, async (call) => {
    const commit = await commitAt(call.hub, call.query.get("sha") ?? call.hub.facts.defaultBranch);
    if (!commit) throw notFound();
    const path = call.query.get("path");
    return list(await commits(call.hub, commit, ...(path ? ["--", path] : [])));
  }),
  route("GET compare/{basehead*}", read, compare),
  route("GET commits/{ref*}/pulls", read, () => list([])),
  route("GET commits/{ref*}", read, async (call) => {
    const commit = await commitAt(call.hub, call.params.ref ?? "");
    const [shown] = commit ? await commits(call.hub, "--max-count=1", commit) : [];
    if (!shown) throw notFound();
    return ok(shown);
  }),
];

function showRepository(hub: Hub): Json {
  const { repository: full, defaultBranch } = hub.facts;
  return { ...described(full, defaultBranch), url: hub.repositoryUrl() };
}

/** A mapped repository, as far as who checks it out asks for it: above all its default branch. */
export async function showOther(hub: Hub, full: string): Promise<Json> {
  const other = hub.facts.others.find(
    ({ repository }) => repository.toLowerCase() === full.toLowerCase(),
  );
  if (!other) throw notFound();
  const branch = await branchOf(other.path);
  if (branch === undefined) throw notFound();
  return { ...described(other.repository, branch), url: `${hub.url}/repos/${other.repository}` };
}

/** What its remote calls the default; else the branch that is checked out, or any. */
async function branchOf(path: string): Promise<string | undefined> {
  const origin = await gitIn(path, "symbolic-ref", "--short", "refs/remotes/origin/HEAD");
  const named = origin?.replace(/^origin\//, "");
  const local = (
    (await gitIn(path, "for-each-ref", "--format=%(refname:lstrip=2)", "refs/heads")) ?? ""
  )
    .split("\n")
    .filter((name) => name !== "");
  if (named !== undefined && local.includes(named)) return named;
  return (await gitIn(path, "symbolic-ref", "--short", "HEAD")) ?? local[0];
}

function described(full: string, defaultBranch: string): { readonly [name: string]: Json } {
  const [owner = "", name = ""] = full.split("/");
  return {
    id: numberFor(full),
    node_id: `R_${numberFor(full)}`,
    name,
    full_name: full,
    owner: user(owner),
    private: true,
    visibility: "private",
    default_branch: defaultBranch,
    html_url: `https://github.com/${full}`,
    archived: false,
    fork: false,
  };
}

/** `[name, commit]` of what lies below a folder of refs; an annotated tag stands for its commit. */
async function names(hub: Hub, below: string): Promise<string[][]> {
  const format =
    "--format=%(refname:lstrip=2)%09%(if)%(*objectname)%(then)%(*objectname)%(else)%(objectname)%(end)";
  const lines = (await git(hub, "for-each-ref", "--sort=version:refname", format, below)) ?? "";
  return lines
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => line.split("\t"));
}

async function commits(hub: Hub, ...args: string[]): Promise<Json[]> {
  const log = await git(
    hub,
    "log",
    `--max-count=${MAX_COMMITS}`,
    `--format=${COMMIT_FORMAT}`,
    ...args,
  );
  return (log ?? "").split("\x1e").flatMap((text) => {
    const [sha = "", parents = "", name, email, date, message = ""] = text
      .trimStart()
      .split("\x1f");
    if (sha === "") return [];
    return [
      {
        sha,
        node_id: `C_${sha}`,
        url: hub.repositoryUrl(`/commits/${sha}`),
        html_url: hub.pageUrl(`/commit/${sha}`),
        commit: {
          message: message.trim(),
          author: { name, email, date },
          committer: { name, email, date },
        },
        parents: parents
          .split(" ")
          .filter((parent) => parent !== "")
          .map((parent) => ({ sha: parent })),
        author: null,
        committer: null,
      },
    ];
  });
}

async function compare(call: Call): Promise<Reply> {
  const { hub } = call;
  const [baseName = "", headName = ""] = (call.params.basehead ?? "").split("...");
  const [base, head] = await Promise.all([commitAt(hub, baseName), commitAt(hub, headName)]);
  if (!base || !head) throw notFound();
  const counts = (await git(hub, "rev-list", "--left-right", "--count", `${base}...${head}`))
    ?.trim()
    .split("\t");
  const [behind = 0, ahead = 0] = (counts ?? []).map(Number);
  const status =
    ahead > 0 ? (behind > 0 ? "diverged" : "ahead") : behind > 0 ? "behind" : "identical";
  const files = (await git(hub, "diff", "--name-only", "-z", `${base}...${head}`)) ?? "";
  return ok({
    status,
    ahead_by: ahead,
    behind_by: behind,
    total_commits: ahead,
    commits: (await commits(hub, `${base}..${head}`)).reverse(),
    files: files
      .split("\0")
      .filter((file) => file !== "")
      .map((filename) => ({ filename })),
    html_url: hub.pageUrl(`/compare/${baseName}...${headName}`),
  });
}
