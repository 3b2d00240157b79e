import { glob, realpath, stat } from "node:fs/promises";
import { relative, resolve, sep } from "node:path";
import { SluiceError } from "../../lib/error.ts";

/** More scripts than this are a mistake in `path`. */
const MAX_SCRIPTS = 100;

/** The scripts that the patterns name, absolute, sorted, each once. A pattern that finds nothing is refused. */
export async function scriptsOf(patterns: readonly string[], workspace: string): Promise<string[]> {
  const left = patterns.filter((one) => one.startsWith("!")).map((one) => one.slice(1));
  const wanted = patterns.filter((one) => !one.startsWith("!"));
  if (wanted.length === 0) throw nothing("path has only exclusions");
  const excluded = new Set((await Promise.all(left.map((one) => filesOf(one, workspace)))).flat());
  const found = new Set<string>();
  for (const pattern of wanted) {
    const files = await filesOf(pattern, workspace);
    if (files.length === 0) throw nothing(`no script is at ${pattern}`);
    for (const file of files) if (!excluded.has(file)) found.add(file);
  }
  if (found.size === 0) throw nothing(`all scripts that path names are excluded`);
  if (found.size > MAX_SCRIPTS)
    throw nothing(`path names ${found.size} scripts, accepted are ${MAX_SCRIPTS}`);
  return [...found].sort();
}

async function filesOf(pattern: string, workspace: string): Promise<string[]> {
  const root = await realpath(workspace);
  const named = resolve(root, pattern);
  const direct = (await isFile(named)) ? [named] : [];
  const matches = direct.length > 0 ? direct : await matchesOf(pattern, root);
  const files: string[] = [];
  for (const match of matches) {
    if (!(await isFile(match))) continue;
    const real = await realpath(match);
    if (!real.startsWith(root + sep))
      throw nothing(`${relative(root, match)} leads out of ${root}`);
    files.push(real);
  }
  return files;
}

async function matchesOf(pattern: string, root: string): Promise<string[]> {
  const matches: string[] = [];
  for await (const match of glob(pattern, { cwd: root })) matches.push(resolve(root, match));
  return matches;
}

async function isFile(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isFile(),
    () => false,
  );
}

function nothing(message: string): SluiceError {
  return new SluiceError("invalid-input", `path: ${message}`, {
    hint: "write the scripts' paths relative to the workspace, one a line",
  });
}
