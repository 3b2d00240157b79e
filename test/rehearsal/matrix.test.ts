import { describe, expect, it } from "vitest";
import { expandMatrix } from "../../rehearsal/run/matrix.ts";
import { runWorkflow } from "./rehearsed.ts";

describe("a matrix", () => {
  it("adds includes as GitHub's documentation shows", () => {
    expect(
      expandMatrix({
        fruit: ["apple", "pear"],
        animal: ["cat", "dog"],
        include: [
          { color: "green" },
          { color: "pink", animal: "cat" },
          { fruit: "apple", shape: "circle" },
          { fruit: "banana" },
          { fruit: "banana", animal: "cat" },
        ],
      }),
    ).toEqual([
      { fruit: "apple", animal: "cat", color: "pink", shape: "circle" },
      { fruit: "apple", animal: "dog", color: "green", shape: "circle" },
      { fruit: "pear", animal: "cat", color: "pink" },
      { fruit: "pear", animal: "dog", color: "green" },
      { fruit: "banana" },
      { fruit: "banana", animal: "cat" },
    ]);
  });

  it("excludes by part", () => {
    expect(
      expandMatrix({
        os: ["a", "b"],
        v: [1, 2],
        e: ["s", "p"],
        exclude: [
          { os: "a", v: 1, e: "p" },
          { os: "b", v: 1 },
        ],
      }),
    ).toHaveLength(5);
  });

  it("may be made of includes only", () => {
    expect(expandMatrix({ include: [{ a: 1 }, { a: 2, b: 3 }] })).toEqual([
      { a: 1 },
      { a: 2, b: 3 },
    ]);
  });

  it.each([
    [{ n: [] }, "'n' does not contain any values"],
    [{ n: 3 }, "'n' is 3; a list is accepted"],
    ["x", "a mapping is accepted"],
    [{ n: [1], exclude: [{ n: 1 }] }, "does not contain any job"],
    [
      { a: Array.from({ length: 20 }, (_, i) => i), b: Array.from({ length: 20 }, (_, i) => i) },
      "at most 256",
    ],
  ])("says what is wrong with %j", (matrix, message) => {
    expect(() => expandMatrix(matrix as never)).toThrow(message as string);
  });
});

describe("a list in a workflow", () => {
  it("takes in the items of a list that an expression gives", async () => {
    const { result } = await runWorkflow(`
on: push
jobs:
  a:
    runs-on: x
    strategy: { matrix: { n: [1, "\${{ fromJSON('[2, 3]') }}"], include: ["\${{ fromJSON('[{\\"n\\": 9}]') }}"] } }
    steps: [{ run: "true" }]
`);
    const names = Object.values(result.tree)[0]?.a?.legs.map((leg) => leg.name);
    expect(names).toEqual(["a (1)", "a (2)", "a (3)", "a (9)"]);
  });
});
