import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Counters } from "../../../../lib/metrics/counters.ts";
import type { Sample } from "../../../../lib/verdict/sample.ts";
import { TraceScanner } from "../../../../lib/verdict/trace/scanner.ts";
import { parseTraceLine } from "../../../../lib/verdict/trace/trace.ts";

const ARM = { requests: 12, errors: 3 };
const SLOW = { ...ARM, latency: { le: [0.1, 0.25, 2.5], counts: [4, 9, 9, 12] } };
const LINE = { t: 1_763_739_123.456, weight: 0.1, candidate: SLOW, baseline: ARM };

/** From the middle of other bytes, as lines stand in a file. */
function scan(text: string, scanner = new TraceScanner()): Sample | null {
  const bytes = Buffer.from(`,9]${text},9]`);
  return scanner.scan(bytes, 3, bytes.length - 3);
}

function parsed(text: string): Sample | string {
  try {
    return parseTraceLine(text, { file: "a.jsonl", line: 1 });
  } catch (fault) {
    return String(fault);
  }
}

/** What it reads has to be what parseTraceLine reads; it may leave to that whatever it likes. */
function agrees(text: string, scanner?: TraceScanner): void {
  const scanned = scan(text, scanner);
  if (scanned) expect(scanned, text).toEqual(parsed(text));
}

const count = fc.oneof(fc.nat(), fc.maxSafeNat(), fc.double({ min: 0, noNaN: true }));
const latency = fc
  .tuple(
    fc.uniqueArray(fc.oneof(fc.double({ noNaN: true }), fc.constantFrom(0, 0.1, 0.25, 1)), {
      maxLength: 4,
    }),
    fc.array(count, { maxLength: 6 }),
    fc.boolean(),
  )
  .map(([le, counts, isSorted]) => ({
    le: [...le].sort((a, b) => a - b),
    counts: isSorted ? [...counts].sort((a, b) => a - b) : counts,
  }));
const arm: fc.Arbitrary<Counters | null> = fc.oneof(
  fc.constant(null),
  fc.record({ requests: count, errors: count }),
  fc.record({ requests: count, errors: count, latency }),
  fc.record({ requests: count, errors: count, kinds: fc.constant({ late: 1 }), latency }),
);
const line = fc.record({
  t: fc.oneof(
    fc.double({ noNaN: true }),
    fc.nat(),
    fc.nat().map((ms) => ms / 1_000),
  ),
  weight: fc.oneof(fc.constantFrom(0, 0.1, 1, 10), fc.double({ min: 0, max: 1, noNaN: true })),
  candidate: arm,
  baseline: arm,
});

describe("the scanner of traces", () => {
  it.each([
    ["with latency on both arms", { ...LINE, baseline: SLOW }],
    ["without latency", { ...LINE, candidate: ARM }],
    ["with a missing scrape", { ...LINE, candidate: null, baseline: null }],
  ])("reads a line that is written as usual: %s", (_name, usual) => {
    expect(scan(JSON.stringify(usual))).toEqual(usual);
  });

  it("reads each list of edges, also after another one", () => {
    const scanner = new TraceScanner();
    const other = { ...LINE, candidate: { ...ARM, latency: { le: [0.1], counts: [4, 12] } } };
    for (const one of [LINE, other, LINE, LINE])
      expect(scan(JSON.stringify(one), scanner)).toEqual(one);
  });

  it.each([
    ["spaces", JSON.stringify(LINE, null, 1)],
    ["another order", '{"weight":0,"t":1,"candidate":null,"baseline":null}'],
    ["instances", JSON.stringify({ ...LINE, instances: { candidate: {}, baseline: {} } })],
    ["kinds", JSON.stringify({ ...LINE, candidate: { ...ARM, kinds: { late: 1 } } })],
    ["a line end", `${JSON.stringify(LINE)}\r`],
    ["an exponent", '{"t":1e3,"weight":0,"candidate":null,"baseline":null}'],
    ["a sign", '{"t":-1,"weight":0,"candidate":null,"baseline":null}'],
    [
      "more digits than are exact",
      '{"t":0.30000000000000004,"weight":0,"candidate":null,"baseline":null}',
    ],
    ["a zero too many", '{"t":01,"weight":0,"candidate":null,"baseline":null}'],
    ["no digit after the point", '{"t":1.,"weight":0,"candidate":null,"baseline":null}'],
    ["a weight above 1", '{"t":1,"weight":2,"candidate":null,"baseline":null}'],
    ["too few counts", JSON.stringify(LINE).replace("[4,9,9,12]", "[4,9,12]")],
    ["counts that fall", JSON.stringify(LINE).replace("[4,9,9,12]", "[4,9,8,12]")],
    ["edges that do not ascend", JSON.stringify(LINE).replace("[0.1,0.25", "[0.25,0.25")],
    [
      "an arm without its end",
      '{"t":1,"weight":0,"candidate":{"requests":12,"errors":3,"baseline":null}',
    ],
    ["a line that is cut off", JSON.stringify(LINE).slice(0, -1)],
    ["nothing", ""],
  ])("leaves to the parser what looks different: %s", (_name, text) => {
    expect(scan(text)).toBeNull();
  });

  it("reads in any line what the parser reads there", () => {
    const scanner = new TraceScanner();
    fc.assert(
      fc.property(line, (one) => agrees(JSON.stringify(one), scanner)),
      { numRuns: 2_000 },
    );
  });

  it("reads in a line that was damaged what the parser reads there", () => {
    const scanner = new TraceScanner();
    const damage = fc.tuple(
      fc.nat(200),
      fc.nat(3),
      fc.constantFrom("", "0", "1", ".", ",", "-", "e", "]", "}", "{", '"', " ", "null", "→"),
    );
    const damaged = fc.tuple(line, damage).map(([one, [at, length, instead]]) => {
      const text = JSON.stringify(one);
      const from = at % text.length;
      return text.slice(0, from) + instead + text.slice(from + length);
    });
    fc.assert(
      fc.property(damaged, (text) => agrees(text, scanner)),
      { numRuns: 5_000 },
    );
  });
});
