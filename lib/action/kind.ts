/** A value, or what is wrong with the text that was given. */
export type Parsed<T> = { readonly value: T } | { readonly problem: string | undefined };

/** One way to read a text: what it accepts, in words, and the reading itself. Pure, but for paths. */
export interface Kind<T> {
  /** What action-types.yml is told. */
  readonly type: KindType;
  /** What may be written, for error messages and README tables. */
  readonly accepted: string;
  parse(text: string): Parsed<T>;
}

/** The vocabulary of github-actions-typing, and what it needs to know beyond the name. */
export type KindType =
  | { name: "string" | "boolean" | "integer" | "float" }
  | { name: "enum"; values: readonly string[] }
  | { name: "list"; item: KindType };

export function value<T>(parsed: T): Parsed<T> {
  return { value: parsed };
}

/** Not accepted. `problem` is only needed where "given" and "accepted" do not explain it. */
export function problem(reason?: string): { readonly problem: string | undefined } {
  return { problem: reason };
}

/** The kind that a `string -> T | undefined` parser of lib/units makes. */
export function kindOf<T>(
  accepted: string,
  parse: (text: string) => T | undefined,
  type: KindType = { name: "string" },
): Kind<T> {
  return {
    type,
    accepted,
    parse(text) {
      const parsed = parse(text);
      return parsed === undefined ? problem() : value(parsed);
    },
  };
}
