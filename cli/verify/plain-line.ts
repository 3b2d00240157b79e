// Line ends, control characters, lone surrogates and the marks that reorder text.
const SPACE = /\s+/g;
const FORBIDDEN = /[\p{Cc}\p{Cs}\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;

/** Text of somebody who is not believed yet, for a terminal: it stays on its line, and is what it looks like. */
export function plainLine(text: string): string {
  return text.replaceAll(SPACE, " ").replaceAll(FORBIDDEN, "\ufffd");
}
