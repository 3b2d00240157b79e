import { describe, expect, it } from "vitest";
import { findingsOf } from "../../../lib/scan/findings.ts";
import { withInstalled } from "../../../lib/scan/installed.ts";
import { readReport } from "../../../lib/scan/read-report.ts";

interface Installed {
  version: string;
  isVulnerable?: boolean;
  license?: string;
}

function report(target: string, packages: Record<string, Installed>, extra: object = {}): string {
  const entries = Object.entries(packages);
  const Packages = entries.map(([Name, { version }]) => ({
    ...{ ID: `${Name}@${version}`, Name, Version: version },
    Identifier: { PURL: `pkg:npm/${Name}@${version}` },
  }));
  const Vulnerabilities = entries
    .filter(([, { isVulnerable }]) => isVulnerable)
    .map(([PkgName, { version }]) => ({
      ...{ VulnerabilityID: "CVE-2026-0001", PkgID: `${PkgName}@${version}`, PkgName },
      ...{ InstalledVersion: version, Severity: "CRITICAL" },
    }));
  const Licenses = entries
    .filter(([, { license }]) => license)
    .map(([PkgName, { license }]) => ({ PkgName, Name: license, Severity: "HIGH" }));
  return JSON.stringify({
    ...{ SchemaVersion: 2, ArtifactName: "folder", ArtifactType: "filesystem", ...extra },
    Results: [
      { Target: target, Class: "lang-pkgs", Packages, Vulnerabilities },
      { Target: target, Class: "license", Licenses },
    ],
  });
}

const found = (locked: string, installed: string) =>
  findingsOf(readReport(withInstalled(locked, installed)));

describe("what is installed beside what was promised", () => {
  it("counts when it is another version than the lock file says", () => {
    const locked = report("package-lock.json", { widget: { version: "1.0.1" } });
    const installed = report("Node.js", { widget: { version: "1.0.0", isVulnerable: true } });
    expect(found(locked, installed)).toMatchObject([
      { scanner: "vuln", path: "Node.js", package: "widget", installed: "1.0.0" },
    ]);
  });

  it("counts when no lock file knows it, with its licence", () => {
    const locked = report("package-lock.json", { other: { version: "1.0.0" } });
    const installed = report("Node.js", {
      other: { version: "1.0.0", license: "MIT" },
      widget: { version: "1.0.0", isVulnerable: true, license: "AGPL-3.0-only" },
    });
    expect(found(locked, installed).map(({ scanner, id }) => [scanner, id])).toEqual([
      ["vuln", "CVE-2026-0001"],
      ["license", "AGPL-3.0-only"],
    ]);
  });

  it("is told once, where the lock file has it, when both know it", () => {
    const packages = { widget: { version: "1.0.0", isVulnerable: true, license: "MIT" } };
    const both = found(report("package-lock.json", packages), report("Node.js", packages));
    expect(both.map(({ path }) => path)).toEqual(["package-lock.json", "package-lock.json"]);
  });

  it("keeps what else the report says", () => {
    const locked = report("a", {}, { Metadata: { ImageID: "1" }, Trivy: { Version: "0.74.0" } });
    const installed = report("b", {}, { Metadata: { OS: { Family: "none" } } });
    const read = readReport(withInstalled(locked, installed));
    expect(read.Trivy?.Version).toBe("0.74.0");
    expect(read.Metadata).toMatchObject({ ImageID: "1", OS: { Family: "none" } });
    expect(
      readReport(withInstalled(JSON.stringify({ ...JSON.parse(locked), Results: null }), installed))
        .Results,
    ).toEqual([]);
  });
});
