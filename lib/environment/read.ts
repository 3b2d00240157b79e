import { open } from "node:fs/promises";
import { basename, extname, resolve } from "node:path";
import { SluiceError } from "../error.ts";
import { baseFolder } from "./base-folder.ts";
import { parseSource } from "./document.ts";
import type { Environment } from "./environment.ts";
import { faultsError } from "./fault.ts";
import { fault, faultsOf } from "./issues.ts";
import { breaches } from "./rules.ts";
import { environmentSchema } from "./schema.ts";
import { typed } from "./typed.ts";

export const MAX_ENVIRONMENT_BYTES = 64 * 1024;

/**
 * Reads and checks environments/NAME.yaml. All that is wrong is told at once, in one SluiceError
 * `invalid-environment`. `target.site` is taken from the folder that SLUICE_SITES names, so that every job of a
 * runner finds the same site whatever its workspace is; else from the root of the repository that holds the file.
 * The files of `verify` are always taken from there: they come with the checkout.
 */
export async function readEnvironment(
  path: string,
  env: NodeJS.ProcessEnv = process.env,
): Promise<Environment> {
  const file = resolve(path);
  const text = await readText(file, path);
  return parseEnvironment(text, {
    file: path,
    name: basename(file, extname(file)),
    base: await baseFolder(file),
    ...(env.SLUICE_SITES ? { sites: env.SLUICE_SITES } : {}),
  });
}

/** The pure part of `readEnvironment`: `base` is what paths are relative to, `target.site` to `sites` where given. */
export function parseEnvironment(
  text: string,
  where: { file: string; name: string; base: string; sites?: string },
): Environment {
  const source = parseSource(text);
  if (Array.isArray(source)) throw faultsError(where.file, source);
  const read = environmentSchema.safeParse(source.value);
  const faults = [
    ...(read.success ? [] : faultsOf(read.error.issues, source)),
    ...breaches(source.value).map(({ path, accepted }) =>
      fault(path, accepted, source, "is left at its default"),
    ),
  ];
  if (!read.success || faults.length > 0) throw faultsError(where.file, faults);
  const { name, base, sites = base } = where;
  return typed(read.data, { name, base, sites });
}

async function readText(file: string, shown: string): Promise<string> {
  const bytes = await readAtMost(file, MAX_ENVIRONMENT_BYTES + 1).catch((cause: unknown) => {
    throw new SluiceError("invalid-environment", `cannot read the environment file ${shown}`, {
      hint: "give the path of a file such as environments/production.yaml",
      cause,
    });
  });
  if (bytes.length > MAX_ENVIRONMENT_BYTES) {
    throw new SluiceError(
      "invalid-environment",
      `${shown} has more than ${MAX_ENVIRONMENT_BYTES} bytes, the most that an environment file may have`,
    );
  }
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch (cause) {
    throw new SluiceError("invalid-environment", `${shown} is not UTF-8 text`, { cause });
  }
}

async function readAtMost(file: string, limit: number): Promise<Uint8Array> {
  await using handle = await open(file);
  const buffer = new Uint8Array(limit);
  let length = 0;
  while (length < limit) {
    const { bytesRead } = await handle.read(buffer, length, limit - length);
    if (bytesRead === 0) break;
    length += bytesRead;
  }
  return buffer.subarray(0, length);
}
