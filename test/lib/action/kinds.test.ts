import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { jsonKind } from "../../../lib/action/json.ts";
import type { Kind } from "../../../lib/action/kind.ts";
import {
  booleanKind,
  digestKind,
  durationKind,
  enumKind,
  listKind,
  numberKind,
  percentageKind,
  splitList,
  textKind,
} from "../../../lib/action/kinds.ts";

/** The value, or "refused". */
function read<T>(kind: Kind<T>, text: string): T | "refused" {
  const parsed = kind.parse(text);
  return "value" in parsed ? parsed.value : "refused";
}

describe("a boolean", () => {
  it.each(["true", "True", "TRUE"])("is true when it says %s", (text) => {
    expect(read(booleanKind, text)).toBe(true);
  });
  it.each(["false", "False", "FALSE"])("is false when it says %s", (text) => {
    expect(read(booleanKind, text)).toBe(false);
  });
  it.each(["yes", "no", "on", "off", "1", "0", "tRUE", "maybe", "y"])("is not %s", (text) => {
    expect(read(booleanKind, text)).toBe("refused");
  });
});

describe("a number", () => {
  it.each(["NaN", "Infinity", "-Infinity", "1e999", "0x10", "1_000", "1,5", "ten", "1 2", "--1"])(
    "is not %s",
    (text) => expect(read(numberKind(), text)).toBe("refused"),
  );

  it("stays within its limits, whatever is written", () => {
    const kind = numberKind({ min: 1, max: 10, integer: true });
    fc.assert(
      fc.property(fc.oneof(fc.double().map(String), fc.string()), (text) => {
        const number = read(kind, text);
        return number === "refused" || (Number.isInteger(number) && number >= 1 && number <= 10);
      }),
    );
  });

  it("says its limits", () => {
    expect(numberKind({ min: 1, max: 10, integer: true }).accepted).toBe(
      "a whole number from 1 to 10",
    );
    expect(numberKind({ min: 0 }).accepted).toBe("a number of at least 0");
  });
});

describe("other kinds", () => {
  it("read durations as milliseconds and percentages as percent", () => {
    expect(read(durationKind, "1.5h")).toBe(5_400_000);
    expect(read(durationKind, "90")).toBe("refused");
    expect(read(percentageKind, "25%")).toBe(25);
    expect(read(percentageKind, "101")).toBe("refused");
    expect(read(percentageKind, "banana")).toBe("refused");
  });

  it("read digests with and without their algorithm", () => {
    const hex = "a".repeat(64);
    expect(read(digestKind, hex)).toBe(`sha256:${hex}`);
    expect(read(digestKind, `sha256:${hex}`)).toBe(`sha256:${hex}`);
    expect(read(digestKind, "sha256:abc")).toBe("refused");
  });

  it("suggest the nearest of a fixed set", () => {
    expect(enumKind(["canary", "blue-green"]).parse("bluegreen")).toEqual({
      problem: "did you mean blue-green?",
    });
  });

  it("say where JSON is wrong", () => {
    const kind = jsonKind(z.object({ steps: z.array(z.number()) }), "steps");
    expect(read(kind, '{"steps":[1]}')).toEqual({ steps: [1] });
    expect(kind.parse('{"steps":[1,"x"]}')).toMatchObject({
      problem: expect.stringContaining("steps[1]"),
    });
    expect(kind.parse("{")).toMatchObject({ problem: expect.stringContaining("JSON") });
  });
});

describe("a list", () => {
  it.each([
    ["a,b", ["a", "b"]],
    ["a\nb\n", ["a", "b"]],
    [" a , \n b,\n\n", ["a", "b"]],
    ["src/*.{ts,js}, x", ["src/*.{ts,js}", "x"]],
    ["{a\nb,c", ["{a", "b", "c"]],
    ["", []],
  ])("%j is %j", (text, items) => expect(splitList(text)).toEqual(items));

  it("gives back what was joined, by comma or newline", () => {
    const item = fc.stringMatching(/^[a-z0-9*./-]+$/);
    fc.assert(
      fc.property(fc.array(item), fc.constantFrom(",", "\n", ", "), (items, separator) => {
        expect(splitList(items.join(separator))).toEqual(items);
      }),
    );
  });

  it("names each item that is wrong", () => {
    expect(read(listKind(percentageKind), "10, 25%, 100")).toEqual([10, 25, 100]);
    expect(listKind(percentageKind).parse("10,x,200")).toEqual({
      problem: '"x" is not accepted; "200" is not accepted',
    });
    expect(listKind(textKind).accepted).toBe("a list, one per line or separated by commas");
  });
});
