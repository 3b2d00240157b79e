import { nearest } from "../nearest.ts";
import { DIGEST_ACCEPTED, type Digest, parseDigest } from "../units/digest.ts";
import { DURATION_ACCEPTED, parseDurationMs } from "../units/duration.ts";
import { PERCENTAGE_ACCEPTED, parsePercent } from "../units/percentage.ts";
import { type Kind, kindOf, type Parsed, problem, value } from "./kind.ts";

/** GitHub's own set: the YAML 1.2 core schema. `yes`, `on` and `1` are no booleans. */
const BOOLEANS: ReadonlyMap<string, boolean> = new Map([
  ...["true", "True", "TRUE"].map((text) => [text, true] as const),
  ...["false", "False", "FALSE"].map((text) => [text, false] as const),
]);

export const booleanKind: Kind<boolean> = kindOf(
  "true or false (also True, TRUE, False, FALSE)",
  (text) => BOOLEANS.get(text),
  { name: "boolean" },
);

export const textKind: Kind<string> = kindOf("some text", (text) => text);

export const durationKind: Kind<number> = kindOf(DURATION_ACCEPTED, parseDurationMs);

export const percentageKind: Kind<number> = kindOf(PERCENTAGE_ACCEPTED, parsePercent, {
  name: "float",
});

export const digestKind: Kind<Digest> = kindOf(DIGEST_ACCEPTED, parseDigest);

export interface NumberLimits {
  min?: number;
  max?: number;
  integer?: boolean;
}

const NUMBER = /^[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?$/;

/** Decimal numbers only: NaN, Infinity, 0x10 and the empty text are no numbers here. */
export function numberKind(limits: NumberLimits = {}): Kind<number> {
  const { min = -Infinity, max = Infinity, integer = false } = limits;
  const parse = (text: string) => {
    const number = NUMBER.test(text) ? Number(text) : Number.NaN;
    const fits = Number.isFinite(number) && number >= min && number <= max;
    return fits && (!integer || Number.isSafeInteger(number)) ? number : undefined;
  };
  return kindOf(describeLimits(limits), parse, { name: integer ? "integer" : "float" });
}

function describeLimits({ min, max, integer }: NumberLimits): string {
  const noun = integer ? "a whole number" : "a number";
  if (min !== undefined && max !== undefined) return `${noun} from ${min} to ${max}`;
  if (min !== undefined) return `${noun} of at least ${min}`;
  if (max !== undefined) return `${noun} of at most ${max}`;
  return noun;
}

export function enumKind<const V extends string>(values: readonly V[]): Kind<V> {
  return {
    type: { name: "enum", values },
    accepted: values.length === 1 ? `only ${values[0]}` : `one of ${values.join(", ")}`,
    parse(text) {
      const found = values.find((known) => known === text);
      if (found !== undefined) return value(found);
      const near = nearest(text, values);
      return problem(near && `did you mean ${near}?`);
    },
  };
}

/** Comma or newline between items; a comma inside `{}` belongs to the item, as in a glob. */
export function listKind<T>(item: Kind<T>): Kind<T[]> {
  return {
    type: { name: "list", item: item.type },
    accepted: `a list, one per line or separated by commas${item === textKind ? "" : `, each ${item.accepted}`}`,
    parse(text) {
      const items = splitList(text).map((one) => ({ one, parsed: item.parse(one) }));
      const wrong = items.filter(({ parsed }) => "problem" in parsed);
      if (wrong.length > 0) return problem(describeWrong(wrong));
      return value(items.flatMap(({ parsed }) => ("value" in parsed ? [parsed.value] : [])));
    },
  };
}

function describeWrong(wrong: Array<{ one: string; parsed: Parsed<unknown> }>): string {
  return wrong
    .map(({ one, parsed }) => {
      const reason = "problem" in parsed ? parsed.problem : undefined;
      return reason
        ? `${JSON.stringify(one)}: ${reason}`
        : `${JSON.stringify(one)} is not accepted`;
    })
    .join("; ");
}

/** The items of a list as people write them: trimmed, without empty ones. */
export function splitList(text: string): string[] {
  const items: string[] = [];
  let depth = 0;
  let start = 0;
  for (let at = 0; at <= text.length; at += 1) {
    const char = text[at];
    if (char === "{") depth += 1;
    if (char === "}") depth = Math.max(0, depth - 1);
    const ends = char === undefined || char === "\n" || (char === "," && depth === 0);
    if (!ends) continue;
    items.push(text.slice(start, at).trim());
    start = at + 1;
    if (char === "\n") depth = 0;
  }
  return items.filter((item) => item !== "");
}
