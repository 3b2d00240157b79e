import picomatch from "picomatch";

export type Matches = (path: string) => boolean;

/**
 * Never packed: what differs between two folders of the same commit, or belongs to one machine. npm notes in
 * `.package-lock.json` where it downloaded from.
 */
export const ALWAYS_EXCLUDED: readonly string[] = [
  "**/.git",
  "**/node_modules/.package-lock.json",
  "**/node_modules/.cache",
  "**/.DS_Store",
];

export interface Pattern {
  text: string;
  /** The folder that it begins in, or the path itself when it is no glob. */
  base: string;
  isGlob: boolean;
}

/** What of `path` is to be packed, and what is to be left out. */
export function splitPatterns(texts: readonly string[]): {
  included: Pattern[];
  excluded: string[];
} {
  const excluded = texts.filter((text) => text.startsWith("!")).map((text) => clean(text.slice(1)));
  const included = texts.filter((text) => !text.startsWith("!")).map(readPattern);
  return { included, excluded };
}

function readPattern(written: string): Pattern {
  const text = clean(written);
  const { base, isGlob } = picomatch.scan(text);
  return { text, base: isGlob ? base || "." : text, isGlob };
}

/** A path matches when a pattern names it or a folder that it is in. */
export function matcher(patterns: readonly string[]): Matches {
  if (patterns.length === 0) return () => false;
  const withContent = patterns.flatMap((pattern) => [pattern, `${pattern}/**`]);
  return picomatch(withContent, { dot: true });
}

/** `./a/` and `a` are the same. */
function clean(pattern: string): string {
  return pattern.replace(/^(\.\/+)+/, "").replace(/\/+$/, "") || ".";
}
