/**
 * GitHub's filter patterns: `*` stays within a path part, `**` does not, `?` and `+` repeat what is before them,
 * `[ ]` is one of a set, `!` takes away from what earlier patterns matched.
 */
export function matchesFilter(patterns: readonly string[], name: string): boolean {
  let matched = false;
  for (const pattern of patterns) {
    const negated = pattern.startsWith("!");
    if (patternOf(negated ? pattern.slice(1) : pattern).test(name)) matched = !negated;
  }
  return matched;
}

const cache = new Map<string, RegExp>();

function patternOf(pattern: string): RegExp {
  const known = cache.get(pattern);
  if (known) return known;
  const compiled = compile(pattern);
  cache.set(pattern, compiled);
  return compiled;
}

function compile(pattern: string): RegExp {
  let source = "";
  for (let at = 0; at < pattern.length; at++) {
    const char = pattern[at] ?? "";
    if (char === "*" && pattern[at + 1] === "*") {
      while (pattern[at + 1] === "*") at++;
      // `**/` also matches nothing: `**/a` matches `a`.
      if (pattern[at + 1] === "/" && (at < 2 || pattern[at - 2] === "/")) {
        source += "(?:.*/)?";
        at++;
      } else source += ".*";
      continue;
    }
    if (char === "[") {
      const end = pattern.indexOf("]", at + 1);
      if (end > at + 1) {
        source += `[${pattern.slice(at + 1, end).replace(/[\\^]/g, "\\$&")}]`;
        at = end;
        continue;
      }
    }
    if (char === "\\" && at + 1 < pattern.length) {
      at++;
      source += literal(pattern[at] ?? "");
      continue;
    }
    source += translate(char, source === "");
  }
  try {
    return new RegExp(`^${source}$`, "su");
  } catch {
    return new RegExp(`^${literal(pattern)}$`, "su");
  }
}

function translate(char: string, first: boolean): string {
  if (char === "*") return "[^/]*";
  if ((char === "?" || char === "+") && !first) return char;
  return literal(char);
}

function literal(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&");
}
