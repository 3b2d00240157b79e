import { describe, expect, it } from "vitest";
import { parseTraceLine } from "../../../../lib/verdict/trace/trace.ts";

const ARM = { requests: 10, errors: 1 };
const LINE = { t: 1, weight: 0.1, candidate: ARM, baseline: ARM };
const parse = (line: unknown) =>
  parseTraceLine(typeof line === "string" ? line : JSON.stringify(line), {
    file: "a.jsonl",
    line: 7,
  });

describe("a line of a trace", () => {
  it("may lack latency, and an arm may be a missing scrape", () => {
    expect(parse({ ...LINE, baseline: null })).toEqual({ ...LINE, baseline: null });
  });

  it("may carry a histogram and kinds of errors", () => {
    const full = { ...ARM, latency: { le: [0.1, 1], counts: [4, 9, 10] }, kinds: { timeout: 1 } };
    expect(parse({ ...LINE, candidate: full }).candidate).toEqual(full);
  });

  it.each([
    ["not json", /not JSON/],
    ['{"t": NaN}', /not JSON/],
    ["[]", /is not an object/],
    [{ ...LINE, t: "1" }, /t: "1" is not a number/],
    [{ ...LINE, t: undefined }, /t: undefined/],
    [{ ...LINE, weight: 10 }, /weight: 10 is not a number from 0 to 1/],
    [{ t: 1, weight: 0, baseline: ARM }, /candidate is missing/],
    [{ ...LINE, candidate: { requests: -1, errors: 0 } }, /candidate.requests: -1 is not a count/],
    [
      { ...LINE, candidate: { ...ARM, kinds: { late: -1 } } },
      /candidate.kinds.late: -1 is not a count/,
    ],
    [{ ...LINE, candidate: { ...ARM, kinds: [1] } }, /candidate.kinds: \[1\] is not an object/],
    ['{"t": 1, "weight": 0, "candidate": {"requests": NaN}, "baseline": null}', /not JSON/],
    [
      { ...LINE, instances: { candidate: { a: { requests: 1, errors: null } }, baseline: {} } },
      /instances.candidate.a.errors: null is not a count/,
    ],
    [{ ...LINE, baseline: { requests: 1 } }, /baseline.errors: undefined/],
    [{ ...LINE, candidate: { ...ARM, latency: { le: [1, 0.1], counts: [1, 2, 3] } } }, /ascending/],
    [{ ...LINE, candidate: { ...ARM, latency: { le: [1], counts: [1] } } }, /not 2 counts/],
    [{ ...LINE, candidate: { ...ARM, latency: { le: [1], counts: [3, 2] } } }, /not cumulative/],
  ])("names file and line when it is wrong: %j", (line, message) => {
    expect(() => parse(line)).toThrow(message);
    expect(() => parse(line)).toThrow(/^a\.jsonl:7: /);
  });
});
