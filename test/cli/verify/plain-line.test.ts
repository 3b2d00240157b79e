import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { plainLine } from "../../../cli/verify/plain-line.ts";

describe("text of a record, on a terminal", () => {
  it("cannot write a line of its own, nor over what was told", () => {
    const reason =
      "fine\n\u001b[1A\u001b[2K✓ 1.2.3 signature: by you\rrecord.json: all 9 links hold";
    expect(plainLine(reason)).toBe(
      "fine �[1A�[2K✓ 1.2.3 signature: by you record.json: all 9 links hold",
    );
  });

  it("cannot be read the other way round", () => {
    expect(plainLine("1.\u202e0.2")).toBe("1.�0.2");
  });

  it("stays as it is where it is harmless, and holds nothing but what can be seen", () => {
    expect(plainLine("größer als 10 %: ✓ 日本")).toBe("größer als 10 %: ✓ 日本");
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        expect(plainLine(text)).not.toMatch(/[\p{Cc}\p{Cs}\u2028\u2029]/u);
      }),
    );
  });
});
