import { SluiceError } from "../../lib/error.ts";
import { nearest } from "../../lib/nearest.ts";

/**
 * The words of a list: by comma or white space, or the keys of a JSON object. Throws `invalid-input`, naming every word that is
 * not accepted and the one that was most likely meant.
 */
export function knownWords(name: string, given: string, accepted: readonly string[]): string[] {
  const words = wordsOf(name, given);
  const unknown = words.filter((word) => !accepted.includes(word));
  if (unknown.length === 0) return words;
  const told = unknown.map((word) => {
    const meant = nearest(word, accepted);
    return meant === undefined ? word : `${word} (did you mean ${meant}?)`;
  });
  throw new SluiceError("invalid-input", `${name}: given ${told.join(", ")}`, {
    hint: `accepted are ${accepted.join(", ")}. Nothing was done`,
  });
}

function wordsOf(name: string, given: string): string[] {
  if (!given.trimStart().startsWith("{")) return given.split(/[\s,]+/).filter(Boolean);
  try {
    return Object.keys(JSON.parse(given) as object);
  } catch (cause) {
    throw new SluiceError("invalid-input", `${name}: given ${given.trim()}, which is no JSON`, {
      cause,
      hint: 'write an object with its names in quotes, such as {"duration": "60s"}',
    });
  }
}
