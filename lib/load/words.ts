/** The words of a text as a POSIX shell would split it: quotes and backslashes group, nothing is expanded. */
export function shellWords(text: string): { words: string[] } | { problem: string } {
  const words: string[] = [];
  let word: string | undefined;
  let quote: "'" | '"' | undefined;
  for (let at = 0; at < text.length; at += 1) {
    const char = text[at] as string;
    if (quote === "'" && char !== "'") word = (word ?? "") + char;
    else if (char === "\\") {
      const next = text[at + 1];
      if (next === undefined) return { problem: "it ends with a backslash" };
      at += 1;
      // Between double quotes a backslash is itself, but before what it has to protect there.
      const isKept = quote === '"' && !'$`"\\\n'.includes(next);
      if (next !== "\n") word = (word ?? "") + (isKept ? char : "") + next;
    } else if (quote === undefined && (char === "'" || char === '"')) {
      quote = char;
      word ??= "";
    } else if (char === quote) quote = undefined;
    else if (quote === undefined && /\s/.test(char)) {
      if (word !== undefined) words.push(word);
      word = undefined;
    } else word = (word ?? "") + char;
  }
  if (quote !== undefined) return { problem: `a ${quote} is not closed` };
  if (word !== undefined) words.push(word);
  return { words };
}
