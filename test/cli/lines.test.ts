import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { linesOf, textOf } from "../../cli/replay/lines.ts";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "sluice-lines-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function read(text: string): Promise<{ lines: string[]; lastIsEnded: boolean | undefined }> {
  const path = join(folder, "trace.jsonl");
  await writeFile(path, text);
  const lines: string[] = [];
  let lastIsEnded: boolean | undefined;
  for (const { bytes, ends, isEnded } of linesOf(path)) {
    let from = 0;
    for (const end of ends) {
      lines.push(textOf(bytes, from, end));
      from = end + 1;
    }
    lastIsEnded = isEnded;
  }
  return { lines, lastIsEnded };
}

describe("the lines of a trace", () => {
  it("are what stands between line ends, whatever pieces they are read in", async () => {
    // Three bytes each, so that pieces end in the middle of characters, and lines of all lengths.
    const lines = Array.from({ length: 400 }, (_, index) => "→".repeat((index * 37) % 2_000));
    expect((await read(`${lines.join("\n")}\n`)).lines).toEqual(lines);
  });

  it("may be longer than a piece", async () => {
    const lines = ["x".repeat(300_000), "", "y".repeat(70_000)];
    expect(await read(`${lines.join("\n")}\n`)).toEqual({ lines, lastIsEnded: true });
  });

  it("tell when the last one has no end", async () => {
    expect(await read("a\nb")).toEqual({ lines: ["a", "b"], lastIsEnded: false });
    expect(await read("")).toEqual({ lines: [], lastIsEnded: undefined });
  });

  it("are refused by file and line when one is longer than any honest one", async () => {
    await expect(read(`a\n${"x".repeat(3_000_000)}\n`)).rejects.toThrow(
      /trace\.jsonl:2: more than 1000000 characters in one line/,
    );
  });
});
