import { describe, expect, it } from "vitest";
import { PlainReport } from "../../rehearsal/show/plain-report.ts";

describe("a run told line by line", () => {
  it("says on each line of a message which job it is from", () => {
    const printed: string[] = [];
    const report = new PlainReport((line) => printed.push(line), false);
    const annotation = { level: "error", message: "a rollout is held\nnext: wait" } as const;
    const at = "2026-01-01T00:00:00.000Z";
    report.tell({ at, type: "annotation", job: "cd/deploy", step: 1, annotation });
    expect(printed.join("\n").split("\n")).toEqual([
      "[cd/deploy] error: a rollout is held",
      "[cd/deploy] next: wait",
    ]);
  });

  it("says at the end once more what failed, and where", () => {
    const printed: string[] = [];
    const report = new PlainReport((line) => printed.push(line), false);
    const at = "2026-01-01T00:00:00.000Z";
    const ended = { at, outputs: {}, durationMs: 0, type: "job-finished" } as const;
    const step = { at, type: "step-finished", step: 1, durationMs: 0 } as const;
    const failed = { outcome: "failure", conclusion: "failure" } as const;
    report.tell({ ...step, job: "m (1)", name: "Test it", ...failed });
    report.tell({ ...step, job: "m (1)", name: "Post it", ...failed });
    report.tell({ ...ended, job: "m (1)", name: "m (1)", result: "failure" });
    report.tell({ ...ended, job: "m", name: "m", result: "failure" });
    report.tell({ ...step, job: "kept", name: "Try it", ...failed });
    report.tell({ ...ended, job: "kept", name: "kept", result: "success" });
    report.tell({ ...ended, job: "d", name: "d", result: "failure", reason: "it was rejected" });
    report.tell({ at, type: "run-finished", conclusion: "failure", durationMs: 1000 });
    expect(printed.join("\n").split("\n").slice(-3)).toEqual([
      "[m (1)] ✗ Test it",
      "[d] ✗ it was rejected",
      "✗ failure in 1s",
    ]);
  });
});
