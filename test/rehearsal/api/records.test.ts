import { describe, expect, it } from "vitest";
import { git, repository, run } from "../rehearsed.ts";
import { ask } from "./octokit.ts";

describe("what workflows leave on the rehearsal's GitHub", () => {
  it("checks and commit statuses", async () => {
    const { said, result } = await ask(`
      const check = await octokit.rest.checks.create({ ...repo, name: "lint", head_sha: context.sha, status: "in_progress" });
      const note = { path: "a.ts", start_line: 1, end_line: 1, annotation_level: "warning", message: "hm" };
      await octokit.rest.checks.update({ ...repo, check_run_id: check.data.id, conclusion: "neutral", output: { title: "1 warning", summary: "s", annotations: [note] } });
      const found = await octokit.rest.checks.listForRef({ ...repo, ref: context.sha });
      print(found.data.check_runs.map(({ status, conclusion, output }) => [status, conclusion, output.annotations_count]));
      print((await refused(octokit.rest.checks.update({ ...repo, check_run_id: check.data.id, output: { title: "t", summary: "s", annotations: Array(51).fill(note) } }))).status);
      const status = (state, context_) => octokit.rest.repos.createCommitStatus({ ...repo, sha: context.sha, state, context: context_ });
      await status("pending", "a");
      await status("success", "b");
      const combined = async () => (await octokit.rest.repos.getCombinedStatusForRef({ ...repo, ref: "main" })).data;
      print((await combined()).state);
      await status("success", "a");
      print([(await combined()).state, (await combined()).total_count]);
    `);
    expect(said).toEqual([[["completed", "neutral", 1]], 422, "pending", ["success", 2]]);
    expect(result.github.checkRuns).toEqual([
      { name: "lint", status: "completed", conclusion: "neutral", title: "1 warning" },
    ]);
    expect(result.github.statuses?.map(({ context, state }) => `${context} ${state}`)).toEqual([
      "a pending",
      "b success",
      "a success",
    ]);
  });

  it("SARIF, which is judged after it was taken", async () => {
    const { said, result } = await ask(`
      import { gzipSync } from "node:zlib";
      const upload = async (value) => {
        const sarif = gzipSync(JSON.stringify(value)).toString("base64");
        const sent = await octokit.rest.codeScanning.uploadSarif({ ...repo, commit_sha: context.sha, ref: context.ref, sarif });
        const { data } = await octokit.rest.codeScanning.getSarif({ ...repo, sarif_id: sent.data.id });
        return [sent.status, data.processing_status];
      };
      print(await upload({ version: "2.1.0", runs: [{ tool: { driver: { name: "trivy" } }, results: [{ message: {} }] }] }));
      print(await upload({ version: "1.0.0" }));
      print((await refused(octokit.rest.codeScanning.uploadSarif({ ...repo, commit_sha: context.sha, ref: "main", sarif: "x" }))).status);
    `);
    expect(said).toEqual([[202, "complete"], [202, "failed"], 422]);
    expect(
      result.github.sarif?.map(({ tool, results, error }) => [tool, results, error !== ""]),
    ).toEqual([
      ["trivy", 1, false],
      ["", 0, true],
    ]);
  });

  it("attestations, by the digest of their subject", async () => {
    const digest = "a".repeat(64);
    const { said, result } = await ask(`
      const statement = { _type: "https://in-toto.io/Statement/v1", subject: [{ name: "x", digest: { sha256: "${digest}" } }], predicateType: "https://slsa.dev/provenance/v1", predicate: {} };
      const bundle = { mediaType: "application/vnd.dev.sigstore.bundle.v0.3+json", dsseEnvelope: { payloadType: "application/vnd.in-toto+json", payload: Buffer.from(JSON.stringify(statement)).toString("base64"), signatures: [] } };
      print((await octokit.request("POST /repos/{owner}/{repo}/attestations", { ...repo, bundle })).status);
      const found = await octokit.request("GET /repos/{owner}/{repo}/attestations/{digest}", { ...repo, digest: "sha256:${digest}" });
      print(found.data.attestations.map(({ bundle }) => bundle.mediaType));
      print((await refused(octokit.request("GET /repos/{owner}/{repo}/attestations/{digest}", { ...repo, digest: "sha256:00" }))).status);
    `);
    expect(said).toEqual([201, ["application/vnd.dev.sigstore.bundle.v0.3+json"], 404]);
    expect(result.github.attestations).toEqual([
      { predicateType: "https://slsa.dev/provenance/v1", subjects: [`sha256:${digest}`] },
    ]);
  });

  it("comments on the pull request of the event, and issues", async () => {
    const { said, result } = await ask(
      `
      const at = { ...repo, issue_number: context.issue.number };
      const comment = await octokit.rest.issues.createComment({ ...at, body: "the secret is hunter22" });
      await octokit.rest.issues.updateComment({ ...repo, comment_id: comment.data.id, body: "now hunter22" });
      await octokit.rest.issues.addLabels({ ...at, labels: ["ready"] });
      print((await octokit.rest.issues.listComments(at)).data.map(({ body, user }) => [body, user.type]));
      const made = await octokit.rest.issues.create({ ...repo, title: "A follow-up", labels: ["bug"] });
      await octokit.rest.issues.update({ ...repo, issue_number: made.data.number, state: "closed" });
      print((await octokit.rest.issues.listForRepo(repo)).data.map(({ number }) => number));
      `,
      { options: { event: "pull_request", secrets: { S: "hunter22" } } },
    );
    expect(said).toEqual([[["now ***", "Bot"]], [1]]);
    expect(result.github.issues).toEqual([
      { number: 1, title: "first", state: "open", labels: ["ready"], comments: ["now ***"] },
      { number: 2, title: "A follow-up", state: "closed", labels: ["bug"], comments: [] },
    ]);
  });

  it("files and refs, in a copy of the repository", async () => {
    const { said, result } = await ask(
      `
      const read = async (path) => (await octokit.rest.repos.getContent({ ...repo, path })).data;
      const file = await read("src/a.txt");
      print(Buffer.from(file.content, "base64").toString());
      print((await read("src")).map(({ name, type }) => name + " " + type));
      const write = (text, sha) => octokit.rest.repos.createOrUpdateFileContents({ ...repo, path: "src/a.txt", message: "change", content: Buffer.from(text).toString("base64"), sha });
      print((await refused(write("two"))).status);
      print((await refused(write("two", "0".repeat(40)))).status);
      const wrote = await write("two", file.sha);
      print(Buffer.from((await read("src/a.txt")).content, "base64").toString());
      const { data } = await octokit.rest.git.createRef({ ...repo, ref: "refs/heads/next", sha: wrote.data.commit.sha });
      print(data.object.type);
      print((await refused(octokit.rest.git.createRef({ ...repo, ref: "refs/heads/next", sha: context.sha }))).message.includes("already exists"));
      print((await refused(octokit.rest.git.updateRef({ ...repo, ref: "heads/next", sha: context.sha }))).message.includes("fast forward"));
      await octokit.rest.git.updateRef({ ...repo, ref: "heads/next", sha: context.sha, force: true });
      const tag = await octokit.rest.git.createTag({ ...repo, tag: "v9", message: "nine", object: context.sha, type: "commit" });
      await octokit.rest.git.createRef({ ...repo, ref: "refs/tags/v9", sha: tag.data.sha });
      print((await octokit.rest.repos.listTags(repo)).data.map(({ name, commit }) => [name, commit.sha === context.sha]));
      print((await octokit.rest.repos.compareCommitsWithBasehead({ ...repo, basehead: "v9...main" })).data.status);
      await octokit.rest.git.deleteRef({ ...repo, ref: "heads/next" });
      print((await octokit.rest.repos.listBranches(repo)).data.map(({ name }) => name));
      `,
      { files: { "src/a.txt": "one" } },
    );
    expect(said).toEqual([
      "one",
      ["a.txt file"],
      422,
      409,
      "two",
      "commit",
      true,
      true,
      [["v9", true]],
      "ahead",
      ["main"],
    ]);
    expect(result.github.refs?.map(({ ref, sha }) => [ref, sha === null])).toEqual([
      ["refs/heads/main", false],
      ["refs/heads/next", true],
      ["refs/tags/v9", false],
    ]);
  });

  it("once, where two ask for the same at once", async () => {
    const { said, result } = await ask(
      `
      const both = async (write) => print((await Promise.all([write(1), write(2)].map((asked) => asked.then(({ status }) => status, ({ status }) => status)))).sort());
      await both(() => octokit.rest.repos.createRelease({ ...repo, tag_name: "v1.0.0" }));
      await both(() => octokit.rest.git.createRef({ ...repo, ref: "refs/heads/next", sha: context.sha }));
      const { data } = await octokit.rest.repos.getContent({ ...repo, path: "a.txt" });
      await both((n) => octokit.rest.repos.createOrUpdateFileContents({ ...repo, path: "a.txt", message: "change", content: Buffer.from("by " + n).toString("base64"), sha: data.sha }));
      `,
      { files: { "a.txt": "one" } },
    );
    expect(said).toEqual([
      [201, 422],
      [201, 422],
      [200, 409],
    ]);
    expect(result.github.releases).toHaveLength(1);
  });

  it("the run itself, its jobs, and workflows that it asks for", async () => {
    const { said, result } = await ask(`
      const at = { ...repo, run_id: context.runId };
      print((await octokit.rest.actions.getWorkflowRun(at)).data.status);
      const { jobs } = (await octokit.rest.actions.listJobsForWorkflowRun(at)).data;
      print(jobs.map(({ name, status, steps }) => [name, status, steps.length]));
      print((await refused(octokit.rest.actions.getWorkflowRun({ ...at, run_id: 1 }))).status);
      await octokit.rest.actions.createWorkflowDispatch({ ...repo, workflow_id: "other.yml", ref: "main", inputs: { a: "b" } });
      await octokit.rest.repos.createDispatchEvent({ ...repo, event_type: "go" });
    `);
    expect(said).toEqual(["in_progress", [["one", "in_progress", 2]], 404]);
    expect(result.github.triggers).toEqual([
      { kind: "workflow_dispatch", what: "other.yml", ref: "main" },
      { kind: "repository_dispatch", what: "go", ref: "" },
    ]);
  });
});

describe("what steps push", () => {
  it("lands on the rehearsal's GitHub, and leaves the repository as it was", async () => {
    const dir = repository({
      ".github/workflows/test.yml": `
on: push
jobs:
  one:
    runs-on: x
    steps:
      - uses: actions/checkout@v4
      - run: |
          git config user.name me && git config user.email me@example.com
          echo new > new.txt && git add new.txt && git commit -q -m "add new" && git tag v1.0.0
          git push -q origin HEAD:main
          git push -q "https://x-access-token:$T@github.com/$GITHUB_REPOSITORY.git" v1.0.0
        env: { T: "\${{ github.token }}" }
  two:
    needs: one
    runs-on: x
    steps:
      - { uses: actions/checkout@v4, with: { fetch-depth: 0 } }
      - run: git fetch -q --tags origin main && git log -1 --format=%s FETCH_HEAD && git tag
`,
    });
    const before = git(dir, "for-each-ref");
    const { result, printed } = await run(dir);
    expect(result.jobs).toEqual({ one: "success", two: "success" });
    expect(printed("two")).toEqual(["add new", "v1.0.0"]);
    expect(result.github.refs?.map(({ ref }) => ref)).toEqual([
      "refs/heads/main",
      "refs/tags/v1.0.0",
    ]);
    expect(git(dir, "for-each-ref")).toBe(before);
  });
});
