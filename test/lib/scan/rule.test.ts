import { describe, expect, it } from "vitest";
import type { Finding } from "../../../lib/scan/finding.ts";
import { decide, type Rule } from "../../../lib/scan/rule.ts";
import type { VexStatement } from "../../../lib/scan/vex-statement.ts";
import {
  exception,
  license,
  misconfiguration,
  NOW,
  ruleOf,
  SEEN,
  secret,
  vulnerability,
} from "./finding-of.ts";

const PAST = new Date("2026-11-20T00:00:00Z");
const FUTURE = new Date("2026-11-22T00:00:00Z");

function outcome(findings: Finding[], rule: Partial<Rule> = {}, coverage = SEEN) {
  return decide(findings, coverage, ruleOf(rule), NOW);
}

describe("what counts", () => {
  const cases: Array<[string, Finding, Partial<Rule>, "passed" | "failed"]> = [
    ["a critical vulnerability", vulnerability(), {}, "failed"],
    ["one below the threshold does not", vulnerability({ severity: "MEDIUM" }), {}, "passed"],
    [
      "one of unknown severity, if that is asked for",
      vulnerability({ severity: "UNKNOWN" }),
      { severities: ["UNKNOWN"] },
      "failed",
    ],
    ["an unfixed one", vulnerability({ fixed: undefined }), {}, "failed"],
    [
      "an unfixed one does not with ignore-unfixed",
      vulnerability({ fixed: undefined }),
      { ignoreUnfixed: true },
      "passed",
    ],
    [
      "a misconfiguration also with ignore-unfixed",
      misconfiguration(),
      { ignoreUnfixed: true },
      "failed",
    ],
    ["a secret", secret(), {}, "failed"],
    ["a licence by its severity", license(), {}, "failed"],
    [
      "a licence that is allowed does not, however severe",
      license({ severity: "CRITICAL" }),
      { allowedLicenses: ["GPL-3.0-only"] },
      "passed",
    ],
    [
      "a licence that is not allowed, however harmless",
      license({ id: "MIT", severity: "LOW" }),
      { allowedLicenses: ["ISC"] },
      "failed",
    ],
    ["an excepted one does not", vulnerability(), { exceptions: [exception()] }, "passed"],
    [
      "one whose exception has expired",
      vulnerability(),
      { exceptions: [exception({ expiresAt: PAST })] },
      "failed",
    ],
    [
      "one whose exception still holds does not",
      vulnerability(),
      { exceptions: [exception({ expiresAt: FUTURE })] },
      "passed",
    ],
    [
      "one excepted elsewhere",
      vulnerability(),
      { exceptions: [exception({ paths: ["web/**"] })] },
      "failed",
    ],
    [
      "one excepted in this path does not",
      vulnerability({ path: "web/package-lock.json" }),
      { exceptions: [exception({ paths: ["web/**"] })] },
      "passed",
    ],
    [
      "one excepted for another package",
      vulnerability(),
      { exceptions: [exception({ purls: ["pkg:npm/gadget"] })] },
      "failed",
    ],
    [
      "one excepted for another version",
      vulnerability(),
      { exceptions: [exception({ purls: ["pkg:npm/widget@2.0.0"] })] },
      "failed",
    ],
    [
      "one excepted for this package does not",
      vulnerability(),
      { exceptions: [exception({ purls: ["pkg:npm/widget"] })] },
      "passed",
    ],
    [
      "one excepted under its other name does not",
      vulnerability({ aliases: ["GHSA-1"] }),
      { exceptions: [exception({ id: "GHSA-1" })] },
      "passed",
    ],
    [
      "a secret with the name of an excepted vulnerability",
      secret({ id: "CVE-2026-0001" }),
      { exceptions: [exception()] },
      "failed",
    ],
  ];
  it.each(cases)("%s", (_name, finding, rule, expected) => {
    expect(outcome([finding], rule).outcome).toBe(expected);
  });

  it("says of an expired exception that it was one", () => {
    const { reasons, judged } = outcome([vulnerability()], {
      exceptions: [exception({ expiresAt: PAST })],
    });
    expect(reasons).toEqual(["1 vulnerability (1 of them with an exception that has expired)"]);
    expect(judged[0]).toMatchObject({ counts: true, expired: { at: PAST } });
  });

  it("lets another exception hold where one has expired", () => {
    const exceptions = [exception({ expiresAt: PAST }), exception({ expiresAt: FUTURE })];
    expect(outcome([vulnerability()], { exceptions }).outcome).toBe("passed");
  });

  it("names exceptions that mean nothing that was found", () => {
    const unused = exception({ id: "CVE-2000-0001" });
    expect(outcome([], { exceptions: [unused] }).unused).toEqual([unused]);
  });

  it("counts as excepted what somebody excepted, and not what the rule does not ask for", () => {
    const { reasons } = outcome(
      [vulnerability(), license({ id: "MIT" }), secret({ severity: "LOW" })],
      {
        exceptions: [exception()],
        allowedLicenses: ["MIT"],
      },
    );
    expect(reasons).toEqual([
      "0 vulnerabilities in 10 packages, 1 excepted",
      "0 misconfigurations in 2 configuration files",
      "0 secrets in 30 files",
      "0 licence findings in 10 packages",
    ]);
  });

  it("accepts as many as the scanner's limit, and not one more", () => {
    const limits = { vuln: 0, misconfig: 1, secret: 0, license: 0 };
    expect(outcome([misconfiguration()], { limits }).outcome).toBe("passed");
    const two = outcome([misconfiguration(), misconfiguration({ path: "web/Dockerfile" })], {
      limits,
    });
    expect(two).toMatchObject({
      outcome: "failed",
      reasons: ["2 misconfigurations where 1 are accepted"],
    });
  });
});

describe("a VEX statement", () => {
  const said = (given: Partial<VexStatement> = {}): VexStatement => ({
    ids: ["CVE-2026-0001"],
    products: [{ id: "pkg:npm/widget@1.0.0", subcomponents: [] }],
    status: "not_affected",
    justification: "vulnerable_code_not_in_execute_path",
    saidAt: new Date("2026-11-01T00:00:00Z"),
    source: "vex.json, statements[0]",
    ...given,
  });
  const cases: Array<[string, VexStatement[], number | undefined, "passed" | "failed"]> = [
    ["clears the package that it names", [said()], undefined, "passed"],
    ["clears what is fixed in place", [said({ status: "fixed" })], undefined, "passed"],
    [
      "says nothing while under investigation",
      [said({ status: "under_investigation" })],
      undefined,
      "failed",
    ],
    ["is overruled by a later one", [said(), said({ status: "affected" })], undefined, "failed"],
    ["overrules an earlier one", [said({ status: "affected" }), said()], undefined, "passed"],
    ["no longer holds when it is too old", [said()], 10, "failed"],
    ["holds while it is young enough", [said()], 30, "passed"],
    ["is too old when it tells no date", [said({ saidAt: undefined })], 30, "failed"],
    [
      "is about other packages",
      [said({ products: [{ id: "pkg:npm/gadget", subcomponents: [] }] })],
      undefined,
      "failed",
    ],
    ["is about other vulnerabilities", [said({ ids: ["CVE-2026-0002"] })], undefined, "failed"],
    [
      "clears a part of what is scanned",
      [said({ products: [{ id: "engine", subcomponents: ["pkg:npm/widget"] }] })],
      undefined,
      "passed",
    ],
    [
      "says nothing of a part of something else",
      [said({ products: [{ id: "website", subcomponents: ["pkg:npm/widget"] }] })],
      undefined,
      "failed",
    ],
    ["about no product is about nothing", [said({ products: [] })], undefined, "failed"],
  ];
  it.each(cases)("%s", (_name, vex, vexMaxAgeDays, expected) => {
    expect(outcome([vulnerability()], { vex, vexMaxAgeDays }).outcome).toBe(expected);
  });
});

describe("a scan that looked at nothing", () => {
  const nothing = { vuln: 0, misconfig: 0, secret: 0, license: 0 };

  it("is not a pass", () => {
    const { outcome: found, reasons } = outcome([], { mustCover: [] }, nothing);
    expect(found).toBe("inconclusive");
    expect(reasons).toContain("secret had no file to look at");
  });

  it("is not a pass for a scanner that must have had something", () => {
    const { outcome: found, reasons } = outcome([], {}, { ...SEEN, vuln: 0 });
    expect([found, reasons]).toEqual(["inconclusive", ["vuln had no package to look at"]]);
  });

  it("is told for the others", () => {
    const decision = outcome([], {}, { ...SEEN, misconfig: 0 });
    expect([decision.outcome, decision.blind]).toEqual(["passed", ["misconfig"]]);
  });

  it("is a failure when another scanner found something", () => {
    expect(outcome([secret()], {}, { ...SEEN, vuln: 0 }).outcome).toBe("failed");
  });
});
