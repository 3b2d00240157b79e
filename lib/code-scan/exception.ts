import picomatch from "picomatch";
import { parseDocument } from "yaml";
import { z } from "zod";
import { SluiceError } from "../error.ts";
import { schemaFaults } from "../schema-faults.ts";
import type { CodeFinding } from "./finding.ts";

/** A finding that somebody decided to live with, for a reason and for a time. */
export interface CodeException {
  readonly tool: string;
  readonly rule: string;
  /** Globs of the files it holds for; none means all. */
  readonly paths: readonly string[];
  readonly reason: string;
  /** From this day on it no longer holds. */
  readonly expires: Date;
  readonly source: string;
}

const day = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}$/, "a day such as 2027-01-31")
  .transform((text) => new Date(`${text}T00:00:00Z`))
  .refine((date) => !Number.isNaN(date.getTime()), "a day such as 2027-01-31");

// Strict, and without a default: an exception without a reason or an end is none.
const Entry = z.strictObject({
  tool: z.string().min(1),
  rule: z.string().min(1),
  paths: z.array(z.string().min(1)).default([]),
  reason: z.string().min(10, "a reason that somebody else understands"),
  expires: day,
});

const ExceptionFile = z.strictObject({ exceptions: z.array(Entry) });

/** Reads a file of exceptions; all that is wrong in it is told at once. Throws `invalid-input`. */
export function readExceptions(text: string, name: string): CodeException[] {
  const document = parseDocument(text, { schema: "core" });
  const broken = document.errors.map((error) => error.message.split("\n")[0] ?? "not YAML");
  if (broken.length > 0) throw invalid(name, broken);
  const read = ExceptionFile.safeParse(document.toJS());
  if (!read.success) throw invalid(name, schemaFaults(read.error));
  return read.data.exceptions.map((entry, index) => ({
    ...entry,
    source: `${name}, exceptions[${index}]`,
  }));
}

function invalid(name: string, faults: readonly string[]): SluiceError {
  return new SluiceError(
    "invalid-input",
    `${name} is no file of exceptions: ${faults.join("; ")}`,
    {
      hint: "each has tool, rule, reason and expires (a day), and may have paths",
    },
  );
}

/** Whether the exception is about this finding, expired or not. */
export function isAbout(exception: CodeException, finding: CodeFinding): boolean {
  if (exception.tool.toLowerCase() !== finding.tool.toLowerCase()) return false;
  if (exception.rule !== finding.rule) return false;
  const { paths } = exception;
  return paths.length === 0 || picomatch.isMatch(finding.path, [...paths], { dot: true });
}
