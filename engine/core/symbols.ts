export interface SymbolSpec {
  name: string;
  /** Prices are whole multiples of this. */
  tick: number;
  /** Quantities are whole multiples of this. */
  lot: number;
}

export interface Listed extends SymbolSpec {
  index: number;
  /** Asset numbers. */
  base: number;
  quote: number;
}

const DEFAULT_QUOTE = "USD";

/** The symbols and assets of an engine: names outside, numbers inside, numbered in the order in which they came. */
export class Symbols {
  readonly listed: Listed[] = [];
  readonly assets: string[] = [];
  readonly #byName = new Map<string, Listed>();
  readonly #assetByName = new Map<string, number>();

  find(name: string): Listed | undefined {
    return this.#byName.get(name);
  }

  list(spec: SymbolSpec): Listed {
    const { base, quote } = pairOf(spec.name);
    const listed = {
      ...spec,
      index: this.listed.length,
      base: this.asset(base),
      quote: this.asset(quote),
    };
    this.listed.push(listed);
    this.#byName.set(spec.name, listed);
    return listed;
  }

  asset(name: string): number {
    const known = this.#assetByName.get(name);
    if (known !== undefined) return known;
    this.#assetByName.set(name, this.assets.length);
    return this.assets.push(name) - 1;
  }
}

/** `BTC-USD` and `BTC/USD` trade BTC for USD; a name without a quote is traded for USD. */
function pairOf(name: string): { base: string; quote: string } {
  const parts = /^(.+)[-/](.+)$/.exec(name);
  return { base: parts?.[1] ?? name, quote: parts?.[2] ?? DEFAULT_QUOTE };
}
