import { SluiceError } from "../error.ts";
import type { Finding } from "./finding.ts";
import { purlMatches } from "./purl.ts";

/** What a supplier says about one vulnerability in some products. */
export interface VexStatement {
  /** All names of the vulnerability. */
  ids: readonly string[];
  products: readonly VexProduct[];
  status: "not_affected" | "fixed" | "affected" | "under_investigation";
  /** Why, in the document's words. */
  justification: string;
  /** When it was said; undefined when the document does not tell. */
  saidAt: Date | undefined;
  source: string;
}

export interface VexProduct {
  id: string;
  /** The packages inside the product that are meant; none means the product itself. */
  subcomponents: readonly string[];
}

const DAY_MS = 24 * 60 * 60 * 1000;

/**
 * Whether the statement is about this finding. A product is the package itself, or what was scanned (one of
 * `subjects`) with the package as its subcomponent.
 */
export function isAbout(
  statement: VexStatement,
  finding: Finding,
  subjects: readonly string[],
): boolean {
  if (finding.scanner !== "vuln" || finding.purl === undefined) return false;
  if (![finding.id, ...finding.aliases].some((id) => statement.ids.includes(id))) return false;
  const { purl } = finding;
  return statement.products.some(({ id, subcomponents }) => {
    if (subcomponents.length === 0) return purlMatches(id, purl);
    if (!subjects.some((subject) => subject === id || purlMatches(id, subject))) return false;
    return subcomponents.some((part) => purlMatches(part, purl));
  });
}

/** A statement without a date is as old as can be. */
export function isTooOld(
  { saidAt }: VexStatement,
  now: Date,
  maxAgeDays: number | undefined,
): boolean {
  if (maxAgeDays === undefined) return false;
  return saidAt === undefined || now.getTime() - saidAt.getTime() > maxAgeDays * DAY_MS;
}

/** Whether what it says takes the finding away. */
export function clears({ status }: VexStatement): boolean {
  return status === "not_affected" || status === "fixed";
}

export function invalidVex(name: string, faults: readonly string[]): SluiceError {
  return new SluiceError("invalid-input", `${name} is no VEX document: ${faults.join("; ")}`, {
    hint: "give an OpenVEX document (https://openvex.dev) or a CycloneDX one, as JSON",
  });
}
