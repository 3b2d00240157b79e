import { readFile } from "node:fs/promises";
import { z } from "zod";
import { SluiceError } from "../../lib/error.ts";
import { Record, type ReleaseRecord } from "../../lib/evidence/record.ts";

/** The releases of the record at `path`; with `version`, that one alone. Throws `invalid-input`. */
export async function readReleases(
  path: string,
  version: string | undefined,
): Promise<ReleaseRecord[]> {
  const text = await readFile(path, "utf8").catch((cause: unknown) => {
    throw new SluiceError("invalid-input", `cannot read the record ${path}`, {
      hint: "give the record.json that the report action wrote",
      cause,
    });
  });
  const { releases } = parse(path, text);
  if (version === undefined) return releases;
  const found = releases.filter((release) => release.version === version);
  if (found.length > 0) return found;
  const there = releases.map((release) => release.version).join(", ") || "none";
  throw new SluiceError("invalid-input", `${path} has no release ${version}; it has ${there}`);
}

function parse(path: string, text: string): Record {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw noRecord(path, cause);
  }
  const read = Record.safeParse(value);
  if (read.success) return read.data;
  throw noRecord(path, new Error(z.prettifyError(read.error)));
}

function noRecord(path: string, cause: unknown): SluiceError {
  return new SluiceError("invalid-input", `${path} is no release record`, {
    hint: "docs/record.md says what one looks like",
    cause,
  });
}
