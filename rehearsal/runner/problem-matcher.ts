import { boundedMatch } from "./bounded-match.ts";
import { type MatcherConfig, type PatternConfig, VALUE_NAMES } from "./matcher-config.ts";

/** What a line was found to say, as texts of the line. */
export type Problem = { readonly [name in (typeof VALUE_NAMES)[number]]?: string };

/** The problem matchers of a job: what a step adds holds for itself and for those after it. */
export class ProblemMatchers {
  #configs: readonly MatcherConfig[] = [];

  /** The newest first; one with the same owner is replaced. */
  add(configs: readonly MatcherConfig[]): void {
    this.remove(configs.map(({ owner }) => owner));
    this.#configs = [...configs, ...this.#configs];
  }

  remove(owners: readonly string[]): void {
    const gone = new Set(owners.map((owner) => owner.toLowerCase()));
    this.#configs = this.#configs.filter(({ owner }) => !gone.has(owner.toLowerCase()));
  }

  get current(): readonly MatcherConfig[] {
    return this.#configs;
  }
}

/** What each pattern of a matcher has found so far, on the lines before. */
type Progress = (Problem | undefined)[];

/** Looks for problems in the output of one step. */
export class ProblemScan {
  readonly #matchers: ProblemMatchers;
  readonly #onGivenUp: (owner: string) => void;
  readonly #progress = new Map<MatcherConfig, Progress>();

  /** Whose expression takes too long is taken away, and told of. */
  constructor(matchers: ProblemMatchers, onGivenUp: (owner: string) => void) {
    this.#matchers = matchers;
    this.#onGivenUp = onGivenUp;
  }

  /** The problems that a line completes, in the order in which the matchers were asked. */
  *see(line: string): Generator<Problem> {
    const configs = this.#matchers.current;
    const found = this.#find(configs, line);
    for (const config of configs) {
      const matches = found.get(config);
      if (!matches) continue;
      const progress = this.#progress.get(config) ?? [];
      this.#progress.set(config, progress);
      const problem = advance(config, progress, matches);
      if (!problem) continue;
      // Who has found something is the one whose output this is.
      for (const other of configs) if (other !== config) this.#progress.delete(other);
      yield { ...problem, severity: problem.severity || config.severity };
    }
  }

  /** What the expressions find, all at once; when that takes too long, one matcher after the other. */
  #find(configs: readonly MatcherConfig[], line: string): Map<MatcherConfig, Matches> {
    const wanted = configs.map((config) => [config, this.#patternsFor(config)] as const);
    const all = matchesOf(
      wanted.flatMap(([, patterns]) => patterns),
      line,
      1,
    );
    if (all) return new Map(configs.map((config) => [config, all]));
    const found = new Map<MatcherConfig, Matches>();
    for (const [config, patterns] of wanted) {
      const own = matchesOf(patterns, line, ATTEMPTS);
      if (own) {
        found.set(config, own);
        continue;
      }
      this.#matchers.remove([config.owner]);
      this.#onGivenUp(config.owner);
    }
    return found;
  }

  /** A pattern is asked when those before it have found something. */
  #patternsFor(config: MatcherConfig): readonly PatternConfig[] {
    const progress = this.#progress.get(config);
    return config.patterns.filter((_, at) => at === 0 || progress?.[at - 1] !== undefined);
  }
}

/** How often GitHub's runner lets a matcher take too long for a line before it removes it. */
const ATTEMPTS = 3;

type Matches = ReadonlyMap<PatternConfig, RegExpExecArray>;

function matchesOf(
  patterns: readonly PatternConfig[],
  line: string,
  attempts: number,
): Matches | undefined {
  const found = boundedMatch(
    patterns.map(({ regexp }) => regexp),
    line,
    attempts,
  );
  if (!found) return undefined;
  return new Map(
    patterns.flatMap((pattern, at) => {
      const match = found[at];
      return match ? [[pattern, match] as const] : [];
    }),
  );
}

/** Goes from the last pattern to the first, so that a line is used once. */
function advance(
  { patterns }: MatcherConfig,
  progress: Progress,
  matches: Matches,
): Problem | undefined {
  const last = patterns.length - 1;
  for (let at = last; at >= 0; at--) {
    const before = at === 0 ? {} : progress[at - 1];
    const pattern = patterns[at];
    if (!before || !pattern) continue;
    const found = matches.get(pattern) ?? null;
    if (at < last) {
      progress[at] = found ? { ...valuesIn(pattern, found), ...before } : undefined;
      continue;
    }
    if (!found) {
      if (at > 0) progress[at - 1] = undefined;
      continue;
    }
    progress.length = 0;
    if (pattern.loop && at > 0) progress[at - 1] = before;
    return { ...valuesIn(pattern, found), ...before };
  }
  return undefined;
}

function valuesIn(pattern: PatternConfig, found: RegExpExecArray): Problem {
  return Object.fromEntries(
    VALUE_NAMES.flatMap((name) => {
      const group = pattern.groups[name];
      return group === undefined ? [] : [[name, found[group] ?? ""]];
    }),
  );
}
