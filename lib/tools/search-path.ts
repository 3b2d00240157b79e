import { access, constants, stat } from "node:fs/promises";
import { delimiter, join, resolve } from "node:path";

/** The program that a shell would start for `name`, as an absolute path. */
export async function findOnPath(
  name: string,
  env: NodeJS.ProcessEnv,
): Promise<string | undefined> {
  // An empty entry would mean the working directory: never start a tool that a checkout brought along.
  const folders = (env.PATH ?? "").split(delimiter).filter((folder) => folder !== "");
  for (const folder of folders) {
    const file = resolve(join(folder, name));
    if (await isProgram(file)) return file;
  }
  return undefined;
}

async function isProgram(file: string): Promise<boolean> {
  try {
    await access(file, constants.X_OK);
    return (await stat(file)).isFile();
  } catch {
    return false;
  }
}
