const PERCENTAGE = /^(\d+(?:\.\d+)?)\s*%?$/;

/** What a percentage may look like, for error messages. */
export const PERCENTAGE_ACCEPTED = "a number from 0 to 100, with or without %";

/** The number of `25` or `25%`; undefined when it is no number from 0 to 100. `0.25` is a quarter of a percent. */
export function parsePercent(text: string): number | undefined {
  const match = PERCENTAGE.exec(text.trim());
  if (!match) return undefined;
  const percent = Number(match[1]);
  return percent <= 100 ? percent : undefined;
}
