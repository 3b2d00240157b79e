import fc from "fast-check";
import { expect, test } from "vitest";
import { TextLines } from "../../engine/text-lines.ts";

function split(pieces: readonly Buffer[]): string[] {
  const lines: string[] = [];
  const text = new TextLines((line) => lines.push(line));
  for (const piece of pieces) text.push(piece);
  text.end();
  return lines;
}

test("lines are the same wherever the pieces end, in the middle of a character too", () => {
  const line = fc.string({ unit: "grapheme" }).map((text) => text.replaceAll(/[\n\r\uFEFF]/g, "?"));
  fc.assert(
    fc.property(fc.array(line), fc.array(fc.nat(40)), (lines, cuts) => {
      const bytes = Buffer.from(lines.map((text) => `${text}\n`).join(""));
      const pieces: Buffer[] = [];
      let at = 0;
      for (const cut of cuts) {
        pieces.push(bytes.subarray(at, at + cut));
        at += cut;
      }
      expect(split([...pieces, bytes.subarray(at)])).toEqual(
        lines.map((text) => Buffer.from(text).toString()),
      );
    }),
  );
});

test("a carriage return, a mark of the encoding and a missing last line feed are no part of a line", () => {
  expect(split([Buffer.from("\uFEFFa\r\n\r\nb\u2028c")])).toEqual(["a", "", "b\u2028c"]);
});

test("of a line without an end only so much is kept", () => {
  const piece = Buffer.alloc(512 * 1024, "a");
  const [line = ""] = split(Array.from({ length: 20 }, () => piece));
  expect(line.length).toBeLessThan(2 * 1024 * 1024);
});
