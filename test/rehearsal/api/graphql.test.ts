import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readDocument } from "../../../rehearsal/api/graphql/document.ts";
import { ask } from "./octokit.ts";

describe("GraphQL on the rehearsal's GitHub", () => {
  it("tells of the repository, its commits and its releases", async () => {
    const { said } = await ask(`
      await octokit.rest.repos.createRelease({ ...repo, tag_name: "v1.0.0", name: "One" });
      await octokit.rest.repos.createRelease({ ...repo, tag_name: "v1.1.0", name: "Two" });
      const { repository, viewer } = await octokit.graphql(\`
        query Look($owner: String!, $repo: String!, $first: Int = 1) {
          viewer { login }
          repository(owner: $owner, name: $repo) {
            defaultBranchRef { name target { ...on Commit { ...line } } }
            ref(qualifiedName: "refs/tags/v1.0.0") { name target { oid } }
            newest: releases(first: $first) { totalCount nodes { tagName isLatest } pageInfo { hasNextPage endCursor } }
          }
        }
        fragment line on Commit { oid messageHeadline history(first: 5) { totalCount } associatedPullRequests(first: 1) { nodes { number } } }
      \`, repo);
      print(viewer.login);
      print([repository.defaultBranchRef.name, repository.defaultBranchRef.target.messageHeadline, repository.defaultBranchRef.target.associatedPullRequests.nodes]);
      print([repository.ref.name, repository.ref.target.oid === process.env.GITHUB_SHA]);
      print([repository.newest.totalCount, repository.newest.nodes, repository.newest.pageInfo.hasNextPage]);
      const { repository: next } = await octokit.graphql("query($o: String!, $r: String!, $c: String) { repository(owner: $o, name: $r) { releases(first: 1, after: $c) { nodes { tagName } } } }", { o: repo.owner, r: repo.repo, c: repository.newest.pageInfo.endCursor });
      print(next.releases.nodes[0].tagName);
    `);
    expect(said).toEqual([
      "github-actions[bot]",
      ["main", "first", []],
      ["v1.0.0", true],
      [2, [{ tagName: "v1.1.0", isLatest: true }], true],
      "v1.0.0",
    ]);
  });

  it("makes commits on a branch, and moves refs, where the token may write", async () => {
    const script = `
      const of = "repository(owner: \\"" + repo.owner + "\\", name: \\"" + repo.repo + "\\")";
      const { repository } = await octokit.graphql("{ " + of + " { id defaultBranchRef { target { oid } } } }");
      const oid = repository.defaultBranchRef.target.oid;
      const make = (input) => octokit.graphql("mutation($input: CreateRefInput!) { createRef(input: $input) { ref { id name } } }", { input });
      const made = await make({ repositoryId: repository.id, name: "refs/heads/next", oid }).catch((error) => ({ errors: error.errors }));
      print(made.errors ?? made.createRef.ref.name);
      if (made.errors) process.exit(0);
      const commit = (expectedHeadOid) => octokit.graphql("mutation($input: CreateCommitOnBranchInput!) { createCommitOnBranch(input: $input) { commit { oid message } ref { name } } }", { input: {
        branch: { repositoryNameWithOwner: repo.owner + "/" + repo.repo, branchName: "next" }, message: { headline: "Say it", body: "twice" }, expectedHeadOid,
        fileChanges: { additions: [{ path: "a/b.txt", contents: Buffer.from("said").toString("base64") }] } } });
      const { createCommitOnBranch: done } = await commit(oid);
      print([done.commit.message, done.ref.name]);
      print((await commit(oid).catch((error) => error.errors))[0].type);
      const file = await octokit.rest.repos.getContent({ ...repo, path: "a/b.txt", ref: "next" });
      print(Buffer.from(file.data.content, "base64").toString());
    `;
    const may = await ask(script);
    expect(may.said).toEqual(["next", ["Say it\n\ntwice", "next"], "STALE_DATA", "said"]);
    const mayNot = await ask(script, { permissions: "{ contents: read }" });
    expect(mayNot.said).toEqual([
      [{ type: "FORBIDDEN", message: "Resource not accessible by integration" }],
    ]);
  });

  it("says which field it does not have, and where a request is not one", async () => {
    const { said } = await ask(`
      const wrong = async (query) => (await octokit.graphql(query).catch((error) => error.errors))[0].message;
      print(await wrong("{ viewer { shoeSize } }"));
      print(await wrong("{ viewer { login "));
      print(await wrong('{ repository(owner: "nobody", name: "none") { id } }'));
    `);
    expect(said).toEqual([
      "Field 'shoeSize' doesn't exist on type 'Bot' of the rehearsal's GitHub",
      "Unexpected end of document",
      "Could not resolve to a Repository with the name 'nobody/none'.",
    ]);
  });

  it("reads or refuses any text", () => {
    const piece = fc.constantFrom(
      "{",
      "}",
      "(",
      ")",
      "$a",
      ":",
      "...",
      "on",
      "a",
      '"x"',
      '"""',
      "1",
      "[",
      "]",
      "query",
      "mutation",
      "fragment",
      "#",
      "@",
      "\n",
      "!",
      "=",
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 14 }), (pieces) => {
        try {
          readDocument(pieces.join(" "));
        } catch (error) {
          expect((error as Error).message).toMatch(/Parse error|Unexpected end|Expected/);
        }
      }),
      { numRuns: 1000 },
    );
  });
});
