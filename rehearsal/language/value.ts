import type { ExpressionData } from "@actions/expressions/data/expressiondata";
import { data } from "./github.ts";

/** What an expression can evaluate to, as plain data. */
export type Value =
  | string
  | number
  | boolean
  | null
  | readonly Value[]
  | { readonly [key: string]: Value };

/**
 * GitHub's Dictionary keeps its index in a plain object, so that a key called `constructor` is lost;
 * a job or an input may well be called so.
 */
class SafeDictionary extends data.Dictionary {
  readonly #entries = new Map<string, { key: string; value: ExpressionData }>();

  override add(key: string, value: ExpressionData): void {
    // The base class calls this from its constructor, before the map exists; it is called there without pairs.
    const folded = key.toLowerCase();
    if (!this.#entries.has(folded)) this.#entries.set(folded, { key, value });
  }

  override get(key: string): ExpressionData | undefined {
    return this.#entries.get(key.toLowerCase())?.value;
  }

  override values(): ExpressionData[] {
    return [...this.#entries.values()].map((entry) => entry.value);
  }

  override pairs(): { key: string; value: ExpressionData }[] {
    return [...this.#entries.values()];
  }
}

/** Keys are found whatever their case, as everywhere in GitHub's contexts. */
export function dictionary(
  pairs: Iterable<readonly [string, ExpressionData]>,
): InstanceType<typeof data.Dictionary> {
  const result = new SafeDictionary();
  for (const [key, value] of pairs) result.add(key, value);
  return result;
}

/** Environment variables are told apart by case, as the machine does. */
class ExactDictionary extends data.Dictionary {
  readonly #entries: ReadonlyMap<string, ExpressionData>;

  constructor(entries: ReadonlyMap<string, ExpressionData>) {
    super();
    this.#entries = entries;
  }

  override get(key: string): ExpressionData | undefined {
    return this.#entries.get(key);
  }

  override values(): ExpressionData[] {
    return [...this.#entries.values()];
  }

  override pairs(): { key: string; value: ExpressionData }[] {
    return [...this.#entries].map(([key, value]) => ({ key, value }));
  }
}

export function exactDictionary(value: Value): InstanceType<typeof data.Dictionary> {
  const entries = isMap(value) ? Object.entries(value) : [];
  return new ExactDictionary(new Map(entries.map(([key, item]) => [key, toData(item)])));
}

export function toData(value: Value | undefined): ExpressionData {
  if (value === null || value === undefined) return new data.Null();
  if (typeof value === "string") return new data.StringData(value);
  if (typeof value === "number") return new data.NumberData(value);
  if (typeof value === "boolean") return new data.BooleanData(value);
  if (isList(value)) return new data.Array(...value.map((item) => toData(item)));
  return dictionary(Object.entries(value).map(([key, item]) => [key, toData(item)] as const));
}

function isList(value: Value): value is readonly Value[] {
  return Array.isArray(value);
}

export function isMap(value: Value | undefined): value is { readonly [key: string]: Value } {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

export function toValue(item: ExpressionData): Value {
  if (item instanceof data.StringData) return item.value;
  if (item instanceof data.NumberData) return item.value;
  if (item instanceof data.BooleanData) return item.value;
  if (item instanceof data.Array) return item.values().map(toValue);
  if (item instanceof data.Dictionary) {
    const result = Object.create(null) as { [key: string]: Value };
    for (const { key, value } of item.pairs()) result[key] = toValue(value);
    return result;
  }
  return null;
}

/** GitHub prints numbers with 15 digits, and in powers of ten from 1E+15 on. */
function numberText(value: number): string {
  if (!Number.isFinite(value) || value === 0) return String(value === 0 ? 0 : value);
  const [digits = "", power = "0"] = value.toExponential(14).split("e");
  const exponent = Number(power);
  if (exponent > -5 && exponent < 15) return String(Number(value.toPrecision(15)));
  const sign = exponent < 0 ? "-" : "+";
  return `${Number(digits)}E${sign}${String(Math.abs(exponent)).padStart(2, "0")}`;
}

data.NumberData.prototype.coerceString = function (): string {
  return numberText(this.value);
};

/** As GitHub prints a value inside a string. */
export function toText(value: Value | undefined): string {
  if (value === undefined) return "";
  return toData(value).coerceString();
}

/** For fields that want true or false: an expression may give either as text. */
export function isYes(value: Value): boolean {
  return typeof value === "string" ? value.trim().toLowerCase() === "true" : isTruthy(value);
}

/** Empty string, 0, NaN, false and null are false. */
export function isTruthy(value: Value): boolean {
  if (typeof value === "number") return value !== 0 && !Number.isNaN(value);
  if (typeof value === "object") return value !== null;
  return Boolean(value);
}
