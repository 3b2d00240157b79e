import { readdirSync, readFileSync } from "node:fs";
import { join, posix } from "node:path";
import { parseSync } from "vite";

/** One arrow from a source file. */
export interface Import {
  /** Relative to the repository. */
  from: string;
  /** A path relative to the repository, or a package or built-in as it is written. */
  to: string;
  isFile: boolean;
  /** Erased before the program runs. */
  typeOnly: boolean;
}

export const SOURCE_FOLDERS = [
  "actions",
  "cli",
  "engine",
  "lib",
  "perf",
  "rehearsal",
  "scripts",
  "test",
] as const;

const SOURCE = /\.(ts|js|mjs)$/;

/** All imports of all sources below `root`. */
export function importsBelow(root: string): Import[] {
  return SOURCE_FOLDERS.flatMap((folder) => sourcesIn(root, folder)).flatMap((path) =>
    importsOf(path, readFileSync(join(root, path), "utf8")),
  );
}

/** What one file imports, re-exports or loads on demand. */
export function importsOf(from: string, text: string): Import[] {
  const { module, errors } = parseSync(from, text);
  if (errors.length > 0) throw new Error(`${from}: ${errors[0]?.message}`);
  const imported = module.staticImports.map(({ moduleRequest, entries }) => ({
    specifier: moduleRequest.value,
    typeOnly: entries.length > 0 && entries.every((entry) => entry.isType),
  }));
  const reexported = module.staticExports.flatMap(({ entries }) =>
    entries.flatMap(({ moduleRequest, isType }) =>
      moduleRequest ? [{ specifier: moduleRequest.value, typeOnly: isType }] : [],
    ),
  );
  const loaded = module.dynamicImports.flatMap(({ moduleRequest }) => {
    const literal = /^["'`](.*)["'`]$/.exec(text.slice(moduleRequest.start, moduleRequest.end));
    return literal?.[1] ? [{ specifier: literal[1], typeOnly: false }] : [];
  });
  return [...imported, ...reexported, ...loaded].map(({ specifier, typeOnly }) => ({
    from,
    ...resolve(from, specifier),
    typeOnly,
  }));
}

function resolve(from: string, specifier: string): Pick<Import, "to" | "isFile"> {
  if (!specifier.startsWith(".")) return { to: specifier, isFile: false };
  return { to: posix.join(posix.dirname(from), specifier), isFile: true };
}

function sourcesIn(root: string, folder: string): string[] {
  let entries: string[];
  try {
    entries = readdirSync(join(root, folder), { recursive: true, encoding: "utf8" });
  } catch {
    return [];
  }
  return entries
    .map((path) => posix.join(folder, path.replaceAll("\\", "/")))
    .filter((path) => SOURCE.test(path) && !path.endsWith(".d.ts"))
    .filter((path) => !path.includes("node_modules/") && !path.startsWith("rehearsal/out/"))
    .sort();
}
