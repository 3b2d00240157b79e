import type { Severity } from "./severity.ts";

/** What trivy looks for, by the names that its `scanners` have. */
export const SCANNERS = ["vuln", "misconfig", "secret", "license"] as const;

export type Scanner = (typeof SCANNERS)[number];

interface Facts {
  /** e.g. CVE-2026-0001, DS-0002, github-pat, GPL-3.0-only. */
  id: string;
  severity: Severity;
  title: string;
  /** The file or layer that it was found in, as trivy names it: relative to what was scanned. */
  path: string;
  url: string | undefined;
  startLine: number | undefined;
  endLine: number | undefined;
}

export interface Vulnerability extends Facts {
  scanner: "vuln";
  /** Other names of the same, e.g. GHSA ids. */
  aliases: readonly string[];
  package: string;
  installed: string;
  /** Undefined while nobody has fixed it. */
  fixed: string | undefined;
  purl: string | undefined;
  /** Where the package itself lies, if that is not `path`. */
  packagePath: string | undefined;
}

/** Only what the check says of itself: trivy's message about the file quotes it, and what it quotes may be a secret. */
export interface Misconfiguration extends Facts {
  scanner: "misconfig";
  resolution: string;
}

/** The secret itself is nowhere in here. */
export interface Secret extends Facts {
  scanner: "secret";
  category: string;
}

export interface License extends Facts {
  scanner: "license";
  /** Trivy's: forbidden, restricted, reciprocal, notice, … */
  category: string;
  /** Undefined for the licence of a file. */
  package: string | undefined;
}

/** One thing that trivy found. */
export type Finding = Vulnerability | Misconfiguration | Secret | License;

/** How much each scanner had to look at; undefined where trivy does not say. */
export type Coverage = Readonly<Record<Scanner, number | undefined>>;
