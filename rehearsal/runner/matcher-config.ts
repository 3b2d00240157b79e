/** What a pattern can take from a line. */
export const VALUE_NAMES = [
  "file",
  "line",
  "column",
  "severity",
  "code",
  "message",
  "fromPath",
] as const;
type ValueName = (typeof VALUE_NAMES)[number];

export interface PatternConfig {
  readonly regexp: RegExp;
  /** Which group of the expression holds what. */
  readonly groups: { readonly [name in ValueName]?: number };
  readonly loop: boolean;
}

/** A problem matcher, as an action's file describes it. */
export interface MatcherConfig {
  readonly owner: string;
  readonly severity: string;
  readonly patterns: readonly PatternConfig[];
}

type Json = { readonly [name: string]: unknown };

/** Reads a file of problem matchers; throws with what is wrong with it. */
export function readMatchers(text: string): MatcherConfig[] {
  const content: unknown = JSON.parse(text.replace(/^\uFEFF/, ""));
  const matchers = listIn(content, "problemMatcher").map(readMatcher);
  const owners = matchers.map(({ owner }) => owner.toLowerCase());
  const twice = owners.find((owner, at) => owners.indexOf(owner) !== at);
  if (twice !== undefined) throw new Error(`Duplicate owner name '${twice}'`);
  return matchers;
}

/** The owners that a file names, for those who take its matchers away again. */
export function ownersIn(text: string): string[] {
  const content: unknown = JSON.parse(text.replace(/^\uFEFF/, ""));
  return listIn(content, "problemMatcher").map((matcher) => textIn(matcher, "owner"));
}

function readMatcher(given: unknown): MatcherConfig {
  const owner = textIn(given, "owner");
  if (owner === "") throw new Error("Owner must not be empty");
  const severity = textIn(given, "severity");
  if (!["", "error", "warning", "notice"].includes(severity.toLowerCase())) {
    throw new Error(`Matcher '${owner}' contains unexpected default severity '${severity}'`);
  }
  const items = listIn(given, "pattern");
  if (items.length === 0) throw new Error(`Matcher '${owner}' does not contain any patterns`);
  const patterns = items.map((item, at) => readPattern(item, at, items.length));
  for (const name of VALUE_NAMES) {
    const setting = patterns.filter(({ groups }) => groups[name] !== undefined);
    if (setting.length > 1) throw new Error(`The property '${name}' is set twice`);
    if (name === "message" && setting.length === 0)
      throw new Error("At least one pattern must set 'message'");
  }
  return { owner, severity, patterns };
}

function readPattern(given: unknown, at: number, count: number): PatternConfig {
  const source = textIn(given, "regexp");
  const regexp = new RegExp(source);
  const groupCount = new RegExp(`${source}|`).exec("")?.length ?? 1;
  const groups: { [name in ValueName]?: number } = {};
  for (const name of VALUE_NAMES) {
    const group = isObject(given) ? given[name] : undefined;
    if (group === undefined || group === null) continue;
    if (typeof group !== "number" || !Number.isInteger(group) || group < 0 || group >= groupCount) {
      throw new Error(
        `The property '${name}' is set to ${JSON.stringify(group)} which is out of range`,
      );
    }
    groups[name] = group;
  }
  const loop = isObject(given) && given.loop === true;
  if (loop && (at === 0 || at !== count - 1)) {
    throw new Error("Only the last pattern in a multiline matcher may set 'loop'");
  }
  if (loop && groups.message === undefined) throw new Error("The loop pattern must set 'message'");
  return { regexp, groups, loop };
}

function isObject(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function textIn(value: unknown, name: string): string {
  const found = isObject(value) ? value[name] : undefined;
  return typeof found === "string" ? found : "";
}

function listIn(value: unknown, name: string): readonly unknown[] {
  const found = isObject(value) ? value[name] : undefined;
  return Array.isArray(found) ? found : [];
}
