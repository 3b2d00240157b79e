import { z } from "zod";
import type { Digest } from "../units/digest.ts";
import { jsonKind } from "./json.ts";
import type { Kind, KindType } from "./kind.ts";
import {
  booleanKind,
  digestKind,
  durationKind,
  enumKind,
  listKind,
  type NumberLimits,
  numberKind,
  percentageKind,
  textKind,
} from "./kinds.ts";
import { pathKind } from "./path.ts";

/** What the generator and the error messages know of one input. */
export interface FieldFacts {
  description: string;
  /** As a user would write it; an expression such as `${{ github.token }}` is for GitHub to evaluate. */
  default: string | undefined;
  required: boolean;
  secret: boolean;
  accepted: string;
  type: KindType;
}

/** Written beside the schemas, read by the generators. */
export const fieldFacts = z.registry<FieldFacts>();

export interface FieldOptions {
  description: string;
  /** Text as a user would write it. An input without one is required, unless it is optional. */
  default?: string;
  optional?: true;
}

/** A default that GitHub works out before the action starts: `expression("github.sha")`. */
export function expression(text: string): string {
  return `\${{ ${text} }}`;
}

/** `undefined` is possible only where the field is optional. */
type Presence<O extends FieldOptions, T> = O extends { optional: true } ? T | undefined : T;

/** The schema of one input: from the text of its variable, or undefined, to a typed value. */
export type Field<T = unknown> = z.ZodType<T, string | undefined>;

/** The field that reads `kind`; the builders below are this with a kind filled in. */
export function fieldOf<T, const O extends FieldOptions>(
  kind: Kind<T>,
  options: O,
  secret = false,
): Field<Presence<O, T>> {
  const fallback = options.default?.startsWith("${{") ? undefined : options.default;
  const schema = z
    .string()
    .optional()
    .transform((given, context): T | undefined => {
      const text = given === undefined || given.trim() === "" ? fallback : given;
      if (text === undefined) {
        if (options.optional !== true) refuse(context, kind.accepted, undefined);
        return undefined;
      }
      const parsed = kind.parse(kind === textKind ? text : text.trim());
      if ("value" in parsed) return parsed.value;
      refuse(context, kind.accepted, secret ? undefined : parsed.problem);
      return undefined;
    });
  fieldFacts.add(schema, {
    description: options.description,
    default: options.default,
    required: options.default === undefined && options.optional !== true,
    secret,
    accepted: kind.accepted,
    type: kind.type,
  });
  // The transform gives undefined only for an optional field or together with an issue.
  return schema as Field<Presence<O, T>>;
}

function refuse(context: z.RefinementCtx, accepted: string, reason: string | undefined): void {
  context.addIssue({ code: "custom", message: reason ?? accepted, params: { reason } });
}

/**
 * One builder per kind of input. Each takes `description` and either `default` (as a user would write it),
 * `optional: true`, or neither, which makes the input required. An empty text is the same as none.
 */
export const input = {
  text: <const O extends FieldOptions>(options: O) => fieldOf(textKind, options),
  /** Masked in the log before anything else happens, and never shown in an error. */
  secret: <const O extends FieldOptions>(options: O) => fieldOf(textKind, options, true),
  boolean: <const O extends FieldOptions>(options: O) => fieldOf(booleanKind, options),
  number: <const O extends FieldOptions & NumberLimits>(options: O) =>
    fieldOf(numberKind(options), options),
  /** Milliseconds of `500ms`, `90s`, `10m`. */
  duration: <const O extends FieldOptions>(options: O) => fieldOf(durationKind, options),
  /** 0 to 100, with or without a percent sign. */
  percentage: <const O extends FieldOptions>(options: O) => fieldOf(percentageKind, options),
  digest: <const O extends FieldOptions>(options: O): Field<Presence<O, Digest>> =>
    fieldOf(digestKind, options),
  /** Absolute, inside the workspace, symlinks resolved; it need not exist. */
  path: <const O extends FieldOptions>(options: O) => fieldOf(pathKind, options),
  enum: <const V extends string, const O extends FieldOptions>(values: readonly V[], options: O) =>
    fieldOf(enumKind(values), options),
  /** Comma or newline between items. */
  list: <const O extends FieldOptions>(options: O) => fieldOf(listKind(textKind), options),
  /** A list whose items are read by `kind`, e.g. `percentageKind`. */
  listOf: <T, const O extends FieldOptions>(kind: Kind<T>, options: O) =>
    fieldOf(listKind(kind), options),
  /** `accepted` says in words what the JSON is, e.g. "the candidate output of the build action". */
  json: <S extends z.ZodType, const O extends FieldOptions & { accepted: string }>(
    schema: S,
    options: O,
  ) => fieldOf(jsonKind(schema, options.accepted), options),
};
