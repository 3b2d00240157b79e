/** A package URL, taken apart as far as matching needs it. */
interface Purl {
  type: string;
  /** Namespace and name, decoded. */
  path: string;
  version: string | undefined;
  qualifiers: ReadonlyMap<string, string>;
}

function parsePurl(text: string): Purl | undefined {
  const found = /^pkg:\/{0,2}([^/]+)\/([^?#]+)(?:\?([^#]*))?(?:#.*)?$/.exec(text.trim());
  if (!found) return undefined;
  const [, type = "", rest = "", query = ""] = found;
  // A scope such as @types is written %40types, so a bare @ after the first character begins the version.
  const at = rest.lastIndexOf("@");
  const named = at > 0 ? rest.slice(0, at) : rest;
  const version = at > 0 ? decode(rest.slice(at + 1)) : undefined;
  const qualifiers = new Map(new URLSearchParams(query));
  return { type: type.toLowerCase(), path: decode(named), version, qualifiers };
}

/** Whether it can be matched at all. */
export function isPurl(text: string): boolean {
  return parsePurl(text) !== undefined;
}

/** Whether `pattern` means `purl`: what the pattern leaves open (version, qualifiers) may be anything. */
export function purlMatches(pattern: string, purl: string): boolean {
  const wanted = parsePurl(pattern);
  const found = parsePurl(purl);
  if (!wanted || !found) return false;
  if (wanted.type !== found.type || wanted.path !== found.path) return false;
  if (wanted.version !== undefined && wanted.version !== found.version) return false;
  return [...wanted.qualifiers].every(([key, held]) => found.qualifiers.get(key) === held);
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
