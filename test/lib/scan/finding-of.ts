import type { Exception } from "../../../lib/scan/exception.ts";
import type {
  Coverage,
  License,
  Misconfiguration,
  Secret,
  Vulnerability,
} from "../../../lib/scan/finding.ts";
import type { Rule } from "../../../lib/scan/rule.ts";

const PLACE = { url: undefined, startLine: undefined, endLine: undefined };

export function vulnerability(given: Partial<Vulnerability> = {}): Vulnerability {
  return {
    ...PLACE,
    scanner: "vuln",
    id: "CVE-2026-0001",
    aliases: [],
    severity: "CRITICAL",
    title: "it breaks",
    path: "package-lock.json",
    package: "widget",
    installed: "1.0.0",
    fixed: "1.0.1",
    purl: "pkg:npm/widget@1.0.0",
    packagePath: undefined,
    ...given,
  };
}

export function misconfiguration(given: Partial<Misconfiguration> = {}): Misconfiguration {
  return {
    ...PLACE,
    scanner: "misconfig",
    id: "DS-0002",
    severity: "HIGH",
    title: "runs as root",
    path: "Dockerfile",
    resolution: "add one",
    ...given,
  };
}

export function secret(given: Partial<Secret> = {}): Secret {
  return {
    ...PLACE,
    scanner: "secret",
    id: "github-pat",
    severity: "CRITICAL",
    title: "a token",
    path: "deploy.sh",
    category: "GitHub",
    ...given,
  };
}

export function license(given: Partial<License> = {}): License {
  return {
    ...PLACE,
    scanner: "license",
    id: "GPL-3.0-only",
    severity: "HIGH",
    title: "widget is under GPL-3.0-only",
    path: "package-lock.json",
    category: "restricted",
    package: "widget",
    ...given,
  };
}

export function exception(given: Partial<Exception> = {}): Exception {
  return {
    id: "CVE-2026-0001",
    scanners: ["vuln"],
    paths: [],
    purls: [],
    statement: undefined,
    expiresAt: undefined,
    source: ".trivyignore.yaml, vulnerabilities[0]",
    ...given,
  };
}

export const NOW = new Date("2026-11-21T12:00:00Z");

export const SEEN: Coverage = { vuln: 10, misconfig: 2, secret: 30, license: 10 };

export function ruleOf(given: Partial<Rule> = {}): Rule {
  return {
    scanners: ["vuln", "misconfig", "secret", "license"],
    severities: ["HIGH", "CRITICAL"],
    ignoreUnfixed: false,
    limits: { vuln: 0, misconfig: 0, secret: 0, license: 0 },
    allowedLicenses: undefined,
    exceptions: [],
    vex: [],
    vexMaxAgeDays: undefined,
    subjects: ["engine"],
    mustCover: ["vuln"],
    ...given,
  };
}
