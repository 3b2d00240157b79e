import { describe, expect, it } from "vitest";
import { decide } from "../../../lib/scan/rule.ts";
import { sarifOf } from "../../../lib/scan/sarif.ts";
import {
  license,
  misconfiguration,
  NOW,
  ruleOf,
  SEEN,
  secret,
  vulnerability,
} from "./finding-of.ts";
import { sarifFaults } from "./sarif-schema.ts";

const FACTS = {
  trivyVersion: "0.74.0",
  category: "trivy-scan",
  placeOf: ({ path, startLine }: { path: string; startLine: number | undefined }) => ({
    path,
    line: startLine,
  }),
};
const findings = [
  vulnerability({ startLine: 12, endLine: 15, url: "https://avd.aquasec.com/nvd/cve-2026-0001" }),
  vulnerability({ severity: "LOW", id: "CVE-2026-0002" }),
  misconfiguration({ path: "a folder/Dockerfile" }),
  secret({ startLine: 3, endLine: 3 }),
  license(),
];
const sarif = (found = findings) => sarifOf(decide(found, SEEN, ruleOf(), NOW).judged, FACTS);

describe("SARIF", () => {
  it("is valid by its schema, also without results", () => {
    expect(sarifFaults(sarif())).toEqual([]);
    expect(sarifFaults(sarif([]))).toEqual([]);
    expect(sarifFaults({ ...sarif(), runs: [{}] })).not.toEqual([]);
  });

  it("has what the rule counts, and nothing else", () => {
    const [run] = sarif().runs;
    expect(run.results.map(({ ruleId }) => ruleId)).toEqual([
      "CVE-2026-0001/critical",
      "DS-0002",
      "github-pat",
      "GPL-3.0-only/high",
    ]);
  });

  it("leads to the file and the line", () => {
    const [first, second] = sarif().runs[0].results;
    expect(first?.locations[0]?.physicalLocation).toEqual({
      artifactLocation: { uri: "package-lock.json" },
      region: { startLine: 12, endLine: 15 },
    });
    expect(second?.locations[0]?.physicalLocation.artifactLocation.uri).toBe(
      "a%20folder/Dockerfile",
    );
  });

  it("knows a finding again when only its line has changed", () => {
    const fingerprint = (startLine: number) =>
      sarif([vulnerability({ startLine })]).runs[0].results[0]?.partialFingerprints;
    expect(fingerprint(3)).toEqual(fingerprint(300));
  });
});
