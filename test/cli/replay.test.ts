import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { replayFiles } from "../../cli/replay/files.ts";
import { DEFAULT_SETTINGS } from "../../lib/verdict/verdict.ts";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "sluice-replay-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

interface Line {
  t: number;
  weight: number;
  candidate: { requests: number; errors: number } | null;
  baseline: { requests: number; errors: number } | null;
}

/** A minute of stable's past, then ten minutes at 10 % in which so many of 20 requests a second fail. */
function trace(candidateErrorsPerSecond: number): Line[] {
  return Array.from({ length: 661 }, (_, t) => {
    const rolled = Math.max(0, t - 60);
    return {
      t,
      weight: rolled > 0 ? 0.1 : 0,
      candidate: { requests: 20 * rolled, errors: Math.floor(candidateErrorsPerSecond * rolled) },
      baseline: { requests: 200 * t - 20 * rolled, errors: Math.floor(2 * t - 0.2 * rolled) },
    };
  });
}

async function file(name: string, lines: unknown[]): Promise<string> {
  const path = join(folder, name);
  await writeFile(
    path,
    lines.map((line) => (typeof line === "string" ? line : JSON.stringify(line))).join("\n"),
  );
  return path;
}

async function replay(...files: string[]) {
  let text = "";
  let explained = "";
  const error = await replayFiles(files, DEFAULT_SETTINGS, {
    write: async (more) => {
      text += more;
    },
    explain: (more) => {
      explained += more;
    },
  }).then(
    () => null,
    (fault: Error) => fault,
  );
  const lines = text
    .split("\n")
    .filter(Boolean)
    .map((line) => JSON.parse(line));
  return { lines, explained, error };
}

describe("replaying traces", () => {
  it("prints one line per window, and a last one with file, outcome, time and evidence", async () => {
    const path = await file("bad.jsonl", trace(4));
    const { lines, explained } = await replay(path);
    expect(lines).toHaveLength(662);
    expect(Object.keys(lines.at(-1))).toEqual(["file", "outcome", "t", "evidence"]);
    expect(lines.at(-1)).toMatchObject({ file: path, outcome: "rollback" });
    expect(lines.at(-1).t).toBeGreaterThan(60);
    expect(lines.at(-1).t).toBeLessThan(70);
    expect(explained).toMatch(/failed/);
  });

  it("judges many files, each by itself", async () => {
    const { lines } = await replay(
      await file("b.jsonl", trace(4)),
      await file("g.jsonl", trace(0.2)),
    );
    const last = lines.filter((line) => "file" in line);
    expect(last.map(({ outcome }) => outcome)).toEqual(["rollback", "promote"]);
  });

  it("is inconclusive when the source dies at once, and when there is nothing", async () => {
    const dead = trace(4).map((line) =>
      line.t > 60 ? { ...line, candidate: null, baseline: null } : line,
    );
    const { lines } = await replay(await file("dead.jsonl", dead), await file("empty.jsonl", []));
    const last = lines.filter((line) => "file" in line);
    expect(last).toMatchObject([
      { outcome: "inconclusive", t: 660 },
      { outcome: "inconclusive", t: null },
    ]);
  });

  it("skips a line that repeats a moment, and says so", async () => {
    const lines = trace(4).slice(0, 63);
    const doubled = [...lines.slice(0, 62), lines[61], ...lines.slice(62)];
    const once = await replay(await file("once.jsonl", lines));
    const twice = await replay(await file("twice.jsonl", doubled));
    expect(twice.lines[62]).toMatchObject({ t: 61, skipped: "duplicate" });
    expect(twice.lines.at(-1).evidence).toEqual(once.lines.at(-1).evidence);
  });

  it("refuses a clock that goes back, naming file and line, and judges the other files", async () => {
    const [first, second] = trace(0) as [Line, Line];
    const back = await file("back.jsonl", [second, first]);
    const { lines, error } = await replay(back, await file("fine.jsonl", trace(4)));
    expect(error?.message).toBe(`${back}:2: t: 0 is before 1, the line before it`);
    expect(lines.at(-1)).toMatchObject({ outcome: "rollback" });
  });

  it("tells all faults of several files at once", async () => {
    const one = await file("one.jsonl", ["{", ""]);
    const { error } = await replay(one, join(folder, "absent.jsonl"));
    expect(error?.message).toMatch(
      /one\.jsonl:1: not JSON[\s\S]*cannot read the trace .*absent\.jsonl/,
    );
  });

  it("judges a trace whose last line is cut off up to there, wherever it is cut, and says so", async () => {
    const lines = trace(4).slice(0, 64);
    const whole = lines.map((line) => JSON.stringify(line));
    const upTo = await replay(await file("up-to.jsonl", whole.slice(0, -1)));
    const last = whole.at(-1) as string;
    for (const length of [1, 9, 20, last.length - 1]) {
      const path = await file("cut.jsonl", [...whole.slice(0, -1), last.slice(0, length)]);
      const cut = await replay(path);
      expect(cut.error).toBeNull();
      expect(cut.lines.at(-1)).toEqual({
        ...upTo.lines.at(-1),
        file: path,
        note: "line 64, the last one, is cut off, as a killed writer leaves it: judged up to the line before",
      });
      expect(cut.explained).toContain(`${path}: line 64, the last one, is cut off`);
    }
  });

  it("says nothing of a last line that is whole but has no line end", async () => {
    const { lines, error } = await replay(await file("whole-last.jsonl", trace(4).slice(0, 64)));
    expect(error).toBeNull();
    expect(lines.at(-1)).not.toHaveProperty("note");
  });

  it.each([
    ["cut off in the middle", 3, '{"t": 3, "wei'],
    ["ended and cut off at the end", 63, '{"t": 63, "wei\n'],
    ["malformed before its end", 63, '{"t": 63,, "weight"'],
    ["no object at the end", 63, "killed"],
    ["with NaN at the end", 63, '{"t": 63, "weight": NaN, "candidate": null'],
    ["cut off so that it is whole, and wrong", 63, '{"t": 63}'],
  ])("refuses a line that is %s, by file and line", async (_, at, text) => {
    const lines: unknown[] = trace(4).slice(0, 64);
    lines[at] = text;
    const path = await file("malformed.jsonl", lines);
    const { error } = await replay(path);
    expect(error?.message).toContain(`${path}:${at + 1}: `);
  });

  it("ends in the same way when a counter restarts in the middle", async () => {
    const restarted = trace(4).map((line) =>
      line.t >= 63 && line.candidate
        ? {
            ...line,
            candidate: {
              requests: line.candidate.requests - 40,
              errors: line.candidate.errors - 8,
            },
          }
        : line,
    );
    const { lines } = await replay(
      await file("whole.jsonl", trace(4)),
      await file("restarted.jsonl", restarted),
    );
    const last = lines.filter((line) => "file" in line);
    expect(last[1].t).toBe(last[0].t);
  });
});
