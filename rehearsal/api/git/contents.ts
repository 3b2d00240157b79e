import { z } from "zod";
import {
  ApiRefusal,
  bodyOf,
  type Call,
  type Json,
  notFound,
  ok,
  type Reply,
  type Route,
  route,
} from "../call.ts";
import type { Hub } from "../hub.ts";
import { commitFiles } from "./commit.ts";
import { commitAt, git, gitBytes } from "./source.ts";

const MAX_INLINE_BYTES = 1024 * 1024;

const Who = z.object({ name: z.string(), email: z.string() });
const Write = z.object({
  message: z.string().min(1),
  content: z.string().optional(),
  sha: z.string().optional(),
  branch: z.string().optional(),
  committer: Who.optional(),
  author: Who.optional(),
});

/** Files as they are at a commit; a change of one is a commit in the run's copy of the repository. */
export const contents: readonly Route[] = [
  route("GET contents", { contents: "read" }, read),
  route("GET contents/{path*}", { contents: "read" }, read),
  route("PUT contents/{path*}", { contents: "write" }, write),
  route("DELETE contents/{path*}", { contents: "write" }, write),
];

async function read(call: Call): Promise<Reply> {
  const { hub } = call;
  const path = (call.params.path ?? "").replace(/\/+$/, "");
  const ref = call.query.get("ref") ?? hub.facts.defaultBranch;
  const commit = await commitAt(hub, ref);
  if (!commit) throw new ApiRefusal(404, `No commit found for the ref ${ref}`);
  const entries = await entriesAt(hub, commit, path === "" ? "" : `${path}/`);
  if (path === "" || entries.length > 0)
    return ok(entries.map((entry) => showEntry(hub, entry, ref)));
  const [entry] = await entriesAt(hub, commit, path);
  if (!entry) throw notFound();
  const bytes = await gitBytes(hub, "cat-file", "blob", entry.sha);
  if (!bytes) throw notFound();
  if (/\braw\b/.test(call.accept)) {
    return { status: 200, bytes, contentType: "application/vnd.github.raw+json; charset=utf-8" };
  }
  const inline = bytes.length <= MAX_INLINE_BYTES;
  return ok({
    ...showEntry(hub, entry, ref),
    encoding: inline ? "base64" : "none",
    content: inline ? bytes.toString("base64").replace(/(.{60})/g, "$1\n") : "",
  });
}

interface Entry {
  readonly type: string;
  readonly sha: string;
  readonly size: number;
  readonly path: string;
}

async function entriesAt(hub: Hub, commit: string, path: string): Promise<Entry[]> {
  const listed = await git(
    hub,
    "ls-tree",
    "-z",
    "--long",
    "--full-tree",
    commit,
    "--",
    ...(path === "" ? [] : [path]),
  );
  return (listed ?? "").split("\0").flatMap((line) => {
    const match = /^\d+ (\w+) ([0-9a-f]+) +(\d+|-)\t(.*)$/s.exec(line);
    if (!match) return [];
    const [, type = "", sha = "", size, name = ""] = match;
    return [{ type, sha, size: Number(size) || 0, path: name }];
  });
}

function showEntry(hub: Hub, entry: Entry, ref: string): { [key: string]: Json } {
  const type = entry.type === "tree" ? "dir" : entry.type === "commit" ? "submodule" : "file";
  const url = hub.repositoryUrl(`/contents/${entry.path}?ref=${encodeURIComponent(ref)}`);
  return {
    type,
    size: entry.size,
    name: entry.path.split("/").at(-1) ?? "",
    path: entry.path,
    sha: entry.sha,
    url,
    git_url: hub.repositoryUrl(`/git/${entry.type}s/${entry.sha}`),
    html_url: hub.pageUrl(`/blob/${ref}/${entry.path}`),
    download_url: null,
  };
}

/** PUT and DELETE: a commit on a branch; an existing file is only changed by who knows its SHA. */
async function write(call: Call): Promise<Reply> {
  const { hub } = call;
  const path = call.params.path ?? "";
  const given = bodyOf(call, Write);
  const remove = call.method === "DELETE";
  if (!remove && given.content === undefined)
    throw new ApiRefusal(422, 'Invalid request.\n\n"content" wasn\'t supplied.');
  const branch = given.branch ?? hub.facts.defaultBranch;
  const parent = await git(hub, "rev-parse", "--verify", "--quiet", `refs/heads/${branch}`);
  if (!parent) throw new ApiRefusal(404, `Branch ${branch} not found`);
  const [known] = await entriesAt(hub, parent.trim(), path);
  if (remove && !known) throw notFound();
  if (known && given.sha === undefined)
    throw new ApiRefusal(422, 'Invalid request.\n\n"sha" wasn\'t supplied.');
  if (known && given.sha !== known.sha)
    throw new ApiRefusal(409, `${path} does not match ${given.sha}`);
  const bytes = remove ? undefined : Buffer.from(given.content ?? "", "base64");
  const commit = await commitFiles(hub, {
    parent: parent.trim(),
    files: [{ path, bytes }],
    message: given.message,
    author: given.author ?? given.committer,
  });
  if (!commit) throw new ApiRefusal(422, `path contains a malformed path component: ${path}`);
  // A push comes by git itself, and may have been quicker.
  if ((await git(hub, "update-ref", `refs/heads/${branch}`, commit, parent.trim())) === undefined)
    throw new ApiRefusal(409, `${branch} is not at ${parent.trim()} any more`);
  hub.refs.set(`refs/heads/${branch}`, commit);
  const [entry] = await entriesAt(hub, commit, path);
  return {
    status: known || remove ? 200 : 201,
    body: {
      content: entry ? showEntry(hub, entry, branch) : null,
      commit: {
        sha: commit,
        message: given.message,
        url: hub.repositoryUrl(`/git/commits/${commit}`),
        html_url: hub.pageUrl(`/commit/${commit}`),
      },
    },
  };
}
