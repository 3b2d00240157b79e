import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { FrameCursor } from "../../../../../../lib/targets/local/supervisor/proxy/frame-cursor.ts";

function frame(length: number, masked: boolean): Buffer {
  const mask = masked ? 0x80 : 0;
  const header =
    length < 126
      ? Buffer.from([0x82, mask | length])
      : length < 65_536
        ? Buffer.from([0x82, mask | 126, length >> 8, length & 0xff])
        : Buffer.from([
            0x82,
            mask | 127,
            0,
            0,
            0,
            0,
            0,
            length >> 16,
            (length >> 8) & 0xff,
            length & 0xff,
          ]);
  return Buffer.concat([header, Buffer.alloc(masked ? 4 : 0, 1), Buffer.alloc(length, 0x88)]);
}

const frames = fc.array(
  fc.tuple(fc.constantFrom(0, 1, 125, 126, 127, 300, 65_535, 65_536), fc.boolean()),
  { minLength: 1, maxLength: 4 },
);

describe("following WebSocket frames", () => {
  it("is between frames exactly at their ends, however the bytes are cut", () => {
    fc.assert(
      fc.property(frames, fc.integer({ min: 1, max: 50_000 }), (sizes, cut) => {
        const all = sizes.map(([length, masked]) => frame(length, masked));
        const ends = new Set<number>();
        let end = 0;
        for (const one of all) {
          end += one.length;
          ends.add(end);
        }
        const bytes = Buffer.concat(all);
        const cursor = new FrameCursor();
        for (let at = 0; at < bytes.length; ) {
          const next = Math.min(bytes.length, at + cut);
          cursor.pass(bytes.subarray(at, next));
          at = next;
          expect(cursor.isBetweenFrames).toBe(ends.has(at));
        }
      }),
      { numRuns: 50 },
    );
  });

  it("begins between frames", () => {
    expect(new FrameCursor().isBetweenFrames).toBe(true);
  });
});
