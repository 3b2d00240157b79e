import { describe, expect, it } from "vitest";
import { createSummary } from "../../../lib/action/summary.ts";
import type { Record } from "../../../lib/evidence/record.ts";
import { summarise } from "../../../lib/evidence/summary.ts";
import { EMPTY_TIMELINE } from "../../../lib/evidence/timeline/timeline.ts";
import { releaseOf } from "./releases.ts";

function summaryOf(record: Record, timeline = EMPTY_TIMELINE): string {
  const { summary, text } = createSummary();
  summarise(summary, record, timeline);
  return text();
}

describe("the job summary of a record", () => {
  const atMs = (second: number) => Date.parse("2026-11-21T02:00:00.000Z") + 1_000 * second;
  const text = summaryOf(
    { schema: 1, releases: [releaseOf("1.2.0", "rolled-back")] },
    {
      arms: [],
      evidence: [
        {
          version: "1.2.0",
          threshold: 100,
          points: [0, 1, 2, 3].map((second) => ({ atMs: atMs(second), worse: 10 ** second })),
        },
      ],
      marks: [],
    },
  );

  it("begins with outcome and reason", () => {
    expect(text).toMatch(/^## ↩ 1\.2\.0 rolled back\n\nthe candidate failed more often/);
  });

  it("has gates, steps and figures as tables", () => {
    expect(text).toContain("| ✕ | canary-promote | failed | the candidate failed more often |");
    expect(text).toContain(
      "| 10 % | rollback | 9 of 200 (4.5 %) | 2 of 1,800 (0.11 %) | 150 of 100 |",
    );
    expect(text).toContain("| 2,000 | 11 | 0 | 3.1 s |");
  });

  it("draws weight and evidence with as many values as the axis is divided into", () => {
    const charts = [...text.matchAll(/```mermaid\n([\s\S]*?)\n```/g)].map(
      ([, chart]) => chart ?? "",
    );
    expect(charts).toHaveLength(2);
    for (const chart of charts) {
      expect(chart).toMatch(/^xychart-beta\n/);
      const values = /line \[([^\]]*)\]/.exec(chart)?.[1]?.split(", ").map(Number) ?? [];
      expect(values).toHaveLength(40);
      expect(values.every(Number.isFinite)).toBe(true);
    }
    expect(charts[0]).toMatch(/line \[10, .* 0\]/);
  });

  it("makes what comes from outside harmless", () => {
    const nasty = "a|b <img> `c` \n```\n[x](y)";
    const shown = summaryOf({ schema: 1, releases: [releaseOf('1"\n]', "rolled-back", nasty)] });
    expect(shown).not.toContain("<img");
    expect(shown).not.toMatch(/[^\\]\[x\]/);
    expect(shown).toContain('title "1___');
  });

  it("stays below the runner's limit however many releases there are", () => {
    const releases = Array.from({ length: 500 }, (_, index) =>
      releaseOf(`1.0.${index}`, "promoted"),
    );
    const shown = summaryOf({ schema: 1, releases });
    expect(Buffer.byteLength(shown)).toBeLessThan(1024 * 1024);
    expect(shown).toContain("and 490 more");
  });
});
