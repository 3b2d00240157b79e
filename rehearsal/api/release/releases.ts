import { z } from "zod";
import {
  ApiRefusal,
  bodyOf,
  type Call,
  created,
  invalid,
  list,
  notFound,
  nothing,
  ok,
  type Route,
  route,
} from "../call.ts";
import { commitAt, git } from "../git/source.ts";
import { type Hub, stamp } from "../hub.ts";
import { loginOf } from "../show.ts";
import { latestOf, releaseOf, showRelease } from "./release.ts";
import { releaseNotes } from "./release-notes.ts";

const fields = {
  target_commitish: z.string().optional(),
  name: z.string().nullish(),
  body: z.string().nullish(),
  draft: z.boolean().optional(),
  prerelease: z.boolean().optional(),
  make_latest: z.enum(["true", "false", "legacy"]).optional(),
};
const NewRelease = z.object({
  ...fields,
  tag_name: z.string().min(1),
  generate_release_notes: z.boolean().optional(),
});
const ChangedRelease = z.object({ ...fields, tag_name: z.string().min(1).optional() });
const Notes = z.object({
  tag_name: z.string(),
  target_commitish: z.string().optional(),
  previous_tag_name: z.string().optional(),
});

const read = { contents: "read" } as const;
const write = { contents: "write" } as const;

export const releases: readonly Route[] = [
  route("GET releases", read, (call) => {
    // Drafts are shown to those who may push.
    const seen = call.hub.releases.newest().filter(({ draft }) => !draft || mayPush(call));
    return list(seen.map((release) => showRelease(call.hub, release)));
  }),
  route("GET releases/latest", read, (call) => {
    const latest = latestOf(call.hub);
    if (!latest) throw notFound();
    return ok(showRelease(call.hub, latest));
  }),
  route("GET releases/tags/{tag*}", read, (call) => {
    const found = call.hub.releases.find(({ tag, draft }) => tag === call.params.tag && !draft);
    if (!found) throw notFound();
    return ok(showRelease(call.hub, found));
  }),
  route("POST releases/generate-notes", write, async (call) => {
    const given = bodyOf(call, Notes);
    const end = given.target_commitish ?? given.tag_name;
    return ok(await releaseNotes(call.hub, given.tag_name, end, given.previous_tag_name));
  }),
  route("GET releases/{id}", read, (call) => ok(showRelease(call.hub, releaseOf(call)))),
  route("POST releases", write, create),
  route("PATCH releases/{id}", write, change),
  route("DELETE releases/{id}", write, (call) => {
    call.hub.releases.remove(releaseOf(call).id);
    return nothing();
  }),
];

function mayPush({ holder }: Call): boolean {
  return (
    holder.kind === "person" ||
    !("scopes" in holder.permissions) ||
    holder.permissions.scopes.get("contents") === "write"
  );
}

async function create(call: Call) {
  const { hub } = call;
  const given = bodyOf(call, NewRelease);
  const draft = given.draft ?? false;
  const taken = hub.releases.find(({ tag, draft: isDraft }) => tag === given.tag_name && !isDraft);
  if (taken && !draft) throw invalid("Release", "tag_name", "already_exists");
  const target = given.target_commitish ?? hub.facts.defaultBranch;
  if (!draft) await makeTag(hub, given.tag_name, target);
  const notes = given.generate_release_notes
    ? await releaseNotes(hub, given.tag_name, target, undefined)
    : undefined;
  const release = hub.releases.add({
    id: hub.nextId(),
    by: loginOf(hub, call.holder),
    createdAt: stamp(),
    tag: given.tag_name,
    target,
    name: given.name ?? notes?.name ?? "",
    text: [given.body, notes?.body].filter(Boolean).join("\n\n"),
    draft,
    prerelease: given.prerelease ?? false,
    latest: given.make_latest ?? "true",
    publishedAt: draft ? null : stamp(),
    assets: [],
  });
  return created(showRelease(hub, release));
}

async function change(call: Call) {
  const { hub } = call;
  const release = releaseOf(call);
  const given = bodyOf(call, ChangedRelease);
  const tag = given.tag_name ?? release.tag;
  const draft = given.draft ?? release.draft;
  const taken = hub.releases.find(
    (other) => other !== release && other.tag === tag && !other.draft,
  );
  if (taken && !draft) throw invalid("Release", "tag_name", "already_exists");
  if (given.target_commitish) release.target = given.target_commitish;
  if (!draft) await makeTag(hub, tag, release.target);
  release.tag = tag;
  release.draft = draft;
  release.name = given.name ?? release.name;
  release.text = given.body ?? release.text;
  release.prerelease = given.prerelease ?? release.prerelease;
  release.latest = given.make_latest ?? release.latest;
  if (!draft) release.publishedAt ??= stamp();
  return ok(showRelease(hub, release));
}

/** A published release has its tag: GitHub makes the one that is missing, at the target. */
async function makeTag(hub: Hub, tag: string, target: string): Promise<void> {
  if (
    !hub.facts.hasCommit ||
    (await git(hub, "rev-parse", "--verify", "--quiet", `refs/tags/${tag}`))
  )
    return;
  const commit = await commitAt(hub, target);
  if (!commit) throw invalid("Release", "target_commitish", "invalid");
  const made = await git(hub, "update-ref", `refs/tags/${tag}`, commit);
  if (made === undefined)
    throw new ApiRefusal(422, "Validation Failed", ["tag_name is not a valid tag"]);
  hub.refs.set(`refs/tags/${tag}`, commit);
}
