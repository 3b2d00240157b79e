/**
 * Whether `text` is the beginning of a line that its writer did not live to finish: it opens an object, and some
 * few characters more would make it JSON. A line that is wrong before its end is not cut off but malformed.
 */
export function isCutOff(text: string): boolean {
  if (!text.trimStart().startsWith("{")) return false;
  const open = openAt(text);
  if (open === "") return false;
  return ENDINGS.some((ending) => isJson(`${text}${ending}${open}`));
}

/** What a token that was begun may lack: a value, a key's value, the rest of a word, of a number, of an escape. */
const ENDINGS = [
  ...["", "0", ":0", '"', '":0', '"":0'],
  ...["ull", "ll", "l", "rue", "ue", "e", "alse", "lse", "se"],
  ...['\\"', '\\":0', '0"', '00"', '000"', '0000"', '0":0', '00":0', '000":0', '0000":0'],
];

/** The brackets that close what is open at the end of the text, innermost first. */
function openAt(text: string): string {
  let closing = "";
  let isInText = false;
  for (let at = 0; at < text.length; at += 1) {
    const char = text[at];
    if (isInText) {
      if (char === "\\") at += 1;
      else if (char === '"') isInText = false;
    } else if (char === '"') isInText = true;
    else if (char === "{") closing = `}${closing}`;
    else if (char === "[") closing = `]${closing}`;
    else if (char === "}" || char === "]") closing = closing.slice(1);
  }
  return closing;
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
