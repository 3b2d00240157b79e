import { describe, expect, it } from "vitest";
import { coverageOf, findingsOf } from "../../../lib/scan/findings.ts";
import { readReport } from "../../../lib/scan/read-report.ts";
import { redactReport } from "../../../lib/scan/redact.ts";

const HEAD = { SchemaVersion: 2, ArtifactName: ".", ArtifactType: "filesystem" };
const report = (...results: object[]) => JSON.stringify({ ...HEAD, Results: results });

const VULNERABLE = {
  Target: "package-lock.json",
  Class: "lang-pkgs",
  Packages: [
    {
      ID: "widget@1.0.0",
      Name: "widget",
      Version: "1.0.0",
      Locations: [{ StartLine: 7, EndLine: 9 }],
    },
  ],
  Vulnerabilities: [
    {
      VulnerabilityID: "CVE-2026-0001",
      PkgID: "widget@1.0.0",
      PkgName: "widget",
      InstalledVersion: "1.0.0",
      Severity: "HIGH",
    },
  ],
};

describe("a report of trivy", () => {
  it("may tell more than is known, and lists may be missing or null", () => {
    const text = report({ ...VULNERABLE, Secrets: null, Licenses: undefined, Future: { a: 1 } });
    const [found] = findingsOf(readReport(text));
    expect(found).toMatchObject({
      id: "CVE-2026-0001",
      fixed: undefined,
      startLine: 7,
      endLine: 9,
    });
  });

  it("counts what each scanner looked at", () => {
    const read = readReport(
      report(
        VULNERABLE,
        { Target: "Dockerfile", Class: "config", MisconfSummary: { Successes: 20, Failures: 0 } },
        { Target: "empty.tf", Class: "config", MisconfSummary: { Successes: 0, Failures: 0 } },
      ),
    );
    expect(coverageOf(read, 3)).toEqual({ vuln: 1, misconfig: 1, secret: 3, license: 1 });
  });

  it("does not count checks that passed", () => {
    const passed = { ID: "DS-0001", Severity: "HIGH", Status: "PASS" };
    const failed = { ID: "DS-0002", Severity: "HIGH", Status: "FAIL" };
    const read = readReport(
      report({ Target: "Dockerfile", Class: "config", Misconfigurations: [passed, failed] }),
    );
    expect(findingsOf(read).map(({ id }) => id)).toEqual(["DS-0002"]);
  });

  const broken = (change: object) =>
    report({ ...VULNERABLE, Vulnerabilities: [{ ...VULNERABLE.Vulnerabilities[0], ...change }] });
  it.each([
    ["nothing", ""],
    ["no JSON", "{"],
    ["JSON of something else", "{}"],
    ["another schema", JSON.stringify({ ...HEAD, SchemaVersion: 3 })],
    ["a class that nobody knows", report({ Target: "a", Class: "quantum" })],
    ["a severity that nobody knows", broken({ Severity: "SEVERE" })],
    ["a vulnerability without a name", broken({ VulnerabilityID: "" })],
    ["a vulnerability without a severity", broken({ Severity: undefined })],
    [
      "a check with an unknown result",
      report({
        Target: "a",
        Class: "config",
        Misconfigurations: [{ ID: "A", Severity: "LOW", Status: "MAYBE" }],
      }),
    ],
  ])("that is %s is an error, and never a pass", (_name, text) => {
    expect(() => readReport(text)).toThrow(expect.objectContaining({ code: "scan-failed" }));
  });

  it("says nothing of the text that it could not read", () => {
    expect(() => readReport('{"Match": "hush-hush')).toThrow(/^(?!.*hush)/);
  });

  it("is passed on without anything that may hold a secret", () => {
    const held = {
      Results: [
        {
          Target: "a",
          Secrets: [
            {
              RuleID: "x",
              StartLine: 3,
              Match: "TOKEN=hush",
              Code: { Lines: [{ Content: "hush" }] },
            },
          ],
          Misconfigurations: [
            { ID: "DS-0031", CauseMetadata: { StartLine: 1, Code: { Lines: ["ENV KEY=hush"] } } },
          ],
        },
      ],
      Metadata: {
        ImageConfig: { config: { Env: ["KEY=hush"] }, history: [{ created_by: "ENV KEY=hush" }] },
      },
    };
    const redacted = redactReport(held);
    expect(JSON.stringify(redacted)).not.toContain("hush");
    expect(redacted).toMatchObject({
      Results: [
        { Secrets: [{ RuleID: "x", StartLine: 3 }], Misconfigurations: [{ ID: "DS-0031" }] },
      ],
    });
  });
});
