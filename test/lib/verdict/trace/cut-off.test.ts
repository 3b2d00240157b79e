import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isCutOff } from "../../../../lib/verdict/trace/cut-off.ts";

const lines = fc
  .dictionary(fc.string(), fc.jsonValue())
  .map((value) => JSON.stringify(value))
  .filter((text) => text.length > 2);

describe("a line that its writer did not finish", () => {
  it("is told wherever it was cut", () => {
    fc.assert(
      fc.property(lines, fc.double({ min: 0, max: 1, noNaN: true }), (line, share) => {
        const length = 1 + Math.floor(share * (line.length - 2));
        expect(isCutOff(line.slice(0, length))).toBe(true);
      }),
    );
  });

  it("is none that is whole", () => {
    fc.assert(
      fc.property(lines, (line) => {
        expect(isCutOff(line)).toBe(false);
      }),
    );
  });

  it.each(["", " ", "x", "[1", '"{', '{"a" 1', '{"a": 1]', "{a", '{"a": NaN, "b"', "{}}"])(
    "is not %j",
    (text) => {
      expect(isCutOff(text)).toBe(false);
    },
  );
});
