import type { Severity } from "../severity.ts";
import { SEVERITIES } from "../severity.ts";
import type { Bucket } from "./bolt.ts";

/** One thing that the database knows of one package. */
export interface Advisory {
  /** As the package's registry spells it. */
  package: string;
  /** `npm` unless it says otherwise. */
  ecosystem?: Ecosystem;
  /** e.g. `CVE-2026-0001`. */
  id: string;
  severity: Severity;
  /** Ranges as the ecosystem writes them, e.g. `<4.17.21`. */
  vulnerableVersions: readonly string[];
  /** Without one there is no fix. */
  patchedVersions: readonly string[];
  title?: string;
}

export type Ecosystem = "npm" | "pip" | "go";

/** Where trivy looks for the advisories of an ecosystem: `<ecosystem>::<source>`. */
const SOURCES = {
  npm: "npm::GitHub Security Advisory Npm",
  pip: "pip::GitHub Security Advisory Pip",
  go: "go::GitHub Security Advisory Go",
} as const satisfies Record<Ecosystem, string>;

/** The buckets of a trivy database (schema 2) that knows these advisories and nothing else. */
export function bucketsOf(advisories: readonly Advisory[]): Bucket {
  const root = new Map<string, Map<string, Map<string, Buffer> | Buffer>>();
  const vulnerabilities = new Map<string, Buffer>();
  const sources = new Map<string, Buffer>();
  for (const advisory of advisories) {
    const source = SOURCES[advisory.ecosystem ?? "npm"];
    const packages = root.get(source) ?? new Map<string, Map<string, Buffer>>();
    const held = packages.get(advisory.package);
    const known = held instanceof Map ? held : new Map<string, Buffer>();
    known.set(advisory.id, json(rangesOf(advisory)));
    root.set(source, packages.set(advisory.package, known));
    sources.set(source, json(sourceOf(source)));
    vulnerabilities.set(advisory.id, json(detailOf(advisory)));
  }
  return new Map([...root, ["data-source", sources], ["vulnerability", vulnerabilities]]);
}

function rangesOf({ vulnerableVersions, patchedVersions }: Advisory) {
  return { VulnerableVersions: vulnerableVersions, PatchedVersions: patchedVersions };
}

function sourceOf(source: string) {
  return { ID: "ghsa", Name: source.split("::")[1], URL: "https://github.com/advisories" };
}

function detailOf({ id, severity, title, package: name }: Advisory) {
  const rank = SEVERITIES.indexOf(severity);
  return {
    Title: title ?? `${name}: ${id}`,
    Description: `A test entry about ${name}.`,
    Severity: severity,
    VendorSeverity: { ghsa: rank },
    References: [`https://nvd.nist.gov/vuln/detail/${id}`],
  };
}

function json(value: unknown): Buffer {
  return Buffer.from(JSON.stringify(value));
}
