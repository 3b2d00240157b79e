import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { marksOf } from "../../../lib/evidence/timeline/marks.ts";
import { timelineOfTrace, trusted } from "../../../lib/evidence/timeline/of-trace.ts";
import { type ArmWindow, mergeTimelines, thin } from "../../../lib/evidence/timeline/timeline.ts";
import { readTrace } from "../../../lib/evidence/timeline/trace.ts";
import type { Sample } from "../../../lib/verdict/sample.ts";
import { DEFAULT_SETTINGS } from "../../../lib/verdict/verdict.ts";
import { releaseOf } from "./releases.ts";

function line(
  t: number,
  candidate: [number, number] | null,
  baseline: [number, number] | null,
): Sample {
  const counters = (read: [number, number] | null) =>
    read && { requests: read[0], errors: read[1] };
  return { t, weight: 0.1, candidate: counters(candidate), baseline: counters(baseline) };
}

const TRACE = [
  line(10, [0, 0], [900, 1]),
  line(11, [10, 0], [990, 1]),
  line(12, [20, 2], [1_080, 1]),
];
const judge = (trace: Sample[]) =>
  timelineOfTrace({ trace, candidate: "1.1.0", baseline: "1.0.0" });

describe("a timeline of a trace", () => {
  it("has the differences of both arms, keyed by version, stable first", () => {
    expect(judge(TRACE).arms).toEqual([
      {
        version: "1.0.0",
        windows: [
          { fromMs: 10_000, toMs: 11_000, weightPercent: 90, requests: 90, errors: 0 },
          { fromMs: 11_000, toMs: 12_000, weightPercent: 90, requests: 90, errors: 0 },
        ],
      },
      {
        version: "1.1.0",
        windows: [
          { fromMs: 10_000, toMs: 11_000, weightPercent: 10, requests: 10, errors: 0 },
          { fromMs: 11_000, toMs: 12_000, weightPercent: 10, requests: 10, errors: 2 },
        ],
      },
    ]);
  });

  it("tells stable's own past from the fresh processes that came after it", () => {
    const past = { ...line(9, null, [800, 1]), weight: 0 };
    const also = { ...line(9.5, null, [850, 1]), weight: 0 };
    const fresh = [line(10, [0, 0], [0, 0]), line(11, [10, 0], [12, 0])];
    const settings = { ...DEFAULT_SETTINGS, baseline: "fresh" as const };
    const trace = [past, also, ...fresh];
    const { arms } = timelineOfTrace({ trace, candidate: "1.1.0", baseline: "1.0.0", settings });
    expect(arms.map(({ version }) => version)).toEqual(["1.0.0", "1.0.0, fresh", "1.1.0"]);
    const shown = arms.map(({ windows }) =>
      windows.map((one) => [one.weightPercent, one.requests]),
    );
    expect(shown[0]).toEqual([[100, 50]]);
    expect(shown[1]).toEqual([[10, 12]]);
    expect(shown[2]?.at(-1)).toEqual([10, 10]);
  });

  it("has the evidence as the verdict weighs it, growing with the candidate's errors", () => {
    const [series] = judge(TRACE).evidence;
    const worse = series?.points.map((point) => point.worse) ?? [];
    expect(series?.threshold).toBe(100);
    expect(worse).toHaveLength(3);
    expect(worse[2]).toBeGreaterThan(worse[1] ?? 0);
  });

  it("lets the reading after a missing one stand for both windows", () => {
    const [, candidate] = judge(
      [TRACE[0], line(11, null, null), TRACE[2]].filter((l) => l !== undefined),
    ).arms;
    expect(candidate?.windows).toEqual([
      { fromMs: 10_000, toMs: 12_000, weightPercent: 10, requests: 20, errors: 2 },
    ]);
  });

  it("knows nothing of a window in which a process restarted", () => {
    const [stable] = judge([line(1, [0, 0], [500, 1]), line(2, [0, 0], [3, 0])]).arms;
    expect(stable?.windows).toEqual([
      { fromMs: 1_000, toMs: 2_000, weightPercent: 90, requests: null, errors: null },
    ]);
  });

  it("gives way to the record's own evidence when it cannot be worked out again", () => {
    const release = releaseOf("1.1.0", "rolled-back");
    const timeline = trusted(judge(TRACE), release);
    expect(timeline.evidence[0]?.points.at(-1)?.worse).toBe(150);
  });
});

describe("a trace file", () => {
  const text = TRACE.map((one) => `${JSON.stringify(one)}\n`).join("");

  it("is read line by line", () => {
    expect(readTrace(`${text}\n`, "t.jsonl")).toEqual(TRACE);
  });

  it("may end in the middle of a line, as a killed runner leaves it, or without a line end", () => {
    expect(readTrace(`${text}{"t": 13, "wei`, "t.jsonl")).toEqual(TRACE);
    expect(readTrace(text.trimEnd(), "t.jsonl")).toEqual(TRACE);
  });

  it("is refused with the number of the first line that is no sample", () => {
    expect(() => readTrace(`${text}{"t": 13}\n${text}`, "t.jsonl")).toThrow("t.jsonl:4: ");
  });
});

describe("several timelines on one axis", () => {
  it("join what they know of one version", () => {
    const later = TRACE.map((one) => ({ ...one, t: one.t + 100 }));
    const second = timelineOfTrace({ trace: later, candidate: "1.2.0", baseline: "1.1.0" });
    const merged = mergeTimelines(second, judge(TRACE));
    const arm = merged.arms.find(({ version }) => version === "1.1.0");
    expect(arm?.windows.map(({ toMs }) => toMs)).toEqual([11_000, 12_000, 111_000, 112_000]);
    expect(merged.evidence.map(({ version }) => version)).toEqual(["1.2.0", "1.1.0"]);
  });
});

describe("a timeline that was thinned", () => {
  const window = fc.record({
    requests: fc.option(fc.nat(1_000)),
    errors: fc.constant(0),
    worse: fc.double({ min: 0, max: 1e6, noNaN: true }),
  });

  it("has at most so many points, the same sums and the same peak", () => {
    fc.assert(
      fc.property(
        fc.array(window, { minLength: 1 }),
        fc.integer({ min: 1, max: 20 }),
        (rows, most) => {
          const windows: ArmWindow[] = rows.map(({ requests, errors }, index) => ({
            fromMs: index,
            toMs: index + 1,
            weightPercent: 10,
            requests,
            errors,
          }));
          const points = rows.map(({ worse }, index) => ({ atMs: index, worse }));
          const evidence = [{ version: "a", threshold: 100, points }];
          const less = thin({ arms: [{ version: "a", windows }], evidence, marks: [] }, most);
          const thinned = less.arms[0]?.windows ?? [];
          expect(thinned.length).toBeLessThanOrEqual(most);
          expect(sum(thinned)).toBe(sum(windows));
          expect(thinned.at(-1)?.toMs).toBe(rows.length);
          const peak = (of: Array<{ worse: number }>) => Math.max(...of.map(({ worse }) => worse));
          expect(peak(less.evidence[0]?.points ?? [])).toBe(peak(points));
        },
      ),
    );
  });
});

function sum(windows: readonly ArmWindow[]): number {
  return windows.reduce((total, { requests }) => total + (requests ?? 0), 0);
}

describe("the moments of a release", () => {
  it("are its weights and its end", () => {
    expect(marksOf(releaseOf("1.1.0", "rolled-back")).map(({ label }) => label)).toEqual([
      "1.1.0 at 10 %",
      "1.1.0 rolled back",
    ]);
  });

  it("are none when it had no rollout", () => {
    expect(marksOf({ ...releaseOf("1.1.0", "failed"), rollout: null })).toEqual([]);
  });
});
