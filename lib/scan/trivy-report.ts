import { z } from "zod";
import { SEVERITIES } from "./severity.ts";

/**
 * Trivy's JSON, schema 2. What a decision depends on must be there and be what it says; everything else may be
 * anything, so that a newer trivy that tells more is still understood.
 */
const text = z.string().optional();
const line = z.int().nonnegative().optional();

/** Trivy leaves out an empty list, and Go writes it as null. */
const listOf = <T extends z.ZodType>(item: T) =>
  z
    .array(item)
    .nullish()
    .transform((list) => list ?? []);

const severity = z.enum(SEVERITIES);

const vulnerability = z.looseObject({
  VulnerabilityID: z.string().min(1),
  VendorIDs: listOf(z.string()),
  PkgID: text,
  PkgName: z.string().min(1),
  PkgPath: text,
  PkgIdentifier: z.looseObject({ PURL: text }).optional(),
  InstalledVersion: z.string().default(""),
  FixedVersion: text,
  Severity: severity,
  Title: text,
  PrimaryURL: text,
});

const misconfiguration = z.looseObject({
  ID: z.string().min(1),
  Title: z.string().default(""),
  Resolution: z.string().default(""),
  Severity: severity,
  Status: z.enum(["PASS", "FAIL", "EXCEPTION"]),
  PrimaryURL: text,
  CauseMetadata: z.looseObject({ StartLine: line, EndLine: line }).optional(),
});

const secret = z.looseObject({
  RuleID: z.string().min(1),
  Category: z.string().default(""),
  Severity: severity,
  Title: z.string().default(""),
  StartLine: line,
  EndLine: line,
});

const license = z.looseObject({
  Severity: severity,
  Category: z.string().default(""),
  PkgName: z.string().default(""),
  FilePath: z.string().default(""),
  Name: z.string().min(1),
  Link: z.string().default(""),
});

const packageEntry = z.looseObject({
  ID: text,
  Name: z.string(),
  Version: z.string().default(""),
  Licenses: listOf(z.string()),
  Locations: listOf(z.looseObject({ StartLine: line, EndLine: line })),
});

/** Findings that trivy itself set aside, by a policy that it was given. */
const modified = z.looseObject({
  Type: z.string(),
  Status: z.string(),
  Statement: z.string().default(""),
  Source: z.string().default(""),
});

const result = z.looseObject({
  Target: z.string(),
  // A class that is not known could hold findings that nobody counts.
  Class: z.enum([
    "os-pkgs",
    "lang-pkgs",
    "config",
    "secret",
    "license",
    "license-file",
    "custom",
    "unknown",
  ]),
  Type: text,
  Packages: listOf(packageEntry),
  Vulnerabilities: listOf(vulnerability),
  MisconfSummary: z
    .looseObject({ Successes: z.int().nonnegative(), Failures: z.int().nonnegative() })
    .optional(),
  Misconfigurations: listOf(misconfiguration),
  Secrets: listOf(secret),
  Licenses: listOf(license),
  ExperimentalModifiedFindings: listOf(modified),
});

export const TrivyReport = z.looseObject({
  SchemaVersion: z.literal(2),
  Trivy: z.looseObject({ Version: text }).optional(),
  ArtifactName: z.string(),
  ArtifactType: z.string(),
  Metadata: z
    .looseObject({
      ImageID: text,
      OS: z.looseObject({ Family: text, Name: text, EOSL: z.boolean().optional() }).optional(),
      DiffIDs: listOf(z.string()),
      RepoDigests: listOf(z.string()),
      RepoTags: listOf(z.string()),
    })
    .optional(),
  Results: listOf(result),
});

export type TrivyReport = z.output<typeof TrivyReport>;
export type TrivyResult = TrivyReport["Results"][number];
export type TrivyPackage = TrivyResult["Packages"][number];
