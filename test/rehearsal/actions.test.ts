import { describe, expect, it } from "vitest";
import { folder, repository, run, runWorkflow } from "./rehearsed.ts";

const NODE_ACTION = {
  "actions/js/action.yml": `
name: js
description: tells its stages
inputs:
  who: { default: "\${{ github.job }}" }
  a name: { required: true }
outputs: { said: { description: what it said } }
runs: { using: node24, pre: pre.js, main: main.js, post: post.js, post-if: "success() || failure()" }
`,
  "actions/js/pre.js": `console.log("pre " + process.env.INPUT_WHO)`,
  "actions/js/main.js": `
const { appendFileSync } = require("node:fs");
console.log("main " + process.env.INPUT_WHO + " " + process.env["INPUT_A_NAME"]);
appendFileSync(process.env.GITHUB_STATE, "key=" + process.env.INPUT_WHO + "\\n");
appendFileSync(process.env.GITHUB_OUTPUT, "said=hello " + process.env.INPUT_WHO + "\\n");
if (process.env.INPUT_WHO === "bad") process.exit(1);
`,
  "actions/js/post.js": `console.log("post " + process.env.STATE_key)`,
};

const COMPOSITE = {
  "actions/both/action.yml": `
name: both
description: composite
inputs: { who: { default: nobody } }
outputs:
  said: { value: "\${{ steps.inner.outputs.said }}" }
  path: { value: "\${{ steps.path.outputs.path }}" }
runs:
  using: composite
  steps:
    - id: inner
      uses: $/actions/js
      with: { who: "\${{ inputs.who }}", a name: inside }
    - id: path
      shell: bash
      run: |
        echo "path=$(basename "$GITHUB_ACTION_PATH")" >> "$GITHUB_OUTPUT"
        echo "FROM_COMPOSITE=yes" >> "$GITHUB_ENV"
        echo "[\${{ inputs.who }}] [$OUTER]"
    - if: failure()
      shell: sh
      run: echo composite saw the failure
`,
};

describe("actions", () => {
  it("runs pre first, then main, and post in reverse order at the end", async () => {
    const { printed, steps, result } = await runWorkflow(
      `
      on: push
      jobs:
        one:
          runs-on: x
          steps:
            - run: echo first
            - { uses: $/actions/js, name: A, with: { who: a, a name: x } }
            - { uses: $/actions/js, name: B, id: b, with: { who: b, a name: y } }
            - { uses: $/actions/js, name: C, if: false, with: { who: c, a name: z } }
            - run: echo "\${{ steps.b.outputs.said }}"
      `,
      { files: NODE_ACTION },
    );
    expect(result.conclusion).toBe("success");
    expect(printed("one")).toEqual([
      "pre a",
      "pre b",
      "pre c",
      "first",
      "main a x",
      "main b y",
      "hello b",
      "post undefined",
      "post b",
      "post a",
    ]);
    expect(steps("one").slice(-3)).toEqual([
      "Post C: success",
      "Post B: success",
      "Post A: success",
    ]);
  });

  it("runs a composite action with its own inputs, outputs and steps", async () => {
    const { printed, result } = await runWorkflow(
      `
      on: push
      jobs:
        one:
          runs-on: x
          steps:
            - { id: c, uses: $/actions/both, with: { who: me }, env: { OUTER: outer } }
            - run: echo "\${{ steps.c.outputs.said }} \${{ steps.c.outputs.path }} $FROM_COMPOSITE \${{ toJSON(steps.inner) }}"
      `,
      { files: { ...NODE_ACTION, ...COMPOSITE } },
    );
    expect(result.conclusion).toBe("success");
    expect(printed("one")).toEqual([
      "pre me",
      "main me inside",
      "[me] [outer]",
      "hello me both yes null",
      "post me",
    ]);
  });

  it("fails the step when a step of the composite action fails, and runs its failure() steps", async () => {
    const { printed, steps } = await runWorkflow(
      `
      on: push
      jobs:
        one:
          runs-on: x
          steps:
            - { id: c, name: C, uses: $/actions/both, with: { who: bad }, continue-on-error: true }
            - run: echo "\${{ steps.c.outcome }}"
      `,
      { files: { ...NODE_ACTION, ...COMPOSITE } },
    );
    expect(printed("one")).toEqual([
      "pre bad",
      "main bad inside",
      "composite saw the failure",
      "failure",
      "post bad",
    ]);
    expect(steps("one")[0]).toBe("Pre C: success");
  });

  it("looks for ./ in what the job checked out", async () => {
    const workflow = `
      on: push
      jobs:
        without:
          runs-on: x
          steps: [{ uses: ./actions/js, with: { a name: x } }]
        with:
          runs-on: x
          steps: [{ uses: actions/checkout@v6 }, { uses: ./actions/js, with: { a name: x } }]
      `;
    const { result, annotations } = await run(
      repository({ ".github/workflows/test.yml": workflow, ...NODE_ACTION }),
    );
    expect(result.jobs).toEqual({ without: "failure", with: "success" });
    expect(annotations("without").join()).toContain("Did you forget to run actions/checkout");
  });

  it("takes another repository's actions from where --repo says, $/ in them being that repository", async () => {
    const library = folder({ ...NODE_ACTION, ...COMPOSITE });
    const { printed, result } = await runWorkflow(
      `
      on: push
      jobs:
        one:
          runs-on: x
          steps: [{ uses: Some/Library/actions/both@v1, with: { who: them } }]
      `,
      { repos: [{ repository: "some/library", ref: "v1", path: library }] },
    );
    expect(result.conclusion).toBe("success");
    expect(printed("one")).toContain("main them inside");
  });

  it("warns about inputs that an action does not have", async () => {
    const { annotations } = await runWorkflow(
      `
      on: push
      jobs:
        one: { runs-on: x, steps: [{ uses: $/actions/js, with: { whom: x } }] }
      `,
      { files: NODE_ACTION },
    );
    expect(annotations("one")).toContain(
      "warning: Unexpected input(s) 'whom', valid inputs are ['who', 'a name']",
    );
  });
});

describe("stand-ins", () => {
  it("hands artifacts from job to job", async () => {
    const { printed, result, annotations } = await runWorkflow(`
      on: push
      jobs:
        make:
          runs-on: x
          strategy: { matrix: { n: [1, 2] } }
          steps:
            - run: mkdir -p out/deep && echo "\${{ matrix.n }}" > out/deep/\${{ matrix.n }}.txt && echo top > out/top.txt
            - { id: up, uses: actions/upload-artifact@v5, with: { name: "part-\${{ matrix.n }}", path: out } }
            - run: '[ -n "\${{ steps.up.outputs.artifact-id }}" ]'
        single:
          runs-on: x
          steps:
            - run: mkdir d && echo one > d/only.txt
            - { uses: actions/upload-artifact@v5, with: { name: only, path: d/only.txt } }
            - { uses: actions/upload-artifact@v5, with: { name: none, path: nothing/ } }
            - { uses: actions/upload-artifact@v5, with: { name: none, path: nothing/, if-no-files-found: error } }
        take:
          needs: [make, single]
          if: always()
          runs-on: x
          steps:
            - { uses: actions/download-artifact@v5, with: { name: only, path: a } }
            - { uses: actions/download-artifact@v5, with: { pattern: "part-*", path: b } }
            - { uses: actions/download-artifact@v5, with: { pattern: "part-*", path: c, merge-multiple: true } }
            - run: find . -type f | sort
            - { uses: actions/download-artifact@v5, with: { name: missing } }
      `);
    expect(result.jobs).toEqual({ make: "success", single: "failure", take: "failure" });
    expect(printed("take")).toEqual([
      "./a/only.txt",
      "./b/part-1/deep/1.txt",
      "./b/part-1/top.txt",
      "./b/part-2/deep/2.txt",
      "./b/part-2/top.txt",
      "./c/deep/1.txt",
      "./c/deep/2.txt",
      "./c/top.txt",
    ]);
    expect(annotations("take").join()).toContain("Artifact not found for name: missing");
  });

  it("checks out the event's commit, or what is asked for", async () => {
    const root = repository({
      ".github/workflows/test.yml": `
      on: push
      jobs:
        one:
          runs-on: x
          steps:
            - uses: actions/checkout@v6
            - run: cat file; git rev-parse --abbrev-ref HEAD; git rev-list --count HEAD
            - { uses: actions/checkout@v6, with: { ref: v1, path: old, fetch-depth: 0 } }
            - run: cat old/file
      `,
      file: "first\n",
    });
    const { execFileSync } = await import("node:child_process");
    const { writeFileSync } = await import("node:fs");
    const git = (...args: string[]) =>
      execFileSync("git", ["-c", "user.name=t", "-c", "user.email=t@example.com", ...args], {
        cwd: root,
      });
    git("tag", "v1");
    writeFileSync(`${root}/file`, "second\n");
    git("commit", "-qam", "second");
    writeFileSync(`${root}/file`, "not committed\n");
    const { printed, events } = await run(root);
    expect(printed("one")).toEqual(["second", "main", "1", "first"]);
    expect(JSON.stringify(events)).toContain("uncommitted changes");
  });
});

it("a checkout stays in its workspace", async () => {
  const { result, annotations } = await runWorkflow(`
      on: push
      jobs:
        one: { runs-on: x, steps: [{ uses: actions/checkout@v6, with: { path: "\${{ github.workspace }}-next" } }] }
        two: { runs-on: x, steps: [{ uses: actions/checkout@v6, with: { path: ../.. } }] }
      `);
  expect(result.jobs).toEqual({ one: "failure", two: "failure" });
  expect(annotations("one").join()).toContain("is not under");
});

describe("actions inside a composite one", () => {
  const node = (name: string): { [path: string]: string } => ({
    [`${name}/action.yml`]: `name: ${name}\ninputs: { who: {} }\nruns: { using: node24, pre: pre.js, main: main.js, post: post.js }\n`,
    [`${name}/pre.js`]: `console.log("pre ${name}", process.env.INPUT_WHO);`,
    [`${name}/main.js`]: `console.log("main ${name}"); require("fs").appendFileSync(process.env.GITHUB_STATE, "kept=" + process.env.INPUT_WHO + "\\n");`,
    [`${name}/post.js`]: `console.log("post ${name}", process.env.STATE_kept);`,
  });

  it("have their pre before the job's first step, and their post at its end, each as one step", async () => {
    const { printed, steps } = await runWorkflow(
      `
on: push
jobs:
  a:
    runs-on: x
    steps:
      - run: echo first
      - { uses: $/both, with: { x: given } }
      - { uses: $/two, with: { who: alone } }
`,
      {
        files: {
          ...node("one"),
          ...node("two"),
          "both/action.yml": `
name: both
inputs: { x: {} }
runs:
  using: composite
  steps:
    - { uses: $/one, with: { who: "\${{ inputs.x }}" } }
    - { uses: $/two, if: always(), with: { who: second } }
`,
        },
      },
    );
    expect(printed("a")).toEqual([
      ...["pre one given", "pre two second", "pre two alone"],
      ...["first", "main one", "main two", "main two"],
      ...["post two alone", "post two second", "post one given"],
    ]);
    expect(steps("a").map((step) => step.split(":")[0])).toEqual([
      ...["Pre Run $/both", "Pre Run $/two", "Run echo first"],
      ...["Run $/both", "Run $/two", "Post Run $/two", "Post Run $/both"],
    ]);
  });
});
