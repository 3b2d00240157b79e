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
  readonly #progress = new Map<MatcherConfig, Progress>();

  constructor(matchers: ProblemMatchers) {
    this.#matchers = matchers;
  }

  /** The problems that a line completes, in the order in which the matchers were asked. */
  *see(line: string): Generator<Problem> {
    const configs = this.#matchers.current;
    for (const config of configs) {
      const progress = this.#progress.get(config) ?? [];
      this.#progress.set(config, progress);
      const problem = advance(config, progress, line);
      if (!problem) continue;
      // Who has found something is the one whose output this is.
      for (const other of configs) if (other !== config) this.#progress.delete(other);
      yield { ...problem, severity: problem.severity || config.severity };
    }
  }
}

/** Goes from the last pattern to the first, so that a line is used once. */
function advance(
  { patterns }: MatcherConfig,
  progress: Progress,
  line: string,
): Problem | undefined {
  const last = patterns.length - 1;
  for (let at = last; at >= 0; at--) {
    const before = at === 0 ? {} : progress[at - 1];
    const pattern = patterns[at];
    if (!before || !pattern) continue;
    const found = pattern.regexp.exec(line);
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
