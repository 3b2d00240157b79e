import { describe, expect, it } from "vitest";
import { type Ended, findingsOf, type Work, workOf } from "../../../lib/load/finding.ts";
import { describeExit } from "../../../lib/load/k6-exit.ts";
import type { K6Summary } from "../../../lib/load/k6-summary.ts";

const summary = (metrics: K6Summary["metrics"] = {}): K6Summary => ({
  state: { testRunDurationMs: 1_000 },
  metrics,
});
const well: Ended = { exit: { code: 0 }, stopped: false, tail: [], summary: summary() };
const work: Work = { iterations: 10, thrown: 0, requests: 10, failed: 0 };
const kinds = (ended: Partial<Ended>, done: Partial<Work> = {}) =>
  findingsOf({ ...well, ...ended }, { ...work, ...done }).map(({ kind }) => kind);

describe("a run that measured something", () => {
  it("has no findings", () => {
    expect(kinds({})).toEqual([]);
  });

  it("may be ended by us", () => {
    expect(kinds({ exit: { code: 105 }, stopped: true })).toEqual([]);
  });
});

describe("a finding is made of", () => {
  it.each([
    [{ exit: { signal: "SIGKILL" as const } }, {}, "killed"],
    [{ exit: { code: 105 } }, {}, "exit"],
    [{ exit: { code: 107 } }, {}, "exit"],
    [{ summary: undefined }, {}, "no-summary"],
    [{}, { iterations: 0, requests: 0 }, "no-iterations"],
    [{}, { thrown: 10 }, "all-threw"],
    [{}, { requests: 0 }, "no-requests"],
    [{}, { failed: 10 }, "errors-only"],
  ])("%j %j: %s", (ended, done, kind) => {
    expect(kinds(ended, done)).toEqual([kind]);
  });

  it("a k6 that we had to kill, which is not taken for somebody else's deed", () => {
    const [found] = findingsOf({ ...well, exit: { signal: "SIGINT" }, stopped: true }, work);
    expect(found?.message).toBe(
      "k6 was killed by SIGINT when it had to end, since it did not do so by itself",
    );
    expect(found?.hint).toContain("the other arm");
  });

  it("a crossed threshold, with its value", () => {
    const metrics = {
      http_req_duration: {
        type: "trend" as const,
        values: { "p(95)": 12.345, count: 4 },
        thresholds: { "p(95)<5": { ok: false }, "p(95)<50": { ok: true } },
      },
    };
    const found = findingsOf({ ...well, exit: { code: 99 }, summary: summary(metrics) }, work);
    expect(found.map(({ message }) => message)).toEqual([
      "http_req_duration crossed its threshold p(95)<5, it is 12.35",
    ]);
  });

  it("a threshold without samples, though k6 calls it kept", () => {
    const thresholds = { "p(95)<5": { ok: true } };
    const metrics = {
      "http_req_duration{a:b}": { type: "trend" as const, values: { count: 0 }, thresholds },
      checks: { type: "rate" as const, values: { passes: 0, fails: 0 }, thresholds },
    };
    expect(kinds({ summary: summary(metrics) })).toEqual([
      "threshold-without-samples",
      "threshold-without-samples",
    ]);
  });

  it("but a counter that nobody added to is zero", () => {
    const thresholds = { "count<1": { ok: true } };
    const metrics = { errors: { type: "counter" as const, values: { count: 0 }, thresholds } };
    expect(kinds({ summary: summary(metrics) })).toEqual([]);
  });
});

describe("k6's exit codes", () => {
  it("from 97 to 110 all have names, and others are told as they are", () => {
    for (let code = 97; code <= 110; code += 1) expect(describeExit({ code })).toMatch(/: \w/);
    expect(describeExit({ code: 3 })).toBe("exit code 3");
    expect(describeExit({ signal: "SIGKILL" })).toBe("k6 was killed by SIGKILL");
  });
});

describe("the work of a run", () => {
  it("counts requests of every protocol", () => {
    const count = (value: number) => ({ type: "counter" as const, values: { count: value } });
    const metrics = {
      iterations: count(5),
      ws_sessions: count(2),
      http_reqs: count(3),
      http_req_failed: { type: "rate" as const, values: { passes: 1, fails: 2 } },
    };
    expect(workOf(summary(metrics), "thrown")).toEqual({
      iterations: 5,
      thrown: 0,
      requests: 5,
      failed: 1,
    });
  });
});
