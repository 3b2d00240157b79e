import { describe, expect, it } from "vitest";
import type { RehearseOptions } from "../../rehearsal/run.ts";
import { type Files, folder, git, repository, run, runWorkflow, write } from "./rehearsed.ts";

const JOB = "jobs: { j: { runs-on: x, steps: [{ run: 'true' }] } }";

async function started(files: Files, options: Partial<RehearseOptions>): Promise<string> {
  const dir = folder(
    Object.fromEntries(
      Object.entries(files).map(([name, on]) => [
        `.github/workflows/${name}.yml`,
        `on: ${on}\n${JOB}`,
      ]),
    ),
  );
  return run(dir, options).then(
    ({ result }) =>
      Object.keys(result.tree)
        .map((file) => file.replace(/.*\/|\.yml$/g, ""))
        .join(),
    (error: Error) => error.message,
  );
}

describe("a push", () => {
  const files = {
    any: "push",
    branches: "{ push: { branches: [main, 'releases/**', '!releases/**-old'] } }",
    tags: "{ push: { tags: ['v*', '!v*-rc'] } }",
    both: "{ push: { branches: [main], tags: ['v1.*'] } }",
    ignore: "{ push: { branches-ignore: [main] } }",
    other: "pull_request",
  };

  it.each([
    ["refs/heads/main", "any,both,branches"],
    ["releases/2", "any,branches,ignore"],
    ["refs/heads/releases/1-old", "any,ignore"],
    ["v1.2.3", "any,both,tags"],
    ["refs/tags/v2.0.0-rc", "any"],
  ])("of %s starts %s", async (ref, expected) => {
    expect(await started(files, { ref })).toBe(expected);
  });

  it("says why nothing starts", async () => {
    const message = await started({ tags: files.tags }, { ref: "main" });
    expect(message).toContain("tags.yml: it runs on tags only, and main is a branch");
  });

  it("looks at the changed files of the payload", async () => {
    const paths = {
      docs: "{ push: { paths: ['docs/**'] } }",
      code: "{ push: { paths-ignore: ['docs/**'] } }",
    };
    const payload = { commits: [{ added: ["docs/a.md"], modified: [], removed: [] }] };
    expect(await started(paths, { payload })).toBe("docs");
  });

  it("looks at the changed files in git", async () => {
    const dir = repository({
      ".github/workflows/docs.yml": `on: { push: { paths: ['docs/**'] } }\n${JOB}`,
      ".github/workflows/code.yml": `on: { push: { paths: ['src/**'] } }\n${JOB}`,
    });
    write(dir, { "src/a.js": "" });
    git(dir, "add", "--all");
    git(dir, "commit", "--quiet", "--message", "code");
    const { result } = await run(dir);
    expect(Object.keys(result.tree)).toEqual([".github/workflows/code.yml"]);
  });

  it("fills the github context", async () => {
    const dir = repository({
      ".github/workflows/test.yml": `
      on: push
      run-name: Release \${{ github.ref_name }}
      jobs:
        one:
          runs-on: x
          steps:
            - run: |
                echo "\${{ github.ref_type }} \${{ github.ref_name }} \${{ github.event.repository.full_name }} \${{ github.event.after == github.sha }}"
                echo "$GITHUB_REF $GITHUB_SHA $GITHUB_REPOSITORY $GITHUB_EVENT_NAME $CI $GITHUB_ACTIONS \${TOKEN:+token}"
                grep -c '"ref": "refs/tags/v1.0.0"' "$GITHUB_EVENT_PATH"
              env: { TOKEN: "\${{ github.token }}" }
      `,
    });
    git(dir, "tag", "v1.0.0");
    git(dir, "remote", "add", "origin", "git@github.com:octo/demo.git");
    const { printed, events } = await run(dir, { ref: "v1.0.0" });
    const sha = git(dir, "rev-parse", "HEAD");
    expect(printed("one")).toEqual([
      "tag v1.0.0 octo/demo true",
      `refs/tags/v1.0.0 ${sha} octo/demo push true true token`,
      "1",
    ]);
    expect(events[0]).toMatchObject({ workflows: [{ runName: "Release v1.0.0" }] });
  });
});

describe("pull requests and other events", () => {
  it.each<[string, Partial<RehearseOptions>, string]>([
    ["pull_request of the default types", { event: "pull_request" }, "typed,any"],
    ["a closed one", { event: "pull_request", payload: { action: "closed" } }, "closed"],
    [
      "one against another base",
      { event: "pull_request", payload: { pull_request: { base: { ref: "dev" } } } },
      "any",
    ],
    ["a release", { event: "release", payload: { action: "published" } }, "release"],
    ["a schedule", { event: "schedule" }, "cron"],
  ])("%s", async (_name, options, expected) => {
    const names = await started(
      {
        any: "pull_request",
        typed: "{ pull_request: { branches: [main] } }",
        closed: "{ pull_request: { types: [closed] } }",
        release: "{ release: { types: [published] } }",
        cron: "{ schedule: [{ cron: '0 4 * * *' }] }",
      },
      options,
    );
    expect(names.split(",").sort()).toEqual(expected.split(",").sort());
  });
});

describe("workflow_dispatch", () => {
  const workflow = `
on:
  workflow_dispatch:
    inputs:
      name: { required: true }
      level: { type: choice, options: [low, high], default: low }
      dry: { type: boolean }
      count: { type: number, default: 2 }
      where: { type: environment }
jobs:
  j:
    runs-on: x
    steps: [{ run: "echo \${{ inputs.name }} \${{ inputs.level }} \${{ inputs.dry == true }} \${{ inputs.count }} \${{ github.event.inputs.dry == 'true' && 'string' }}" }]
`;

  it("gives typed inputs, with defaults", async () => {
    const { printed } = await runWorkflow(workflow, { inputs: { name: "n", DRY: "true" } });
    expect(printed("j")).toEqual(["n low true 2 string"]);
  });

  it("refuses what does not fit, all at once, naming what is accepted", async () => {
    const environments = { production: {} };
    const wrong = { level: "mid", dry: "maybe", count: "x", nope: "1", where: "nowhere" };
    const error = await runWorkflow(workflow, { inputs: wrong, environments }).catch(
      (e: Error) => e,
    );
    const message = (error as Error).message;
    expect(message).toContain("Unexpected input 'nope'; accepted: name, level, dry, count, where");
    expect(message).toContain("Input 'name' is required");
    expect(message).toContain("'mid'; one of these is accepted: low, high");
    expect(message).toContain("'maybe'; a boolean is accepted");
    expect(message).toContain("'x'; a number is accepted");
    expect(message).toContain("'nowhere'; one of these environments is accepted: production");
  });
});

describe("the folder that is rehearsed", () => {
  const CHECKOUT = `
on: push
jobs:
  j: { runs-on: x, steps: [{ uses: actions/checkout@v6 }, { run: "ls; echo $GITHUB_REPOSITORY" }] }
`;

  it("may have spaces and percent signs in its path", async () => {
    const root = folder({ "a b %20/.github/workflows/test.yml": CHECKOUT, "a b %20/file": "" });
    const dir = `${root}/a b %20`;
    git(dir, "init", "--quiet", "--initial-branch=main");
    git(dir, "add", "--all");
    git(dir, "commit", "--quiet", "--message", "first");
    expect((await run(dir)).printed("j")).toEqual(["file", "local/a-b-20"]);
  });

  it("is not the repository around it", async () => {
    const outer = repository({
      "inner/.github/workflows/test.yml": CHECKOUT,
      "inner/own": "",
      other: "",
    });
    const { printed, events } = await run(`${outer}/inner`);
    expect(printed("j")).toEqual(["own", "local/inner"]);
    expect(events[0]).toMatchObject({ sha: "0".repeat(40) });
  });
});

it("a tag that is not there yet is rehearsed at the commit that it would get", async () => {
  const dir = repository({
    ".github/workflows/test.yml": `
on: { push: { tags: ['v*'] } }
jobs:
  j:
    runs-on: x
    steps:
      - uses: actions/checkout@v6
      - { uses: actions/checkout@v6, with: { ref: "\${{ github.ref }}", path: again } }
      - run: git tag --points-at HEAD; cat again/file
`,
    file: "content",
  });
  const { printed, annotations } = await run(dir, { ref: "v9.9.9" });
  expect(printed("j")).toEqual(["v9.9.9", "content"]);
  expect(annotations("j").join()).toContain("refs/tags/v9.9.9 is not in this repository yet");
  const unknown = { ref: "refs/tags/v1", after: "1234567890123456789012345678901234567890" };
  expect((await run(dir, { payload: unknown })).result.conclusion).toBe("success");
});

describe("a payload that says only a part", () => {
  const shows = (on: string, what: string): string =>
    `on: ${on}\njobs:\n  a:\n    runs-on: x\n    steps:\n      - run: echo "${what}"\n`;

  it("is filled in, however deep", async () => {
    const { printed } = await runWorkflow(
      shows(
        "pull_request",
        "${{ github.event.pull_request.base.ref }} ${{ github.event.pull_request.state }} ${{ github.event.action }}",
      ),
      {
        event: "pull_request",
        payload: { action: "synchronize", pull_request: { base: { ref: "main" }, title: "t" } },
      },
    );
    expect(printed("a")).toEqual(["main open synchronize"]);
  });

  it("has the cron of the workflow, and the name of the one that it follows", async () => {
    const scheduled = await runWorkflow(
      shows("{ schedule: [{ cron: '0 5 * * 1' }] }", "${{ github.event.schedule }}"),
      { event: "schedule" },
    );
    expect(scheduled.printed("a")).toEqual(["0 5 * * 1"]);
    const following = await runWorkflow(
      shows(
        "{ workflow_run: { workflows: [Build], types: [completed] } }",
        "${{ github.event.workflow_run.name }} ${{ github.event.workflow_run.conclusion }}",
      ),
      { event: "workflow_run" },
    );
    expect(following.printed("a")).toEqual(["Build success"]);
  });
});
