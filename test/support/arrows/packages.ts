import { isBuiltin } from "node:module";
import type { Import } from "./import.ts";

/** The packages that may be imported below a folder. */
export interface Declared {
  folder: string;
  packages: readonly string[];
}

/**
 * Imports of packages that the folder's package.json does not declare: they work only as long as somebody else
 * happens to bring them along. The most specific folder counts.
 */
export function undeclared(imports: readonly Import[], declared: readonly Declared[]): string[] {
  return imports
    .filter(({ to, isFile }) => !isFile && !isBuiltin(to))
    .flatMap(({ from, to }) => {
      const [nearest] = declared
        .filter(({ folder }) => from.startsWith(`${folder}/`))
        .sort((a, b) => b.folder.length - a.folder.length);
      if (!nearest || nearest.packages.includes(packageOf(to))) return [];
      return [`${from} imports ${to}, which is not declared for ${nearest.folder}/`];
    });
}

/** `@actions/core` of `@actions/core/lib/x.js`. */
function packageOf(specifier: string): string {
  return specifier
    .split("/")
    .slice(0, specifier.startsWith("@") ? 2 : 1)
    .join("/");
}
