import { describe, expect, test } from "vitest";
import {
  digestOfStatement,
  PREDICATE,
  Statement,
  statementOf,
  subjectsOf,
} from "../../../lib/evidence/statement.ts";
import type { Digest } from "../../../lib/units/digest.ts";

const DIGEST = `sha256:${"a1".repeat(32)}` as Digest;
const statement = statementOf({
  predicateType: PREDICATE.load,
  subject: { name: "engine.tar.gz", digest: DIGEST },
  predicate: { ratio: 1.01, blocks: 8 },
});

describe("a gate's statement", () => {
  test("is an in-toto statement about the digest that was given", () => {
    expect(Statement.parse(statement)).toEqual(statement);
    expect(subjectsOf(statement)).toEqual([DIGEST]);
  });

  test("has the same digest after it travelled as JSON with other spelling", () => {
    const { predicate, ...rest } = statement;
    const travelled = JSON.parse(
      JSON.stringify({ predicate: { blocks: predicate.blocks, ratio: predicate.ratio }, ...rest }),
    );
    expect(digestOfStatement(Statement.parse(travelled))).toBe(digestOfStatement(statement));
  });

  test.each([
    ["of another type", { _type: "https://in-toto.io/Statement/v0.1" }],
    ["without a subject", { subject: [] }],
    ["whose digest is no sha256", { subject: [{ name: "x", digest: { sha256: "abc" } }] }],
    ["whose predicate type is no URI", { predicateType: "scan" }],
  ])("is refused %s", (_, wrong) => {
    expect(Statement.safeParse({ ...statement, ...wrong }).success).toBe(false);
  });
});
