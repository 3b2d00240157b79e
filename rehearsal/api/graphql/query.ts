import type { Json } from "../call.ts";
import { commitAt, git } from "../git/source.ts";
import type { Release } from "../held.ts";
import { type Hub, stamp } from "../hub.ts";
import { latestOf } from "../release/release.ts";
import { user } from "../show.ts";
import { type Args, GraphError, type GraphObject } from "./answer.ts";

const idFor = (kind: string, name: string): string =>
  Buffer.from(`${kind}:${name}`).toString("base64url");

/** What an id of ours stands for. */
export function namedBy(id: Json, kind: string): string {
  const [is, ...name] = Buffer.from(String(id), "base64url").toString().split(":");
  if (is === kind) return name.join(":");
  throw new GraphError(
    "NOT_FOUND",
    `Could not resolve to a node with the global id of '${String(id)}'`,
  );
}

/** The root of queries. */
export function queryRoot(hub: Hub, login: string): GraphObject {
  return {
    type: "Query",
    fields: {
      viewer: actor(login),
      rateLimit: {
        type: "RateLimit",
        fields: { cost: 1, limit: 1000, remaining: 999, used: 1, resetAt: stamp() },
      },
      repository: ({ owner, name }) => {
        const wanted = `${String(owner)}/${String(name)}`;
        if (wanted.toLowerCase() === hub.facts.repository.toLowerCase()) return repository(hub);
        const message = `Could not resolve to a Repository with the name '${wanted}'.`;
        throw new GraphError("NOT_FOUND", message);
      },
    },
  };
}

export function repository(hub: Hub): GraphObject {
  const { facts } = hub;
  const [owner = "", name = ""] = facts.repository.split("/");
  return {
    type: "Repository",
    fields: {
      id: idFor("Repository", facts.repository),
      name,
      nameWithOwner: facts.repository,
      owner: actor(owner),
      url: hub.pageUrl(),
      isPrivate: true,
      defaultBranchRef: () => reference(hub, `refs/heads/${facts.defaultBranch}`),
      ref: ({ qualifiedName }) => reference(hub, String(qualifiedName)),
      refs: async (args) => {
        const prefix = String(args.refPrefix ?? "refs/heads/");
        const listed = (await git(hub, "for-each-ref", "--format=%(refname)", prefix)) ?? "";
        const found = listed.split("\n").filter((line) => line !== "");
        const refs = await Promise.all(found.map((ref) => reference(hub, ref)));
        return connection(
          "RefConnection",
          refs.flatMap((ref) => ref ?? []),
          args,
        );
      },
      object: ({ oid, expression }) => commit(hub, String(oid ?? expression)),
      release: ({ tagName }) => {
        const found = hub.releases.find(({ tag, draft }) => tag === tagName && !draft);
        return found && release(hub, found);
      },
      latestRelease: () => {
        const latest = latestOf(hub);
        return latest && release(hub, latest);
      },
      releases: (args) =>
        connection(
          "ReleaseConnection",
          hub.releases.newest().map((one) => release(hub, one)),
          args,
        ),
      issue: ({ number }) => {
        const found = hub.issues.find((one) => one.number === number);
        return (
          found && {
            type: "Issue",
            fields: { number: found.number, title: found.title, state: found.state.toUpperCase() },
          }
        );
      },
    },
  };
}

function actor(login: string): GraphObject {
  const shown = user(login) as { readonly [key: string]: Json };
  return {
    type: shown.type === "Bot" ? "Bot" : "User",
    fields: { login, id: shown.node_id, databaseId: shown.id, url: shown.html_url },
  };
}

/** A page of a list, by `first` and `after`, or the `last` ones. */
function connection(type: string, items: readonly GraphObject[], args: Args): GraphObject {
  const from =
    args.after === undefined || args.after === null ? 0 : Number(namedBy(args.after, "cursor"));
  const first = Number(args.first ?? 100);
  const page =
    args.last === undefined ? items.slice(from, from + first) : items.slice(-Number(args.last));
  const end = from + page.length;
  return {
    type,
    fields: {
      nodes: page,
      edges: page.map((node, at) => ({
        type: `${type}Edge`,
        fields: { node, cursor: idFor("cursor", String(from + at + 1)) },
      })),
      totalCount: items.length,
      pageInfo: {
        type: "PageInfo",
        fields: {
          hasNextPage: args.last === undefined && end < items.length,
          hasPreviousPage: from > 0,
          startCursor: idFor("cursor", String(from)),
          endCursor: idFor("cursor", String(end)),
        },
      },
    },
  };
}

export async function reference(hub: Hub, name: string): Promise<GraphObject | null> {
  for (const ref of name.startsWith("refs/")
    ? [name]
    : [`refs/heads/${name}`, `refs/tags/${name}`]) {
    const sha = await git(hub, "rev-parse", "--verify", "--quiet", "--end-of-options", ref);
    if (!sha) continue;
    const prefix = /^refs\/[^/]+\//.exec(ref)?.[0] ?? "";
    return {
      type: "Ref",
      fields: {
        id: idFor("Ref", ref),
        name: ref.slice(prefix.length),
        prefix,
        repository: () => repository(hub),
        target: () => commit(hub, sha.trim()),
      },
    };
  }
  return null;
}

export async function commit(hub: Hub, expression: string): Promise<GraphObject | null> {
  const oid = await commitAt(hub, expression);
  const shown = oid && (await git(hub, "show", "-s", "--format=%T%n%P%n%an%n%ae%n%aI%n%B", oid));
  if (!oid || !shown) return null;
  const [tree, parents, name, email, date, ...lines] = shown.trimEnd().split("\n");
  const author: GraphObject = { type: "GitActor", fields: { name, email, date, user: null } };
  return {
    type: "Commit",
    fields: {
      id: idFor("Commit", oid),
      oid,
      abbreviatedOid: oid.slice(0, 7),
      url: hub.pageUrl(`/commit/${oid}`),
      message: lines.join("\n"),
      messageHeadline: lines[0] ?? "",
      messageBody: lines.slice(1).join("\n").trim(),
      committedDate: date,
      authoredDate: date,
      author,
      committer: author,
      tree: { type: "Tree", fields: { oid: tree } },
      // No pull request was ever merged here.
      associatedPullRequests: (args) => connection("PullRequestConnection", [], args),
      parents: async (args) =>
        connection("CommitConnection", await commits(hub, (parents ?? "").split(" ")), args),
      history: async (args) => {
        const since = args.since === undefined ? [] : [`--since=${String(args.since)}`];
        const log = await git(hub, "rev-list", "--max-count=1000", ...since, oid);
        return connection(
          "CommitHistoryConnection",
          await commits(hub, (log ?? "").split("\n"), args),
          args,
        );
      },
    },
  };
}

/** At most a page of them is looked at. */
async function commits(hub: Hub, shas: readonly string[], args: Args = {}): Promise<GraphObject[]> {
  const wanted = shas
    .filter((sha) => sha !== "")
    .slice(0, Math.max(Number(args.first ?? 100), 1) + 1);
  const found = await Promise.all(wanted.map((sha) => commit(hub, sha)));
  return found.flatMap((one) => one ?? []);
}

function release(hub: Hub, held: Release): GraphObject {
  return {
    type: "Release",
    fields: {
      id: idFor("Release", String(held.id)),
      databaseId: held.id,
      tagName: held.tag,
      name: held.name,
      description: held.text,
      isDraft: held.draft,
      isPrerelease: held.prerelease,
      isLatest: latestOf(hub)?.id === held.id,
      url: hub.pageUrl(`/releases/tag/${held.tag}`),
      createdAt: held.createdAt,
      publishedAt: held.publishedAt,
      author: actor(held.by),
      tag: () => reference(hub, `refs/tags/${held.tag}`),
      tagCommit: () => commit(hub, held.tag),
      releaseAssets: (args) =>
        connection(
          "ReleaseAssetConnection",
          held.assets.map((asset) => ({
            type: "ReleaseAsset",
            fields: {
              name: asset.name,
              size: asset.size,
              contentType: asset.contentType,
              digest: asset.digest,
            },
          })),
          args,
        ),
    },
  };
}
