import { describe, expect, it } from "vitest";
import { BlockBook } from "../../../lib/load/block-book.ts";
import { parseSample } from "../../../lib/load/sample.ts";
import type { Arm } from "../../../lib/load/schedule.ts";
import { BEGUN, ENDED, HEARTBEAT } from "../../../lib/load/under-way.ts";

const schedule = { anchorMs: 1_000, blockMs: 100, warmUpCycles: 1, maxCycles: 3 };
/** Long after all that is in these tests. */
const NOW_MS = 10_000;
const measured = { latency: "http_req_duration" };

function request(book: BlockBook, arm: Arm, atMs: number, tookMs: number, ok = true): void {
  const tags = { expected_response: String(ok) };
  book.add(arm, { metric: "http_reqs", atMs, value: 1, tags });
  book.add(arm, { metric: "http_req_failed", atMs, value: ok ? 0 : 1, tags });
  book.add(arm, { metric: "http_req_duration", atMs, value: tookMs, tags });
  book.add(arm, { metric: "iterations", atMs, value: 1, tags: {} });
}

/** One request of 5 ms in the middle of each block, from the first cycle on. */
function filled(cycles: number): BlockBook {
  const book = new BlockBook(schedule, measured);
  for (let cycle = 0; cycle < cycles; cycle += 1) {
    const beganMs = 1_000 + 400 * cycle;
    for (const place of [0, 3]) request(book, "baseline", beganMs + 100 * place + 50, 5);
    for (const place of [1, 2]) request(book, "candidate", beganMs + 100 * place + 50, 6);
  }
  return book;
}

describe("the book of blocks", () => {
  it("pairs neighbours, and counts nothing of the warm-up", () => {
    const pairs = filled(4).pairs(2, NOW_MS);
    expect(pairs).toHaveLength(4);
    for (const { baseline, candidate } of pairs) {
      expect(baseline.latencyMs?.p50).toBe(5);
      expect(candidate.latencyMs?.p50).toBe(6);
      expect(baseline.requests).toBe(1);
    }
  });

  it("has nothing until both arms have begun", () => {
    const book = new BlockBook(schedule, measured);
    request(book, "baseline", 1_050, 5);
    expect(book.pairs(3, NOW_MS)).toEqual([]);
    expect(book.firstCycle).toBe(Infinity);
  });

  it("begins with the arm that begins later", () => {
    const book = filled(4);
    expect(book.firstCycle).toBe(1);
    const late = new BlockBook(schedule, measured);
    request(late, "baseline", 1_050, 5);
    request(late, "candidate", 1_950, 5);
    expect(late.firstCycle).toBe(3);
  });

  it("gives an answer that came late to the block in which it was asked for", () => {
    const book = filled(4);
    request(book, "baseline", 1_000 + 400 + 120, 80);
    expect(book.pairs(1, NOW_MS)[0]?.baseline.latencyMs?.p99).toBeGreaterThan(70);
  });

  it("does not take failing fast for being fast", () => {
    const book = filled(4);
    request(book, "candidate", 1_000 + 400 + 150, 0.1, false);
    const [pair] = book.pairs(1, NOW_MS);
    expect(pair?.candidate).toMatchObject({ requests: 2, failed: 1, latencyMs: { p10: 6 } });
  });

  describe("of an iteration that hangs", () => {
    const tell = (book: BlockBook, arm: Arm, metric: string, beganMs: number, atMs: number) =>
      book.add(arm, { metric, atMs, value: beganMs, tags: {} });
    const hung = () => {
      const book = filled(4);
      tell(book, "candidate", BEGUN, 1_550, 1_551);
      beat(book, NOW_MS, NOW_MS + 1_000);
      return book;
    };
    const beat = (book: BlockBook, ...times: number[]) => {
      for (const atMs of times) {
        book.add("candidate", { metric: HEARTBEAT, atMs, value: 1, tags: {} });
      }
    };

    it("says that its request failed, in the block in which it began", () => {
      const [pair, next] = hung().pairs(2, 4_000);
      expect(pair?.candidate).toMatchObject({ requests: 2, failed: 1, latencyMs: { p99: 6 } });
      expect(next?.candidate).toMatchObject({ requests: 1, failed: 0 });
      expect(hung().hanging(4_000)).toBe(1);
    });

    it("says nothing yet while it may only be slow", () => {
      expect(hung().pairs(2, 3_500)[0]?.candidate.failed).toBe(0);
      const slow = hung();
      // The baseline has one of a second: three times that is not yet over.
      tell(slow, "baseline", BEGUN, 1_410, 1_410);
      tell(slow, "baseline", ENDED, 1_410, 2_410);
      expect(slow.pairs(2, 4_500)[0]?.candidate.failed).toBe(0);
      expect(slow.pairs(2, 4_600)[0]?.candidate.failed).toBe(1);
    });

    it("says nothing as long as the baseline has one under way for as long", () => {
      const book = hung();
      tell(book, "baseline", BEGUN, 1_410, 1_411);
      expect(book.hanging(NOW_MS)).toBe(0);
      tell(book, "baseline", ENDED, 1_410, 1_420);
      expect(book.hanging(NOW_MS)).toBe(1);
    });

    it("takes it back when it has ended after all", () => {
      const book = hung();
      tell(book, "candidate", ENDED, 1_550, 5_000);
      expect(book.pairs(2, NOW_MS)[0]?.candidate.failed).toBe(0);
      expect(book.hanging(NOW_MS)).toBe(0);
    });

    it("says nothing while the candidate's k6 stands still, or is late to be read", () => {
      const book = filled(4);
      tell(book, "candidate", BEGUN, 1_550, 1_551);
      expect(book.hanging(NOW_MS)).toBe(0);
      beat(book, 2_000, 3_000, NOW_MS);
      expect(book.hanging(NOW_MS)).toBe(0);
      tell(book, "candidate", ENDED, 1_550, 3_100);
      beat(book, NOW_MS + 1_000);
      expect(book.hanging(NOW_MS)).toBe(0);
    });

    it("leaves out what began before anything counted", () => {
      const book = filled(4);
      tell(book, "candidate", BEGUN, 1_150, 1_151);
      expect(book.hanging(NOW_MS)).toBe(0);
    });
  });

  it("leaves out what setup and teardown sent", () => {
    const book = filled(4);
    const tags = { group: "::setup" };
    book.add("baseline", { metric: "http_reqs", atMs: 1_450, value: 1, tags });
    expect(book.totals.baseline.requests).toBe(8);
  });
});

describe("a line of k6's stream", () => {
  const line = (time: string) =>
    `{"metric":"http_reqs","type":"Point","data":{"time":"${time}","value":1,"tags":{"status":"200"}}}`;

  it("is read to the microsecond", () => {
    const sample = parseSample(line("2026-01-02T03:04:05.123456Z"), () => true);
    expect(sample?.atMs).toBeCloseTo(Date.parse("2026-01-02T03:04:05.123Z") + 0.456, 3);
    expect(sample).toMatchObject({ metric: "http_reqs", value: 1, tags: { status: "200" } });
  });

  it.each([
    "",
    "a script's own words",
    '{"type":"Metric","data":{"name":"vus"},"metric":"vus"}',
    line("2026-01-02T03:04:05.1Z").slice(0, 60),
  ])("%j is no sample", (text) => {
    expect(parseSample(text, () => true)).toBeUndefined();
  });

  it("is not parsed when nobody wants its metric", () => {
    expect(parseSample(line("2026-01-02T03:04:05Z"), () => false)).toBeUndefined();
  });
});
