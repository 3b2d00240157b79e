import { describe, expect, it } from "vitest";
import { findings, metricWords } from "../../../lib/evidence/page/findings.ts";
import { releaseSection } from "../../../lib/evidence/page/releases.ts";
import type { RolloutStep } from "../../../lib/evidence/record.ts";
import { releaseOf } from "./releases.ts";

function stepOf(more: Partial<RolloutStep>): RolloutStep {
  const [step] = releaseOf("1.1.0", "promoted").rollout?.steps ?? [];
  if (!step) throw new Error("no step");
  return { ...step, ...more };
}

describe("what a page says of the verdict at each weight", () => {
  it("is its paragraph, each metric by itself, and the negative control", () => {
    const { evidence } = stepOf({});
    const text = findings([
      stepOf({
        explanation: "Not decided. <b>Nothing</b> to see.",
        evidence: evidence && {
          ...evidence,
          metrics: { errors: 0.5, "errors:corrupted": 3.25, "latency:0.05": 1 },
          control: 0.75,
        },
      }),
    ])?.text;
    expect(text).toContain("Not decided. &lt;b&gt;Nothing");
    expect(text).toContain(
      "Evidence by itself, of 100: errors 0.5; errors of the kind corrupted 3.25; slower than 0.05 s 1; negative control, stable against itself, 0.75.",
    );
  });

  it("tells of a step that was passed early why it was", () => {
    const release = releaseOf("1.1.0", "promoted");
    const steps = [stepOf({ early: "watched for 57s of 5m" })];
    const text = releaseSection(
      { ...release, rollout: release.rollout && { ...release.rollout, steps } },
      0,
    ).text;
    expect(text).toContain("passed early</td>");
    expect(text).toContain("Passed early, watched for 57s of 5m.");
  });

  it("is nothing for a record of an older version, which kept no words", () => {
    expect(findings([stepOf({})])).toBeNull();
  });

  it("names metrics as a person would", () => {
    expect(["errors", "errors:a:b", "latency:0.2", "instances"].map(metricWords)).toEqual([
      "errors",
      "errors of the kind a:b",
      "slower than 0.2 s",
      "instances one by one",
    ]);
  });
});
