import { existsSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { parseMoment } from "../../rehearsal/run/disturbance.ts";
import { folder, run, runWorkflow, write } from "./rehearsed.ts";

const WORKFLOW = `
on: push
jobs:
  long:
    runs-on: x
    steps:
      - { id: first, run: echo one }
      - { name: second, run: "echo two" }
      - { name: third, run: "sleep 60" }
      - { name: last, if: always(), run: "echo three" }
  next: { needs: long, if: always(), runs-on: x, steps: [{ run: "true" }] }
`;

describe("a disturbed run", () => {
  it("is cancelled after a step", async () => {
    const { result, steps } = await runWorkflow(WORKFLOW, {
      cancelAfter: parseMoment("long/first"),
    });
    expect(result).toMatchObject({
      conclusion: "cancelled",
      jobs: { long: "cancelled", next: "success" },
    });
    expect(steps("long").at(-1)).toBe("last: success");
  });

  it("is cancelled after its last step, before its job is over", async () => {
    const only = "on: push\njobs: { a: { runs-on: x, steps: [{ id: only, run: 'true' }] } }\n";
    const { result } = await runWorkflow(only, { cancelAfter: parseMoment("a/only") });
    expect(result.jobs).toEqual({ a: "cancelled" });
  });

  it.each([
    ["lnog/first", "There is no job of 'lnog/first'"],
    ["long/frist", "Job long has no step 'frist'"],
    ["long (1)/secnd", "Job long has no step 'secnd'"],
  ])("is refused when its moment is none: %s", async (at, says) => {
    const drill = parseMoment(at);
    await expect(runWorkflow(WORKFLOW, { cancelAfter: drill })).rejects.toThrow(says);
    await expect(runWorkflow(WORKFLOW, { loseRunner: drill })).rejects.toThrow(says);
  });

  it("goes on without a lost runner: nothing more of its job runs, not even always()", async () => {
    const { result, printed, reason } = await runWorkflow(WORKFLOW, {
      loseRunner: parseMoment("long/third+1s"),
    });
    expect(result).toMatchObject({
      conclusion: "failure",
      jobs: { long: "failure", next: "success" },
    });
    expect(printed("long")).toEqual(["one", "two"]);
    expect(reason("long")).toContain("lost communication");
  });

  it("runs again what failed, and keeps what succeeded with its outputs and artifacts", async () => {
    const dir = folder({
      ".github/workflows/test.yml": `
on: push
jobs:
  make:
    runs-on: x
    outputs: { v: "\${{ steps.s.outputs.v }}" }
    steps:
      - { id: s, run: 'echo "v=$RANDOM" >> $GITHUB_OUTPUT; echo hi > file' }
      - { uses: actions/upload-artifact@v5, with: { name: kept, path: file } }
  call:
    needs: make
    uses: ./.github/workflows/inner.yml
    with: { marker: "\${{ vars.MARKER }}" }
  after: { needs: call, runs-on: x, steps: [{ run: "true" }] }
`,
      ".github/workflows/inner.yml": `
on: { workflow_call: { inputs: { marker: { type: string } } } }
jobs:
  fine: { runs-on: x, steps: [{ run: "true" }] }
  flaky:
    runs-on: x
    steps:
      - { uses: actions/download-artifact@v5, with: { name: kept } }
      - run: cat file; echo "attempt $GITHUB_RUN_ATTEMPT"; [ -e "\${{ inputs.marker }}" ]
`,
    });
    const vars = { MARKER: join(dir, "marker") };
    const first = await run(dir, { vars, keep: true, event: "push" });
    expect(first.result.jobs).toEqual({ make: "success", call: "failure", after: "skipped" });
    write(dir, { marker: "" });
    const second = await run(dir, { vars, rerun: first.result, event: "push" });
    expect(second.result.jobs).toEqual({ make: "success", call: "success", after: "success" });
    expect(second.result.outputs.make).toEqual(first.result.outputs.make);
    expect(second.reason("make")).toBe("kept from the run before");
    expect(second.reason("call/fine")).toBe("kept from the run before");
    expect(second.printed("call/flaky")).toEqual(["hi", "attempt 2"]);
    const { rmSync } = await import("node:fs");
    rmSync(first.result.folder, { recursive: true });
    expect(existsSync(second.result.folder)).toBe(false);
  });
});
