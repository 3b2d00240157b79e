import { describe, expect, it } from "vitest";
import { runWorkflow } from "./rehearsed.ts";

const job = (steps: string): string =>
  `on: push\njobs:\n  a:\n    runs-on: x\n    steps:\n${steps}`;

describe("what a step tells the runner", () => {
  it.each([
    ["set-env", "::set-env name=A::b"],
    ["add-path", "::add-path::/x"],
    ["stop-commands without a name of one's own", "::stop-commands::pause-logging"],
    ["set-output without a name", "::set-output::x"],
  ])("a step fails by %s, though its script ends well", async (_what, line) => {
    const { steps, annotations } = await runWorkflow(job(`      - run: echo '${line}'\n`));
    expect(steps("a")).toEqual([`Run echo '${line}': failure`]);
    expect(annotations("a")).toContain(`error: Unable to process command '${line}' successfully.`);
  });

  it("what stands before a line that is no output counts", async () => {
    const { printed, annotations } = await runWorkflow(
      job(`      - id: s
        continue-on-error: true
        run: printf 'good=1\\nbad\\nlate=2\\n' >> "$GITHUB_OUTPUT"
      - run: echo '\${{ toJSON(steps.s.outputs.good) }} \${{ toJSON(steps.s.outputs.late) }}'
`),
    );
    expect(printed("a")).toEqual(['"1" null']);
    expect(annotations("a")).toEqual([
      "error: Unable to process file command 'output' successfully.",
      "error: Invalid format 'bad'",
    ]);
  });

  it("commands resume at a word that begins with a digit, and the word is hidden", async () => {
    const { printed, annotations } = await runWorkflow(
      job(`      - run: |
          echo '::stop-commands::1f2e-3d4c:x'
          echo '::error::text'
          echo '::1f2e-3d4c:x::'
          echo '::notice::told'
          echo 'text ##[warning]old form'
`),
    );
    expect(printed("a")).toEqual(["::stop-commands::***", "::error::text", "::***::"]);
    expect(annotations("a")).toEqual(["notice: told", "warning: old form"]);
  });

  it("an expression that can't be evaluated is shown as it is written", async () => {
    const { steps } = await runWorkflow(job("      - run: echo ${{ fromJSON('nope') }}\n"));
    expect(steps("a")).toEqual(["Run echo ${{ fromJSON('nope') }}: failure"]);
  });
});

it("a step whose time is over says that, and nothing else", async () => {
  const { annotations, printed } = await runWorkflow(
    job(`      - { id: late, run: sleep 20, timeout-minutes: 0.005, continue-on-error: true }
      - run: echo \${{ steps.late.outcome }} \${{ steps.late.conclusion }}
`),
  );
  expect(annotations("a")).toEqual([
    "error: The action 'Run sleep 20' has timed out after 0.005 minutes.",
  ]);
  expect(printed("a")).toEqual(["failure success"]);
});
