import { describe, expect, it } from "vitest";
import { faultText, WorkflowFaults } from "../../rehearsal/language/fault.ts";
import { prepareRehearsal } from "../../rehearsal/run.ts";
import { folder } from "./rehearsed.ts";

/** `line:column: message` of all that is wrong with a workflow. */
async function faults(workflow: string): Promise<string[]> {
  const dir = folder({ ".github/workflows/test.yml": workflow });
  try {
    await prepareRehearsal({ dir });
    return [];
  } catch (error) {
    if (!(error instanceof WorkflowFaults)) throw error;
    return error.faults.map((fault) => faultText(fault).replace(/^[^:]+:/, ""));
  }
}

const steps = "    steps: [{ run: 'true' }]\n";

describe("a workflow file that GitHub refuses", () => {
  it.each([
    [
      "a list of a matrix without anything",
      `on: push\njobs:\n  a:\n    runs-on: x\n    strategy:\n      matrix:\n        os: []\n${steps}`,
      ["7:13: Matrix vector 'os' does not contain any values"],
    ],
    [
      "a group of runners with an unknown owner",
      `on: push\njobs:\n  a:\n    runs-on: { group: asdf/mine }\n${steps}  b:\n    runs-on: { group: org/mine }\n${steps}`,
      [
        "4:23: Invalid runs-on group name 'asdf/mine'. Please use 'organization/' or 'enterprise/' prefix to target a single runner group",
      ],
    ],
    [
      "a container without an image",
      `on: push\njobs:\n  a:\n    runs-on: x\n    services:\n      db:\n        ports: [80]\n${steps}`,
      ["7:9: Container image cannot be empty"],
    ],
    [
      "an expression that is too long",
      `on: push\njobs:\n  a:\n    runs-on: x\n    steps:\n      - run: |\n          echo \${{ github.ref }} ${"x".repeat(21_000)}\n`,
      ["6:14: Exceeded max expression length 21000"],
    ],
    [
      "a condition that names what is not there, with and without ${{ }}",
      `on: push\njobs:\n  a:\n    if: env.X == 'y'\n    runs-on: x\n    steps:\n      - if: secrets.X\n        run: echo\n      - if: \${{ secrets.X }}\n        run: echo\n      - if: hashFiles('a') && matrix.x\n        run: echo\n  b:\n    if: hashFiles('a') != ''\n    runs-on: x\n${steps}`,
      [
        "4:9: Unrecognized named-value: 'env'",
        "7:13: Unrecognized named-value: 'secrets'",
        "9:13: Unrecognized named-value: 'secrets'",
        "14:9: Unrecognized function: 'hashFiles'",
      ],
    ],
    [
      "a job without steps",
      "on: push\njobs:\n  a:\n    runs-on: x\n  b:\n    runs-on: x\n    steps: []\n",
      [
        "3:3: No steps defined in `steps` and no workflow called in `uses` for the following jobs: a",
        "5:3: No steps defined in `steps` and no workflow called in `uses` for the following jobs: b",
      ],
    ],
    [
      "a tag that YAML does not know, as of a condition without quotes",
      `on: push\njobs:\n  a:\n    runs-on: x\n    if: !cancelled()\n${steps}`,
      ["5:9: Unexpected tag '!cancelled()'; quote what begins with !"],
    ],
    [
      "a queue of a group that cancels what runs",
      `on: push\nconcurrency: { group: g, queue: max, cancel-in-progress: true }\njobs:\n  a:\n    concurrency: { group: h, cancel-in-progress: true, queue: max }\n    runs-on: x\n${steps}`,
      [
        "2:33: 'queue: max' can't be combined with 'cancel-in-progress: true'",
        "5:63: 'queue: max' can't be combined with 'cancel-in-progress: true'",
      ],
    ],
    [
      "a cycle, at the need that closes it",
      `on: push\njobs:\n  a:\n    runs-on: x\n${steps}  b:\n    needs:\n      - a\n      - c\n    runs-on: x\n${steps}  c:\n    needs: b\n    runs-on: x\n${steps}`,
      ["9:9: Job 'b' needs itself: b -> c -> b", "13:12: Job 'c' needs itself: c -> b -> c"],
    ],
    [
      "an `on` that is none, and nothing more about it",
      `on: \${{ github.ref }}\njobs:\n  a:\n    runs-on: x\n${steps}`,
      ["1:5: Unexpected value '${{ github.ref }}'", "1:5: Unrecognized named-value: 'github'"],
    ],
  ])("is told of %s", async (_what, workflow, expected) => {
    expect((await faults(workflow)).sort()).toEqual([...expected].sort());
  });

  it("is not refused for inputs that say nothing", async () => {
    for (const inputs of ["", "\n      one:\n      two: { type: boolean }"]) {
      const workflow = `on:\n  push:\n  workflow_dispatch:\n    inputs:${inputs}\njobs:\n  a:\n    runs-on: x\n${steps}`;
      expect(await faults(workflow)).toEqual([]);
    }
  });
});

it.each(["repository_dispatch", "[push, repository_dispatch]", "merge_group"])(
  "`on: %s` is not refused",
  async (on) => {
    const event = on.includes("push") ? "push" : on;
    const workflow = `on: ${on}\njobs:\n  a:\n    runs-on: x\n${steps}`;
    const dir = folder({ ".github/workflows/test.yml": workflow });
    const prepared = await prepareRehearsal({ dir, event });
    expect(prepared.workflows).toHaveLength(1);
  },
);

describe("an `on` that GitHub refuses", () => {
  const job = `jobs:\n  a:\n    runs-on: x\n${steps}`;

  it("has a filter and its opposite", async () => {
    const on = "on: { push: { paths: [a], paths-ignore: [b] }, pull_request: { branches: [a] } }\n";
    expect(await faults(`${on}${job}`)).toEqual([
      "1:41: you may only define one of 'paths' and 'paths-ignore' for a single event; use ! patterns in 'paths'",
    ]);
  });

  it.each([
    "0 5 * *",
    "60 * * * *",
    "* * 0 * *",
    "* * * 13 *",
    "* * * * mo",
    "*/0 * * * *",
    "5-1 * * * *",
  ])("has the cron %s", async (cron) => {
    const [fault] = await faults(`on:\n  schedule:\n    - cron: '${cron}'\n${job}`);
    expect(fault).toContain("3:13: Invalid cron expression: ");
  });

  it.each(["*/15 0,12 1-5 JAN-mar Mon-fri", "0 5 * * 0", "30 5,17 * * *"])(
    "is not the cron %s",
    async (cron) => {
      const workflow = `on:\n  push:\n  schedule:\n    - cron: '${cron}'\n${job}`;
      expect(await faults(workflow)).toEqual([]);
    },
  );
});
