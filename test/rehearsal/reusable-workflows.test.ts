import { describe, expect, it } from "vitest";
import { folder, runWorkflow } from "./rehearsed.ts";

const CALLED = `
on:
  workflow_call:
    inputs:
      text: { type: string, default: "of \${{ github.event_name }}" }
      count: { type: number, required: true }
      yes: { type: boolean }
    secrets:
      KEY: { required: true }
    outputs:
      sum: { value: "\${{ jobs.inner.outputs.sum }}" }
      result: { value: "\${{ jobs.bad.result }}" }
env: { LEVEL: called }
jobs:
  inner:
    runs-on: x
    outputs: { sum: "\${{ steps.s.outputs.sum }}" }
    steps:
      - id: s
        env: { KEY: "\${{ secrets.KEY }}", OTHER: "\${{ secrets.OTHER }}" }
        run: |
          echo "sum=\${{ inputs.count + 0 }}\${{ inputs.text }}" >> $GITHUB_OUTPUT || true
          echo "[$LEVEL] [$TOP] [\${{ inputs.yes }}] key=\${#KEY} other=\${#OTHER} \${{ inputs.count == 3 }}"
  bad: { runs-on: x, steps: [{ run: "exit \${{ inputs.yes && 1 || 0 }}" }] }
  rollback: { needs: bad, if: failure(), runs-on: x, steps: [{ run: echo rolled back }] }
`.replace("inputs.count + 0", "inputs.count");

const files = { ".github/workflows/called.yml": CALLED };

describe("reusable workflows", () => {
  it("get typed inputs and only the secrets that are passed, and give outputs", async () => {
    const { result, printed } = await runWorkflow(
      `
      on: push
      env: { TOP: top }
      jobs:
        call:
          uses: ./.github/workflows/called.yml
          with: { count: 3 }
          secrets: { key: "\${{ secrets.MINE }}" }
        after:
          needs: call
          runs-on: x
          steps: [{ run: "echo \${{ needs.call.outputs.sum }}" }]
      `,
      { files, secrets: { MINE: "12345678", OTHER: "abc" }, event: "push" },
    );
    expect(result.conclusion).toBe("success");
    expect(printed("call/inner")).toEqual(["[called] [] [false] key=8 other=0 true"]);
    expect(printed("after")).toEqual(["3of push"]);
  });

  it("fail their caller when any inner job failed, and their outputs still arrive", async () => {
    const { result, printed } = await runWorkflow(
      `
      on: push
      jobs:
        call: { uses: $/.github/workflows/called.yml, with: { count: 3, yes: true, text: t }, secrets: inherit }
        rescue:
          needs: call
          if: failure()
          runs-on: x
          steps: [{ run: "echo \${{ needs.call.outputs.sum }} \${{ needs.call.outputs.result }} \${{ needs.call.result }}" }]
        next: { needs: call, runs-on: x, steps: [{ run: "true" }] }
      `,
      { files, secrets: { KEY: "k".repeat(9), OTHER: "o".repeat(5) }, event: "push" },
    );
    expect(result).toMatchObject({
      conclusion: "failure",
      jobs: { call: "failure", rescue: "success", next: "skipped" },
      outputs: { call: { sum: "3t", result: "failure" } },
    });
    expect(printed("call/inner")).toEqual(["[called] [] [true] key=9 other=5 true"]);
    expect(printed("call/rollback")).toEqual(["rolled back"]);
    expect(printed("rescue")).toEqual(["3t failure failure"]);
  });

  it("nest, and ./ in a mapped library's workflow is that library", async () => {
    const library = folder({
      ".github/workflows/outer.yml": `
on: { workflow_call: { outputs: { v: { value: "\${{ jobs.deeper.outputs.v }}" } } } }
jobs:
  deeper: { uses: ./.github/workflows/inner.yml }
`,
      ".github/workflows/inner.yml": `
on: { workflow_call: { outputs: { v: { value: "\${{ jobs.j.outputs.v }}" } } } }
jobs:
  j:
    runs-on: x
    outputs: { v: "\${{ steps.a.outputs.v }}" }
    steps: [{ id: a, uses: $/say }]
`,
      "say/action.yml": `
name: say
description: says
outputs: { v: { value: "\${{ steps.s.outputs.v }}" } }
runs: { using: composite, steps: [{ id: s, shell: bash, run: 'echo "v=$GITHUB_REPOSITORY \${{ github.action_repository }}" >> $GITHUB_OUTPUT' }] }
`,
    });
    const { result } = await runWorkflow(
      `
      on: push
      jobs:
        lib:
          strategy: { matrix: { n: [1, 2] } }
          uses: owner/lib/.github/workflows/outer.yml@main
      `,
      { repos: [{ repository: "owner/lib", ref: "main", path: library }] },
    );
    expect(result.conclusion).toBe("success");
    expect(result.outputs.lib?.v).toMatch(/^local\/sluice-test-/);
  });
});

describe("a call that does not fit", () => {
  const refused = async (call: string, called = CALLED): Promise<string> => {
    const workflow = `
on: push
permissions: { contents: read }
jobs:
  call:
    uses: ./.github/workflows/called.yml
${call}
`;
    return runWorkflow(workflow, {
      files: { ".github/workflows/called.yml": called },
      event: "push",
    }).then(
      () => "it ran",
      (error: Error) => error.message,
    );
  };

  it("is refused before it starts, with all that is wrong and where", async () => {
    const message = await refused(
      "    with: { text: 1, count: three, nope: 1 }\n    secrets: { OTHER: x }",
    );
    expect(message).toContain(
      "test.yml:7:29: Input 'count' of the called workflow is 'three' (string); a number is accepted",
    );
    expect(message).toContain(
      "test.yml:7:36: Input 'nope' is not defined in the called workflow; its inputs are: text, count, yes",
    );
    expect(message).toContain("Secret 'OTHER' is not defined");
    expect(message).toContain("Secret 'KEY' is required");
  });

  it("is refused when it asks for more permissions than its caller has", async () => {
    const called = `
on: workflow_call
jobs:
  j: { runs-on: x, permissions: { contents: write, id-token: write }, steps: [{ run: "true" }] }
`;
    expect(await refused("    permissions: { contents: read }", called)).toContain(
      "'contents: write, id-token: write', but is only allowed 'contents: read, id-token: none'",
    );
  });

  it("is refused when the file is not there, can't be called, or calls itself", async () => {
    expect(
      await refused("", "on: push\njobs: { j: { runs-on: x, steps: [{ run: x }] } }"),
    ).toContain("has no 'on: workflow_call'");
    expect(
      await refused("", "on: workflow_call\njobs: { j: { uses: ./.github/workflows/called.yml } }"),
    ).toContain("calls itself");
  });
});
