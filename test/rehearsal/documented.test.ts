import { describe, expect, it } from "vitest";
import { git, repository, run, runWorkflow, write } from "./rehearsed.ts";

const JOB = "jobs: { j: { runs-on: x, steps: [{ run: 'true' }] } }\n";

describe("a commit that says so", () => {
  it.each([
    "Mend it [skip ci]",
    "Mend it\n\nMore about it. [CI SKIP]",
    "[no ci] Mend it",
    "Mend it [skip actions]",
    "Mend it [actions skip]",
    "Mend it\n\n\nskip-checks: true",
  ])("keeps a push and a pull request from starting anything: %j", async (message) => {
    const dir = repository({ ".github/workflows/test.yml": `on: [push, pull_request]\n${JOB}` });
    git(dir, "commit", "--allow-empty", "--quiet", "--message", message);
    await expect(run(dir)).rejects.toThrow("the commit's message says");
    await expect(run(dir, { event: "pull_request" })).rejects.toThrow("the commit's message says");
  });

  it("does not keep other events from it", async () => {
    const dir = repository({ ".github/workflows/test.yml": `on: workflow_dispatch\n${JOB}` });
    git(dir, "commit", "--allow-empty", "--quiet", "--message", "[skip ci]");
    expect((await run(dir)).result.conclusion).toBe("success");
  });
});

it("a push's payload has the whole message of its commit, and the run the first line of it", async () => {
  const dir = repository({
    ".github/workflows/test.yml":
      "on: push\njobs:\n  j:\n    runs-on: x\n    env: { M: '${{ github.event.head_commit.message }}' }\n    steps: [{ run: 'echo \"$M\"' }]\n",
  });
  git(dir, "commit", "--allow-empty", "--quiet", "--message", "First line\n\nSecond part");
  const { printed, events } = await run(dir);
  expect(printed("j")).toEqual(["First line", "", "Second part"]);
  const start = events.find((event) => event.type === "run-started");
  expect(start?.workflows[0]?.runName).toBe("First line");
});

it("a pull request's changed files are those since it left its base", async () => {
  const dir = repository({
    ".github/workflows/test.yml": `on: { pull_request: { paths: ['docs/**'] } }\n${JOB}`,
  });
  git(dir, "checkout", "--quiet", "-b", "topic");
  write(dir, { "code/a": "a" });
  git(dir, "add", "--all");
  git(dir, "commit", "--quiet", "--message", "code");
  git(dir, "checkout", "--quiet", "main");
  write(dir, { "docs/a": "a" });
  git(dir, "add", "--all");
  git(dir, "commit", "--quiet", "--message", "docs");
  git(dir, "checkout", "--quiet", "topic");
  await expect(run(dir, { event: "pull_request" })).rejects.toThrow(
    "none of the changed files matches docs/**",
  );
});

it("a step's files are named by the github context too", async () => {
  const { printed } = await runWorkflow(`
on: push
jobs:
  a:
    runs-on: x
    steps:
      - id: s
        run: |
          echo A=1 >> \${{ github.env }}
          echo o=2 >> \${{ github.output }}
          mkdir bin; printf '#!/bin/sh\\necho tool\\n' > bin/mytool; chmod +x bin/mytool
          echo "$PWD/bin" >> \${{ github.path }}
          [ \${{ github.step_summary }} = $GITHUB_STEP_SUMMARY ] && [ \${{ github.state }} = $GITHUB_STATE ]
      - run: echo $A \${{ steps.s.outputs.o }}; mytool
`);
  expect(printed("a")).toEqual(["1 2", "tool"]);
});

it.each(["secrets", "vars"] as const)(
  "ACTIONS_STEP_DEBUG among the %s shows debug messages",
  async (kind) => {
    const { events, printed } = await runWorkflow(
      "on: push\njobs: { a: { runs-on: x, steps: [{ run: 'echo ::debug::seen; echo it is true $RUNNER_DEBUG' }] } }\n",
      { [kind]: { ACTIONS_STEP_DEBUG: "true" } },
    );
    const debug = events.filter((event) => event.type === "log" && event.kind === "debug");
    expect(debug).toMatchObject([{ line: "seen" }]);
    expect(printed("a")).toContain("it is true 1");
  },
);

it("the job context tells its check run, and nothing of services where there are none", async () => {
  const { printed } = await runWorkflow(
    "on: push\njobs: { a: { runs-on: x, steps: [{ run: \"echo '${{ toJSON(job) }} ${{ toJSON(runner) }}'\" }] } }\n",
  );
  const text = printed("a").join("\n");
  expect(text).toMatch(/"check_run_id": \d+/);
  expect(text).not.toContain('"services"');
  expect(text).not.toContain('"debug"');
});

describe("a concurrency group", () => {
  const called = `on: workflow_call\nconcurrency: G\n${JOB}`;

  it("that the caller is in already is a deadlock, and ends the call", async () => {
    const { result, reason } = await runWorkflow(
      "on: push\nconcurrency: g\njobs: { a: { uses: ./.github/workflows/called.yml } }\n",
      { workflow: "test.yml", files: { ".github/workflows/called.yml": called } },
    );
    expect(result.conclusion).toBe("cancelled");
    expect(reason("a/j")).toBe(
      "a deadlock for the concurrency group 'G' was detected between 'top level workflow' and 'a'",
    );
  });

  it("of a workflow can't be one of its jobs' too", async () => {
    const { reason } = await runWorkflow(
      "on: push\nconcurrency: g\njobs: { a: { concurrency: g, runs-on: x, steps: [{ run: 'true' }] } }\n",
    );
    expect(reason("a")).toContain("a deadlock for the concurrency group 'g'");
  });
});

describe("the least that an event tells", () => {
  it.each<[event: string, expression: string, expected: string, ref?: string]>([
    ["issues", "github.event.action }} ${{ github.event.issue.number", "opened 1"],
    ["issue_comment", "github.event.action }} ${{ github.event.comment.body", "created A comment"],
    [
      "merge_group",
      "github.event.action }} ${{ github.event.merge_group.base_ref",
      "checks_requested refs/heads/main",
    ],
    ["deployment_status", "github.event.deployment_status.state", "success"],
    ["create", "github.event.ref_type }} ${{ github.event.ref", "tag v1.0.0", "v1.0.0"],
    [
      "release",
      "endsWith(github.event.release.upload_url, '{?name,label}') }} ${{ github.event.release.target_commitish",
      "true main",
      "v1.0.0",
    ],
    ["workflow_dispatch", "github.event.workflow", ".github/workflows/test.yml"],
    ["watch", "github.event.action", "started"],
  ])("of %s is there: ${{ %s }}", async (event, expression, expected, ref) => {
    const workflow = `on: ${event}\njobs:\n  a:\n    runs-on: x\n    steps:\n      - run: echo "\${{ ${expression} }}"\n`;
    const { printed } = await runWorkflow(workflow, { event, ref });
    expect(printed("a")).toEqual([expected]);
  });
});
