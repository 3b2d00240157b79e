import { z } from "zod";
import { DURATION_ACCEPTED, parseDurationMs } from "../units/duration.ts";
import { parsePercent } from "../units/percentage.ts";

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

export function percent(description: string, least = 0) {
  const accepted = `a whole number from ${least} to 100, with or without %`;
  const written = z.string(accepted).regex(/^\s*\d{1,3}\s*%?\s*$/, accepted);
  return z
    .union([z.int(accepted).min(least, accepted).max(100, accepted), written], accepted)
    .describe(description)
    .transform((given) => parsePercent(String(given)) ?? Number.NaN)
    .refine((value) => value >= least, accepted);
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
