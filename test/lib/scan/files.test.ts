import { describe, expect, it } from "vitest";
import { isMetBy } from "../../../lib/scan/license-expression.ts";
import { lineOfPackage } from "../../../lib/scan/lock-line.ts";
import { purlMatches } from "../../../lib/scan/purl.ts";
import { readIgnoreFile } from "../../../lib/scan/trivyignore.ts";
import { readVex } from "../../../lib/scan/vex.ts";

describe("an ignore file", () => {
  it("is read with everything that trivy knows in it", () => {
    const text = `
vulnerabilities:
  - id: CVE-2026-0001
    paths: ["web/**"]
    purls: ["pkg:npm/widget@1.0.0"]
    expired_at: 2027-01-31
    statement: not reachable
misconfigurations:
  - id: DS-0002
`;
    expect(readIgnoreFile(".trivyignore.yaml", text)).toEqual([
      {
        id: "CVE-2026-0001",
        scanners: ["vuln"],
        paths: ["web/**"],
        purls: ["pkg:npm/widget@1.0.0"],
        expiresAt: new Date("2027-01-31T00:00:00Z"),
        statement: "not reachable",
        source: ".trivyignore.yaml, vulnerabilities[0]",
      },
      expect.objectContaining({ id: "DS-0002", scanners: ["misconfig"], expiresAt: undefined }),
    ]);
  });

  it("may be lines, which mean the findings of every scanner", () => {
    const read = readIgnoreFile(".trivyignore", "# why\nCVE-2026-0001 exp:2027-01-31\n\nDS-0002\n");
    expect(
      read.map(({ id, expiresAt, source }) => [id, expiresAt?.getUTCFullYear(), source]),
    ).toEqual([
      ["CVE-2026-0001", 2027, ".trivyignore, line 2"],
      ["DS-0002", undefined, ".trivyignore, line 4"],
    ]);
  });

  it("may be empty", () => {
    expect(readIgnoreFile(".trivyignore.yaml", "")).toEqual([]);
    expect(readIgnoreFile(".trivyignore", "")).toEqual([]);
  });

  it.each([
    ["a misspelt end", "vulnerabilities:\n  - {id: A, expires_at: 2027-01-01}", /expires_at/],
    ["a section that does not exist", "vulnerabilitys: []", /vulnerabilitys/],
    ["an end that is no date", "secrets:\n  - {id: A, expired_at: soon}", /not a date/],
    ["an entry without an id", "secrets:\n  - {paths: [a]}", /secrets\[0\]\.id/],
    ["a package that is none", "vulnerabilities:\n  - {id: A, purls: [widget]}", /package URL/],
    ["what is no YAML", "a: [", /is no ignore file/],
  ])("is refused for %s", (_name, text, message) => {
    expect(() => readIgnoreFile(".trivyignore.yaml", text)).toThrow(message);
  });

  it("of lines is refused for a date that is none, with its line", () => {
    expect(() => readIgnoreFile(".trivyignore", "A exp:never")).toThrow(/line 1: never is no date/);
  });
});

describe("a VEX document", () => {
  const openVex = (statement: object) =>
    JSON.stringify({
      "@context": "https://openvex.dev/ns/v0.2.0",
      timestamp: "2026-11-01T00:00:00Z",
      statements: [{ vulnerability: { name: "CVE-2026-0001", aliases: ["GHSA-1"] }, ...statement }],
    });

  it("in OpenVEX gives names, products, status and time", () => {
    const text = openVex({
      products: [
        { "@id": "engine", subcomponents: [{ "@id": "pkg:npm/widget@1.0.0" }] },
        { identifiers: { purl: "pkg:npm/gadget" } },
      ],
      status: "not_affected",
      justification: "component_not_present",
    });
    expect(readVex("vex.json", text)).toEqual([
      {
        ids: ["CVE-2026-0001", "GHSA-1"],
        products: [
          { id: "engine", subcomponents: ["pkg:npm/widget@1.0.0"] },
          { id: "pkg:npm/gadget", subcomponents: [] },
        ],
        status: "not_affected",
        justification: "component_not_present",
        saidAt: new Date("2026-11-01T00:00:00Z"),
        source: "vex.json, statements[0]",
      },
    ]);
  });

  it("does not take parts that have no name for the whole", () => {
    const text = openVex({ products: [{ "@id": "engine", subcomponents: [{}] }], status: "fixed" });
    expect(readVex("vex.json", text)[0]?.products).toEqual([]);
  });

  it("in CycloneDX is read by purl, by BOM link and by reference", () => {
    const text = JSON.stringify({
      bomFormat: "CycloneDX",
      components: [{ "bom-ref": "a", purl: "pkg:npm/widget@1.0.0" }],
      vulnerabilities: [
        {
          id: "CVE-2026-0001",
          analysis: { state: "false_positive", detail: "other product" },
          affects: [{ ref: "a" }, { ref: "urn:cdx:1/1#pkg:npm/gadget@2.0.0" }, { ref: "unknown" }],
        },
        { id: "CVE-2026-0002", affects: [{ ref: "a" }] },
      ],
    });
    expect(readVex("vex.json", text)).toMatchObject([
      {
        ids: ["CVE-2026-0001"],
        status: "not_affected",
        justification: "other product",
        products: [{ id: "pkg:npm/widget@1.0.0" }, { id: "pkg:npm/gadget@2.0.0" }],
      },
    ]);
  });

  it.each([
    ["without a reason for not affected", openVex({ status: "not_affected" }), /justification/],
    ["of an unknown kind", "{}", /neither OpenVEX nor CycloneDX/],
    ["that is no JSON", "{", /no JSON/],
    ["with an unknown status", openVex({ status: "fine" }), /status/],
  ])("%s is refused", (_name, text, message) => {
    expect(() => readVex("vex.json", text)).toThrow(message);
  });
});

describe("a package URL", () => {
  it.each([
    ["pkg:npm/widget", "pkg:npm/widget@1.0.0", true],
    ["pkg:npm/widget@1.0.0", "pkg:npm/widget@1.0.0", true],
    ["pkg:npm/widget@1.0.0", "pkg:npm/widget@1.0.1", false],
    ["pkg:npm/widget", "pkg:npm/widget-plus@1.0.0", false],
    ["pkg:npm/widget", "pkg:pypi/widget@1.0.0", false],
    ["pkg:npm/%40scope/widget", "pkg:npm/%40scope/widget@1.0.0", true],
    ["pkg:npm/@scope/widget", "pkg:npm/%40scope/widget@1.0.0", true],
    ["pkg:npm/widget", "pkg:npm/%40scope/widget@1.0.0", false],
    ["pkg:deb/debian/curl?arch=amd64", "pkg:deb/debian/curl@8?arch=amd64&distro=13", true],
    ["pkg:deb/debian/curl?arch=arm64", "pkg:deb/debian/curl@8?arch=amd64", false],
    ["widget", "widget", false],
  ])("%s means %s: %s", (pattern, purl, expected) => {
    expect(purlMatches(pattern, purl)).toBe(expected);
  });
});

describe("a licence expression", () => {
  const allowed = ["MIT", "Apache-2.0", "GPL-2.0-only WITH Classpath-exception-2.0"];
  it.each([
    ["MIT", true],
    ["GPL-3.0-only", false],
    ["MIT OR GPL-3.0-only", true],
    ["MIT AND GPL-3.0-only", false],
    ["(MIT OR GPL-3.0-only) AND Apache-2.0", true],
    ["GPL-3.0-only OR MIT AND GPL-2.0-only", false],
    ["Apache-2.0 WITH LLVM-exception", true],
    ["GPL-2.0-only WITH Classpath-exception-2.0", true],
    ["GPL-2.0-only", false],
    ["MIT OR", false],
    ["(MIT", false],
    ["MIT Apache-2.0", false],
    ["", false],
  ])("%s: %s", (expression, expected) => {
    expect(isMetBy(expression, (license) => allowed.includes(license))).toBe(expected);
  });
});

describe("the line of a package in its lock file", () => {
  const npm = `{
  "packages": {
    "": { "dependencies": { "widget": "1.0.0" } },
    "node_modules/widget-plus": { "version": "1.0.0" },
    "node_modules/@scope/widget": {
      "version": "1.0.0"
    },
    "node_modules/widget": {
      "version": "1.0.0"
    },
    "node_modules/gadget/node_modules/widget": {
      "version": "2.0.0"
    }
  }
}`;
  const yarn = `widget-plus@^1.0.0:\n  version "1.0.0"\n\nwidget@^1.0.0:\n  version "1.0.0"\n`;
  const requirements = "gadget==1.0.0\nwidget==1.0.0\n";
  it.each([
    ["package-lock.json", npm, "widget", "1.0.0", 8],
    ["package-lock.json, nested", npm, "widget", "2.0.0", 11],
    ["package-lock.json, scoped", npm, "@scope/widget", "1.0.0", 5],
    ["yarn.lock", yarn, "widget", "1.0.0", 4],
    ["requirements.txt", requirements, "widget", "1.0.0", 2],
    ["a file that does not name it", yarn, "gizmo", "1.0.0", undefined],
  ])("%s", (_name, text, name, version, line) => {
    expect(lineOfPackage(text, name, version)).toBe(line);
  });
});
