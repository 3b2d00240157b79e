import { describe, expect, it } from "vitest";
import { BlockBook } from "../../../lib/load/block-book.ts";
import { parseSample } from "../../../lib/load/sample.ts";
import type { Arm } from "../../../lib/load/schedule.ts";

const schedule = { anchorMs: 1_000, blockMs: 100, warmUpCycles: 1, maxCycles: 3 };
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
    const pairs = filled(4).pairs(2);
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
    expect(book.pairs(3)).toEqual([]);
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
    expect(book.pairs(1)[0]?.baseline.latencyMs?.p99).toBeGreaterThan(70);
  });

  it("does not take failing fast for being fast", () => {
    const book = filled(4);
    request(book, "candidate", 1_000 + 400 + 150, 0.1, false);
    const [pair] = book.pairs(1);
    expect(pair?.candidate).toMatchObject({ requests: 2, failed: 1, latencyMs: { p10: 6 } });
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
