import { z } from "zod";
import type { Json } from "../call.ts";
import { commitFiles } from "../git/commit.ts";
import { git } from "../git/source.ts";
import type { Hub } from "../hub.ts";
import { GraphError, type GraphObject } from "./answer.ts";
import { commit, namedBy, reference } from "./query.ts";

const NewRef = z.object({ repositoryId: z.string(), name: z.string(), oid: z.string() });
const ChangedRef = z.object({ refId: z.string(), oid: z.string(), force: z.boolean().optional() });
const GoneRef = z.object({ refId: z.string() });
const NewCommit = z.object({
  branch: z.object({
    id: z.string().optional(),
    repositoryNameWithOwner: z.string().optional(),
    branchName: z.string().optional(),
  }),
  message: z.object({ headline: z.string(), body: z.string().optional() }),
  expectedHeadOid: z.string(),
  fileChanges: z
    .object({
      additions: z.array(z.object({ path: z.string(), contents: z.string() })).optional(),
      deletions: z.array(z.object({ path: z.string() })).optional(),
    })
    .optional(),
});

/** The root of mutations: refs, and commits on a branch, in the run's copy of the repository. */
export function mutationRoot(hub: Hub): GraphObject {
  return {
    type: "Mutation",
    fields: {
      createRef: async ({ input }) => {
        const { repositoryId, name, oid } = read(NewRef, input);
        namedBy(repositoryId, "Repository");
        if (await reference(hub, name))
          throw new GraphError(
            "UNPROCESSABLE",
            `A ref named "${name}" already exists in the repository.`,
          );
        await move(hub, name, oid);
        return payload("CreateRefPayload", { ref: await reference(hub, name) });
      },
      updateRef: async ({ input }) => {
        const { refId, oid, force } = read(ChangedRef, input);
        const name = namedBy(refId, "Ref");
        const isForward = await git(hub, "merge-base", "--is-ancestor", name, oid);
        if (isForward === undefined && !force)
          throw new GraphError("UNPROCESSABLE", "Update is not a fast forward");
        await move(hub, name, oid);
        return payload("UpdateRefPayload", { ref: await reference(hub, name) });
      },
      deleteRef: async ({ input }) => {
        const name = namedBy(read(GoneRef, input).refId, "Ref");
        await git(hub, "update-ref", "-d", name);
        hub.refs.set(name, null);
        return payload("DeleteRefPayload", {});
      },
      createCommitOnBranch: async ({ input }) => commitOnBranch(hub, read(NewCommit, input)),
    },
  };
}

function read<T>(shape: z.ZodType<T>, input: Json): T {
  const found = shape.safeParse(input);
  if (found.success) return found.data;
  const issue = found.error.issues[0];
  throw new GraphError(
    "INVALID",
    `Variable $input of type was provided invalid value for ${issue?.path.join(".")} (${issue?.message})`,
  );
}

function payload(type: string, fields: GraphObject["fields"]): GraphObject {
  return { type, fields: { clientMutationId: null, ...fields } };
}

async function move(hub: Hub, name: string, oid: string, ...from: string[]): Promise<void> {
  const isKnown = (await git(hub, "cat-file", "-t", oid)) !== undefined;
  const moved = isKnown ? await git(hub, "update-ref", name, oid, ...from) : undefined;
  if (moved === undefined) throw new GraphError("UNPROCESSABLE", `${name} can't point to ${oid}`);
  hub.refs.set(name, oid);
}

async function commitOnBranch(hub: Hub, given: z.infer<typeof NewCommit>): Promise<GraphObject> {
  const { id, branchName = "" } = given.branch;
  const name =
    id === undefined
      ? `refs/heads/${branchName.replace(/^refs\/heads\//, "")}`
      : namedBy(id, "Ref");
  const parent = (
    await git(hub, "rev-parse", "--verify", "--quiet", "--end-of-options", name)
  )?.trim();
  if (!parent) throw new GraphError("NOT_FOUND", `A branch ${name} is needed`);
  if (parent !== given.expectedHeadOid) {
    throw new GraphError(
      "STALE_DATA",
      `Expected branch to point to "${given.expectedHeadOid}" but it did not. Pull and try again.`,
    );
  }
  const { additions = [], deletions = [] } = given.fileChanges ?? {};
  const files = [
    ...deletions.map(({ path }) => ({ path, bytes: undefined })),
    ...additions.map(({ path, contents }) => ({ path, bytes: Buffer.from(contents, "base64") })),
  ];
  const { headline, body } = given.message;
  const message = body ? `${headline}\n\n${body}` : headline;
  const oid = await commitFiles(hub, { parent, files, message, author: undefined });
  if (!oid) throw new GraphError("UNPROCESSABLE", "A path contains a malformed path component");
  await move(hub, name, oid, parent);
  return payload("CreateCommitOnBranchPayload", {
    commit: await commit(hub, oid),
    ref: await reference(hub, name),
  });
}
