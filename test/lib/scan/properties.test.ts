import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Exception } from "../../../lib/scan/exception.ts";
import { type Finding, SCANNERS } from "../../../lib/scan/finding.ts";
import { findingsDigest } from "../../../lib/scan/findings-digest.ts";
import { decide, type Rule } from "../../../lib/scan/rule.ts";
import { sarifOf } from "../../../lib/scan/sarif.ts";
import { SEVERITIES } from "../../../lib/scan/severity.ts";
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
import { sarifFaults } from "./sarif-schema.ts";

const id = fc.constantFrom("A-1", "A-2", "A-3");
const severity = fc.constantFrom(...SEVERITIES);
const path = fc.constantFrom("package-lock.json", "web/package-lock.json", "Dockerfile");
const named = fc.constantFrom("widget", "gadget");

const finding: fc.Arbitrary<Finding> = fc.oneof(
  fc
    .record({ id, severity, path, package: named, fixed: fc.constantFrom("2.0.0", undefined) })
    .map((given) => vulnerability({ ...given, purl: `pkg:npm/${given.package}@1.0.0` })),
  fc.record({ id, severity, path }).map(misconfiguration),
  fc.record({ id, severity, path }).map(secret),
  fc.record({ id: fc.constantFrom("MIT", "GPL-3.0-only"), severity, path }).map(license),
);

const anException: fc.Arbitrary<Exception> = fc
  .record({
    id,
    scanners: fc.subarray([...SCANNERS]),
    paths: fc.subarray(["**/package-lock.json", "web/**"]),
    purls: fc.subarray(["pkg:npm/widget", "pkg:npm/gadget@1.0.0"]),
    expiresAt: fc.constantFrom(undefined, new Date(0), new Date("2030-01-01T00:00:00Z")),
  })
  .map(exception);

const rule: fc.Arbitrary<Rule> = fc
  .record({
    severities: fc.subarray([...SEVERITIES]),
    ignoreUnfixed: fc.boolean(),
    allowedLicenses: fc.constantFrom(undefined, [], ["MIT"]),
    exceptions: fc.array(anException, { maxLength: 3 }),
    limits: fc.record({
      vuln: fc.nat(3),
      misconfig: fc.nat(3),
      secret: fc.nat(3),
      license: fc.nat(3),
    }),
  })
  .map(ruleOf);

const findings = fc.array(finding, { maxLength: 12 });

function counting(found: readonly Finding[], by: Rule): Finding[] {
  return decide(found, SEEN, by, NOW)
    .judged.filter(({ counts }) => counts)
    .map((one) => one.finding);
}

const judges = (found: readonly Finding[], by: Rule) => decide(found, SEEN, by, NOW);

describe("whatever was found", () => {
  it("an exception more never lets more count", () => {
    fc.assert(
      fc.property(findings, rule, anException, (found, by, more) => {
        const with1 = { ...by, exceptions: [...by.exceptions, more] };
        const before = new Set(counting(found, by));
        expect(counting(found, with1).every((one) => before.has(one))).toBe(true);
      }),
    );
  });

  it("asking for one severity more never lets less count", () => {
    fc.assert(
      fc.property(findings, rule, severity, (found, by, more) => {
        const lower = { ...by, severities: [...by.severities, more] };
        const after = new Set(counting(found, lower));
        expect(counting(found, by).every((one) => after.has(one))).toBe(true);
      }),
    );
  });

  it("one finding more never turns failed into passed", () => {
    fc.assert(
      fc.property(findings, rule, finding, (found, by, more) => {
        fc.pre(judges(found, by).outcome === "failed");
        expect(judges([...found, more], by).outcome).toBe("failed");
      }),
    );
  });

  it("a higher limit never turns passed into failed", () => {
    fc.assert(
      fc.property(findings, rule, fc.constantFrom(...SCANNERS), (found, by, scanner) => {
        fc.pre(judges(found, by).outcome === "passed");
        const limits = { ...by.limits, [scanner]: by.limits[scanner] + 1 };
        expect(judges(found, { ...by, limits }).outcome).toBe("passed");
      }),
    );
  });

  it("every finding is judged once, and none is made up", () => {
    fc.assert(
      fc.property(findings, rule, (found, by) => {
        expect(judges(found, by).judged.map((one) => one.finding)).toEqual(found);
      }),
    );
  });

  it("SARIF has one result for each that counts, and is valid", () => {
    fc.assert(
      fc.property(findings, rule, (found, by) => {
        const placeOf = ({ path }: Finding) => ({ path, line: undefined });
        const facts = { trivyVersion: "0.74.0", category: "scan", placeOf };
        const sarif = sarifOf(judges(found, by).judged, facts);
        expect(sarif.runs[0].results).toHaveLength(counting(found, by).length);
        expect(sarifFaults(sarif)).toEqual([]);
      }),
    );
  });

  it("the order does not change its digest", () => {
    fc.assert(
      fc.property(findings, rule, (found, by) => {
        const digest = findingsDigest(judges(found, by).judged);
        expect(findingsDigest(judges(found.toReversed(), by).judged)).toBe(digest);
      }),
    );
  });
});
