/** How far below its name a package's version stands, in the lock files that there are. */
const NEAR_LINES = 4;

/**
 * The line of a lock file at which a package begins: where its name stands and, close by, its version. Lock files
 * of all kinds name a package in full before its version, so none of them has to be understood.
 */
export function lineOfPackage(
  text: string,
  name: string,
  version: string | undefined,
): number | undefined {
  const lines = text.split("\n");
  const all = lines.flatMap((line, index) => (standsIn(line, name) ? [index] : []));
  // npm names a package also where another one asks for it; its own entry is a path.
  const own = all.filter((index) => lines[index]?.includes(`node_modules/${name}"`));
  const named = own.length > 0 ? own : all;
  const exact = named.find((index) => {
    const near = lines.slice(index, index + NEAR_LINES);
    return version !== undefined && near.some((line) => standsIn(line, version));
  });
  const at = exact ?? named[0];
  return at === undefined ? undefined : at + 1;
}

/** Whether `word` stands there and is not part of a longer name: `left-pad` is not in `left-pad-plus`. */
function standsIn(line: string, word: string): boolean {
  for (let at = line.indexOf(word); at !== -1; at = line.indexOf(word, at + 1)) {
    const before = line[at - 1] ?? " ";
    const after = line[at + word.length] ?? " ";
    if (!/[\w.-]/.test(before) && !/[\w-]/.test(after) && !isScopeOrFolder(before, line, at))
      return true;
  }
  return false;
}

/** `@types/ws` is not `ws`, while `node_modules/ws` is. */
function isScopeOrFolder(before: string, line: string, at: number): boolean {
  return before === "/" && !line.slice(0, at).endsWith("node_modules/");
}
