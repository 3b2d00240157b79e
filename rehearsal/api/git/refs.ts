import { z } from "zod";
import {
  ApiRefusal,
  bodyOf,
  type Call,
  created,
  type Json,
  list,
  notFound,
  nothing,
  ok,
  type Reply,
  type Route,
  route,
} from "../call.ts";
import type { Hub } from "../hub.ts";
import { commitAt, git, gitWith } from "./source.ts";

const NewRef = z.object({
  ref: z.string(),
  sha: z.string().regex(/^[0-9a-f]{40}$/, "a full SHA is accepted"),
});
const ChangedRef = z.object({
  sha: z.string().regex(/^[0-9a-f]{40}$/, "a full SHA is accepted"),
  force: z.boolean().default(false),
});
const NewTag = z.object({
  tag: z.string(),
  message: z.string(),
  object: z.string(),
  type: z.enum(["commit", "tree", "blob"]),
});

const read = { contents: "read" } as const;
const write = { contents: "write" } as const;

/** Refs and tags, in a copy of the repository that ends with the run. */
export const refs: readonly Route[] = [
  route("GET git/ref/{ref*}", read, async (call) =>
    ok(await show(call.hub, `refs/${call.params.ref}`)),
  ),
  route("GET git/matching-refs/{ref*}", read, async (call) => {
    const lines = (await git(call.hub, "for-each-ref", "--format=%(refname)")) ?? "";
    const names = lines.split("\n").filter((name) => name.startsWith(`refs/${call.params.ref}`));
    return list(await Promise.all(names.map((name) => show(call.hub, name))));
  }),
  route("POST git/refs", write, async (call) => {
    const { ref, sha } = bodyOf(call, NewRef);
    if (!/^refs\/[^/]+\/./.test(ref))
      throw new ApiRefusal(
        422,
        "Reference name must start with 'refs' and have at least two slashes.",
      );
    if (await exists(call.hub, ref)) throw new ApiRefusal(422, "Reference already exists");
    if (!(await git(call.hub, "cat-file", "-t", sha)))
      throw new ApiRefusal(422, "Object does not exist");
    if ((await git(call.hub, "update-ref", ref, sha)) === undefined)
      throw new ApiRefusal(422, `${ref} is not a valid ref name.`);
    call.hub.refs.set(ref, sha);
    return created(await show(call.hub, ref));
  }),
  route("PATCH git/refs/{ref*}", write, change),
  route("DELETE git/refs/{ref*}", write, async (call) => {
    const ref = `refs/${call.params.ref}`;
    if (!(await exists(call.hub, ref))) throw new ApiRefusal(422, "Reference does not exist");
    await git(call.hub, "update-ref", "-d", ref);
    call.hub.refs.set(ref, null);
    return nothing();
  }),
  route("POST git/tags", write, makeTag),
  route("GET git/commits/{sha}", read, async (call) => {
    const sha = await commitAt(call.hub, call.params.sha ?? "");
    const shown =
      sha && (await git(call.hub, "show", "-s", "--format=%T%n%P%n%an%n%ae%n%aI%n%B", sha));
    if (!sha || !shown) throw notFound();
    const [tree, parents, name, email, date, ...message] = shown.trimEnd().split("\n");
    return ok({
      sha,
      url: call.hub.repositoryUrl(`/git/commits/${sha}`),
      tree: { sha: tree },
      parents: (parents ?? "")
        .split(" ")
        .filter(Boolean)
        .map((parent) => ({ sha: parent })),
      author: { name, email, date },
      committer: { name, email, date },
      message: message.join("\n"),
    });
  }),
];

async function exists(hub: Hub, ref: string): Promise<boolean> {
  return (await git(hub, "show-ref", "--verify", "--quiet", ref)) !== undefined;
}

async function show(hub: Hub, ref: string): Promise<Json> {
  const line = await git(
    hub,
    "for-each-ref",
    "--format=%(refname) %(objectname) %(objecttype)",
    ref,
  );
  const [name, sha, type] =
    (line ?? "")
      .trim()
      .split("\n")
      .map((text) => text.split(" "))
      .find(([found]) => found === ref) ?? [];
  if (!name || !sha) throw notFound();
  return {
    ref: name,
    node_id: Buffer.from(name).toString("base64"),
    url: hub.repositoryUrl(`/git/${name}`),
    object: { sha, type, url: hub.repositoryUrl(`/git/${type}s/${sha}`) },
  };
}

async function change(call: Call): Promise<Reply> {
  const { hub } = call;
  const ref = `refs/${call.params.ref}`;
  const { sha, force } = bodyOf(call, ChangedRef);
  if (!(await exists(hub, ref))) throw new ApiRefusal(422, "Reference does not exist");
  if (!(await git(hub, "cat-file", "-t", sha))) throw new ApiRefusal(422, "Object does not exist");
  const forward = (await git(hub, "merge-base", "--is-ancestor", ref, sha)) !== undefined;
  if (!forward && !force) throw new ApiRefusal(422, "Update is not a fast forward");
  await git(hub, "update-ref", ref, sha);
  hub.refs.set(ref, sha);
  return ok(await show(hub, ref));
}

/** An annotated tag's object; its ref is made by a request of its own. */
async function makeTag(call: Call): Promise<Reply> {
  const { hub } = call;
  const given = bodyOf(call, NewTag);
  const at = Math.floor(Date.now() / 1000);
  const who = "github-actions[bot] <41898282+github-actions[bot]@users.noreply.github.com>";
  const text = `object ${given.object}\ntype ${given.type}\ntag ${given.tag}\ntagger ${who} ${at} +0000\n\n${given.message}\n`;
  const sha = (await gitWith(hub, text, ["mktag"]))?.trim();
  if (!sha) throw new ApiRefusal(422, "Object does not exist");
  return created({
    sha,
    tag: given.tag,
    message: given.message,
    object: { sha: given.object, type: given.type },
    url: hub.repositoryUrl(`/git/tags/${sha}`),
  });
}
