import { z } from "zod";
import { DURATION_ACCEPTED, parseDurationMs } from "../units/duration.ts";
import { PERCENTAGE_ACCEPTED, parsePercent } from "../units/percentage.ts";

/**
 * The words that environment files are made of. The message of each rule says what is accepted; the reader puts
 * what was given in front of it.
 */
export function duration(description: string) {
  return z
    .string(DURATION_ACCEPTED)
    .regex(/^\s*\d+(\.\d+)?(ms|s|m|h)\s*$/, DURATION_ACCEPTED)
    .describe(description)
    .transform((text) => parseDurationMs(text) ?? Number.NaN);
}

/** A share in which `0.01` could be meant as one percent or as a hundredth of it: so the sign is asked for. */
export function probability(description: string) {
  const accepted = "a percentage with its sign, above 0% and below 50%: 1%, 0.5%";
  return z
    .string(accepted)
    .regex(/^\s*\d+(\.\d+)?\s*%\s*$/, accepted)
    .describe(description)
    .transform((text) => (parsePercent(text) ?? Number.NaN) / 100)
    .refine((share) => share > 0 && share < 0.5, accepted);
}

export function percent(description: string) {
  return z
    .union([z.number(PERCENTAGE_ACCEPTED), z.string(PERCENTAGE_ACCEPTED)], PERCENTAGE_ACCEPTED)
    .describe(description)
    .transform((given) => parsePercent(String(given)) ?? Number.NaN)
    .refine((value) => Number.isInteger(value), "a whole number from 0 to 100, with or without %");
}

export function ratio(description: string) {
  return z
    .number("a number above 0")
    .positive("a number above 0")
    .max(1_000, "a number up to 1000")
    .describe(description);
}

export function text(description: string, accepted = "a text that is not empty") {
  return z.string(accepted).trim().min(1, accepted).describe(description);
}

export function httpPath(description: string) {
  const accepted = "a path that begins with a slash: /health";
  return z
    .string(accepted)
    .regex(/^\/\S*$/, accepted)
    .describe(description);
}

/** Environment variables and labels are text; a bare whole number cannot be misread, so it may stand as it is. */
export function textOrInteger(description: string) {
  const accepted = "a text or a whole number (put anything else in quotes)";
  return z
    .union([z.string(accepted), z.int(accepted)], accepted)
    .describe(description)
    .transform(String);
}

/** A mapping that knows its keys. */
export function mapping<Shape extends z.core.$ZodLooseShape>(shape: Shape) {
  return z.strictObject(shape, `a mapping with the keys ${Object.keys(shape).join(", ")}`);
}
