import { readdir } from "node:fs/promises";
import { join } from "node:path";
import type { Environment } from "../../lib/environment/environment.ts";
import { readEnvironment } from "../../lib/environment/read.ts";
import { SluiceError } from "../../lib/error.ts";

const FOLDER = "environments";

/** The environment in `file`; without one, the only one that is here. */
export async function chosenEnvironment(file: string | undefined): Promise<Environment> {
  return readEnvironment(file ?? (await onlyFile()));
}

async function onlyFile(): Promise<string> {
  const names = await readdir(FOLDER).catch(() => []);
  const files = names.filter((name) => /\.ya?ml$/.test(name)).map((name) => join(FOLDER, name));
  const [only, ...others] = files;
  if (only !== undefined && others.length === 0) return only;
  const there = only === undefined ? "there is none" : `there are ${files.join(", ")}`;
  throw new SluiceError("invalid-input", `no --environment was given, and in ${FOLDER}/ ${there}`, {
    hint: "name one: --environment environments/production.yaml",
  });
}
