import { createHash } from "node:crypto";
import type { Digest } from "../units/digest.ts";

/**
 * JSON with one spelling per value, after RFC 8785: keys sorted by UTF-16 units, no space, numbers as JavaScript
 * writes them. Keys whose value is undefined are left out; what JSON cannot say is an error.
 */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(",")}]`;
  if (typeof value === "object" && value !== null) {
    const entries = Object.entries(value).filter(([, inner]) => inner !== undefined);
    const sorted = entries.sort(([a], [b]) => (a < b ? -1 : 1));
    const members = sorted.map(([key, inner]) => `${JSON.stringify(key)}:${canonicalJson(inner)}`);
    return `{${members.join(",")}}`;
  }
  if (typeof value === "number" && !Number.isFinite(value)) {
    throw new RangeError(`${value} has no JSON`);
  }
  const text: string | undefined = JSON.stringify(value);
  if (text === undefined) throw new TypeError(`a ${typeof value} has no JSON`);
  return text;
}

/** The digest of a value, whatever its spelling was: of its canonical JSON. */
export function digestOfValue(value: unknown): Digest {
  return digestOf(canonicalJson(value));
}

/** The digest of these very bytes: of a record, the one that `sha256sum record.json` prints. */
export function digestOf(text: string): Digest {
  return `sha256:${createHash("sha256").update(text).digest("hex")}` as Digest;
}
