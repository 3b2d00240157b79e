/** What files of a host held, by path below its root: `proc/sys/vm/swappiness`. A file that is not there is not in it. */
export type Contents = ReadonlyMap<string, string>;

/** Paths that a pattern means, out of those that were read: its one `*` stands for a number, as in cpu3 or irq/24. */
export function matchesOf(pattern: string, contents: Contents): string[] {
  const [before = "", after] = pattern.split("*");
  if (after === undefined) return contents.has(pattern) ? [pattern] : [];
  const isMatch = (path: string) =>
    path.startsWith(before) &&
    path.endsWith(after) &&
    /^\d+$/.test(path.slice(before.length, path.length - after.length));
  return [...contents.keys()].filter(isMatch).sort(byNumber);
}

/** What `cd / && grep -sH '' PATTERN…` prints: each line after the path of its file. It is how a host that has only sh is read. */
export function parseContents(printed: string): Contents {
  const contents = new Map<string, string>();
  for (const line of printed.split("\n")) {
    const colon = line.indexOf(":");
    if (colon < 0) continue;
    const path = line.slice(0, colon);
    contents.set(path, `${contents.get(path) ?? ""}${line.slice(colon + 1)}\n`);
  }
  return contents;
}

function byNumber(a: string, b: string): number {
  return a.localeCompare(b, "en", { numeric: true });
}
