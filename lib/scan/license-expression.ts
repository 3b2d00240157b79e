/**
 * Whether a licence expression can be met with what `isAllowed` allows: one side of an OR is enough, of an AND both are
 * needed. `X WITH an exception` grants more than X, so X alone allows it. What cannot be read is not allowed.
 */
export function isMetBy(expression: string, isAllowed: (license: string) => boolean): boolean {
  if (isAllowed(expression)) return true;
  const tokens = expression.match(/[()]|[^\s()]+/g) ?? [];
  const reader = new Reader(tokens, isAllowed);
  const met = reader.anyOf();
  return reader.isWellFormed() && met;
}

class Reader {
  #at = 0;
  #isBroken = false;
  readonly #tokens: readonly string[];
  readonly #isAllowed: (license: string) => boolean;

  constructor(tokens: readonly string[], isAllowed: (license: string) => boolean) {
    this.#tokens = tokens;
    this.#isAllowed = isAllowed;
  }

  isWellFormed(): boolean {
    return !this.#isBroken && this.#at === this.#tokens.length;
  }

  anyOf(): boolean {
    let met = this.#allOf();
    while (this.#takes("OR")) met = this.#allOf() || met;
    return met;
  }

  #allOf(): boolean {
    let met = this.#one();
    while (this.#takes("AND")) met = this.#one() && met;
    return met;
  }

  #one(): boolean {
    if (!this.#takes("(")) return this.#license();
    const met = this.anyOf();
    if (!this.#takes(")")) this.#isBroken = true;
    return met;
  }

  #license(): boolean {
    const name = this.#tokens[this.#at];
    if (name === undefined || /^(AND|OR|WITH|[()])$/i.test(name)) {
      this.#isBroken = true;
      return false;
    }
    this.#at += 1;
    if (!this.#takes("WITH")) return this.#isAllowed(name);
    const exception = this.#tokens[this.#at] ?? "";
    this.#at += 1;
    return this.#isAllowed(name) || this.#isAllowed(`${name} WITH ${exception}`);
  }

  #takes(word: string): boolean {
    if (this.#tokens[this.#at]?.toUpperCase() !== word) return false;
    this.#at += 1;
    return true;
  }
}
