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
});
