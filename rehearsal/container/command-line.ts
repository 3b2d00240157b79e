/**
 * Splits `options:` as GitHub's runner does: at white space outside double quotes. A backslash keeps a double quote, two
 * of them inside quotes are one, and a single quote is a letter like any other.
 */
export function options(text: string): string[] {
  const found: string[] = [];
  let current: string | undefined;
  let isQuoted = false;
  for (const [piece] of text.matchAll(/\\+"?|""|"|\s+|[^\\"\s]+/g)) {
    if (!isQuoted && /^\s/.test(piece)) {
      if (current !== undefined) found.push(current);
      current = undefined;
      continue;
    }
    current ??= "";
    const slashes = piece.lastIndexOf("\\") + 1;
    if (!piece.endsWith('"')) {
      current += piece;
    } else if (slashes > 0) {
      current += "\\".repeat(Math.floor(slashes / 2));
      if (slashes % 2 === 1) current += '"';
      else isQuoted = !isQuoted;
    } else if (piece === '"') {
      isQuoted = !isQuoted;
    } else if (isQuoted) {
      current += '"';
    }
  }
  if (current !== undefined) found.push(current);
  return found;
}
