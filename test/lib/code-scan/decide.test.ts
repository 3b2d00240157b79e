import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decide, reasonOf } from "../../../lib/code-scan/decide.ts";
import { type CodeException, readExceptions } from "../../../lib/code-scan/exception.ts";
import type { CodeFinding } from "../../../lib/code-scan/finding.ts";
import { findingsOf } from "../../../lib/code-scan/sarif-log.ts";
import { sarifOf } from "../../../lib/code-scan/write-sarif.ts";
import { SEVERITIES } from "../../../lib/scan/severity.ts";

const NOW = new Date("2026-06-01T00:00:00Z");
const finding: CodeFinding = {
  tool: "semgrep",
  rule: "weak-digest",
  severity: "HIGH",
  message: "MD5 is weak",
  path: "src/a.ts",
  line: 3,
};

const anyFinding = fc.record({
  tool: fc.constant("semgrep"),
  rule: fc.constantFrom("a", "b", "c"),
  severity: fc.constantFrom(...SEVERITIES),
  message: fc.string({ minLength: 1 }).filter((text) => /^\S.*\S$|^\S$/.test(text)),
  path: fc.constantFrom("src/a.ts", "test/b c.ts", "x/ü.ts"),
  line: fc.integer({ min: 1, max: 9_999 }),
});
const anyException: fc.Arbitrary<CodeException> = fc.record({
  tool: fc.constantFrom("semgrep", "other"),
  rule: fc.constantFrom("a", "b", "c"),
  paths: fc.constantFrom([], ["src/**"], ["test/**", "x/**"]),
  reason: fc.constant("for a reason"),
  expires: fc.constantFrom(new Date("2026-01-01"), new Date("2027-01-01")),
  source: fc.constant("here"),
});

describe("what a scanner found is decided on", () => {
  it("by severity alone where there are no exceptions", () => {
    fc.assert(
      fc.property(fc.array(anyFinding), fc.subarray([...SEVERITIES]), (findings, severities) => {
        const decision = decide(findings, { severities, exceptions: [] }, "semgrep", NOW);
        const counting = findings.filter(({ severity }) => severities.includes(severity));
        expect(decision.counting.map((one) => one.finding)).toEqual(counting);
        expect(decision.outcome).toBe(counting.length === 0 ? "passed" : "failed");
      }),
    );
  });

  it("so that an exception never makes more count, and one that ran out changes nothing", () => {
    fc.assert(
      fc.property(fc.array(anyFinding), fc.array(anyException), (findings, exceptions) => {
        const all = { severities: SEVERITIES, exceptions: [] };
        const without = decide(findings, all, "semgrep", NOW);
        const withThem = decide(findings, { ...all, exceptions }, "semgrep", NOW);
        expect(withThem.counting.length).toBeLessThanOrEqual(without.counting.length);
        const old = exceptions.filter(({ expires }) => expires < NOW);
        const outdated = decide(findings, { ...all, exceptions: old }, "semgrep", NOW);
        expect(outdated.counting.length).toBe(findings.length);
      }),
    );
  });

  it("and the sentence tells what counts, what was accepted, and what ran out", () => {
    const exceptions = [
      {
        tool: "Semgrep",
        rule: "weak-digest",
        paths: [],
        reason: "r",
        expires: new Date("2026-01-01"),
        source: "s",
      },
    ];
    const rule = { severities: SEVERITIES, exceptions };
    const decision = decide([finding, { ...finding, rule: "other" }], rule, "semgrep", NOW);
    expect(reasonOf(decision, "semgrep")).toBe(
      "semgrep found 2, of which 2 count, of which 1 had an exception that ran out",
    );
  });
});

describe("SARIF", () => {
  it("that is written is read as what it was made of", () => {
    fc.assert(
      fc.property(fc.array(anyFinding), (findings) => {
        const back = findingsOf(sarifOf("semgrep", findings, "x"), "f.sarif");
        const severityOf = ({ severity }: CodeFinding) => severity;
        expect(back.map(({ rule, path, line }) => ({ rule, path, line }))).toEqual(
          findings.map(({ rule, path, line }) => ({ rule, path, line })),
        );
        expect(back.map(severityOf)).toEqual(findings.map(severityOf));
      }),
    );
  });

  it("says by the security-severity of a rule, else by the level, how bad a finding is", () => {
    const log = (result: object, rule: object = {}) =>
      JSON.stringify({
        version: "2.1.0",
        runs: [
          {
            tool: { driver: { name: "t", rules: [{ id: "r", ...rule }] } },
            results: [{ ruleId: "r", message: { text: "m" }, ...result }],
          },
        ],
      });
    const severity = (text: string) => findingsOf(text, "f").map((one) => one.severity);
    expect(severity(log({ level: "error" }))).toEqual(["HIGH"]);
    expect(severity(log({}))).toEqual(["MEDIUM"]);
    expect(
      severity(log({ level: "note" }, { properties: { "security-severity": "9.8" } })),
    ).toEqual(["CRITICAL"]);
    expect(severity(log({}, { defaultConfiguration: { level: "note" } }))).toEqual(["LOW"]);
    expect(severity(log({ suppressions: [{ kind: "inSource" }] }))).toEqual([]);
    expect(
      severity(log({ suppressions: [{ kind: "inSource" }, { status: "rejected" }] })),
    ).toHaveLength(1);
    expect(
      severity(log({ suppressions: [{ kind: "external", status: "underReview" }] })),
    ).toHaveLength(1);
  });

  it.each(["", "{}", '{"version":"2.0.0","runs":[]}', "nothing to scan"])(
    "is not taken for empty when it is none: %j",
    (text) => {
      expect(() => findingsOf(text, "f.sarif")).toThrow("f.sarif is no SARIF 2.1.0 file");
    },
  );
});

describe("a file of exceptions", () => {
  const entry = "tool: t\n    rule: r\n    reason: a reason that tells\n    expires: 2027-01-31";
  it("is read", () => {
    const [read] = readExceptions(`exceptions:\n  - ${entry}\n`, "f.yaml");
    expect(read).toMatchObject({ tool: "t", paths: [], source: "f.yaml, exceptions[0]" });
    expect(read?.expires.toISOString()).toBe("2027-01-31T00:00:00.000Z");
  });

  it.each([
    ["without an end", entry.replace(/\n\s+expires.*/, ""), "expires"],
    ["with an end that is no day", entry.replace("2027-01-31", "never"), "a day such as"],
    ["without a reason", entry.replace("a reason that tells", "x"), "a reason that somebody else"],
    ["with a key that is not known", `${entry}\n    until: x`, "until"],
  ])("%s is refused", (_name, text, told) => {
    expect(() => readExceptions(`exceptions:\n  - ${text}\n`, "f.yaml")).toThrow(told);
  });
});
