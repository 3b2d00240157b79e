import type { Severity } from "./severity.ts";

/** What every SARIF log of ours names as its schema. */
export const SARIF_SCHEMA =
  "https://docs.oasis-open.org/sarif/sarif/v2.1.0/os/schemas/sarif-schema-2.1.0.json";

/** What code scanning sorts by. */
export const SECURITY_SEVERITY: Readonly<Record<Severity, string>> = {
  CRITICAL: "9.5",
  HIGH: "8.0",
  MEDIUM: "5.5",
  LOW: "2.0",
  UNKNOWN: "0.0",
};

/** A path of the repository as SARIF locates it. */
export function uriOf(path: string): string {
  return path.split("/").map(encodeURIComponent).join("/");
}
