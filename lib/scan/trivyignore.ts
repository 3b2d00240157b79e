import { parseDocument } from "yaml";
import { z } from "zod";
import { SluiceError } from "../error.ts";
import { schemaFaults } from "../schema-faults.ts";
import type { Exception } from "./exception.ts";
import { SCANNERS, type Scanner } from "./finding.ts";
import { isPurl } from "./purl.ts";

/** The sections of a `.trivyignore.yaml`, and which scanner's findings they are about. */
const SECTIONS = {
  vulnerabilities: "vuln",
  misconfigurations: "misconfig",
  secrets: "secret",
  licenses: "license",
} as const satisfies Record<string, Scanner>;

const DAY = /^\d{4}-\d{2}-\d{2}$/;

const day = z.string().transform((text, context): Date => {
  const date = new Date(DAY.test(text) ? `${text}T00:00:00Z` : text);
  if (!Number.isNaN(date.getTime())) return date;
  context.addIssue({ code: "custom", message: "not a date such as 2027-01-31" });
  return z.NEVER;
});

// Strict: a misspelt `expires_at` would be an exception without an end.
const entry = z.strictObject({
  id: z.string().min(1),
  paths: z.array(z.string().min(1)).optional(),
  purls: z
    .array(z.string().refine(isPurl, "not a package URL such as pkg:npm/lodash@4.17.20"))
    .optional(),
  expired_at: day.optional(),
  statement: z.string().optional(),
});

const IgnoreFile = z.strictObject(
  Object.fromEntries(Object.keys(SECTIONS).map((name) => [name, z.array(entry).nullish()])) as {
    [name in keyof typeof SECTIONS]: z.ZodOptional<z.ZodNullable<z.ZodArray<typeof entry>>>;
  },
);

/** The exceptions of an ignore file: YAML by its ending, else one id per line. Throws `invalid-input`. */
export function readIgnoreFile(name: string, text: string): Exception[] {
  return /\.ya?ml$/i.test(name) ? fromYaml(name, text) : fromLines(name, text);
}

function fromYaml(name: string, text: string): Exception[] {
  // The core schema leaves dates as text, so that they are read in one way only.
  const document = parseDocument(text, { schema: "core" });
  const [broken] = document.errors;
  if (broken) throw invalid(name, [broken.message.split("\n")[0] ?? "not YAML"]);
  const read = IgnoreFile.safeParse(document.toJS() ?? {});
  if (!read.success) throw invalid(name, schemaFaults(read.error));
  return Object.entries(SECTIONS).flatMap(([section, scanner]) =>
    (read.data[section as keyof typeof SECTIONS] ?? []).map((found, index) => ({
      id: found.id,
      scanners: [scanner],
      paths: found.paths ?? [],
      purls: found.purls ?? [],
      statement: found.statement,
      expiresAt: found.expired_at,
      source: `${name}, ${section}[${index}]`,
    })),
  );
}

/** `CVE-2026-0001 exp:2027-01-31`, one per line, `#` before a comment. */
function fromLines(name: string, text: string): Exception[] {
  const lines = text.split("\n").map((line, index) => ({ line: line.trim(), number: index + 1 }));
  const wrong: string[] = [];
  const exceptions = lines
    .filter(({ line }) => line !== "" && !line.startsWith("#"))
    .map(({ line, number }): Exception => {
      const [id = "", ...fields] = line.split(/\s+/);
      const until = fields.find((field) => field.startsWith("exp:"))?.slice("exp:".length);
      const expires = until === undefined ? undefined : day.safeParse(until);
      if (expires && !expires.success) wrong.push(`line ${number}: ${until} is no date`);
      return {
        id,
        scanners: SCANNERS,
        paths: [],
        purls: [],
        statement: undefined,
        expiresAt: expires?.data,
        source: `${name}, line ${number}`,
      };
    });
  if (wrong.length > 0) throw invalid(name, wrong);
  return exceptions;
}

function invalid(name: string, faults: readonly string[]): SluiceError {
  return new SluiceError("invalid-input", `${name} is no ignore file: ${faults.join("; ")}`, {
    hint: "each entry has an id, and may have paths, purls, expired_at (a date) and statement",
  });
}
