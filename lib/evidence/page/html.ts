/** Markup that was made by `html`: whatever else is put into a page is text and gets escaped. */
export class Html {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

export type Part = Html | string | number | null | readonly Part[];

/** Markup with values in it. Only another `Html` goes in as it is; null is nothing. */
export function html(strings: TemplateStringsArray, ...parts: Part[]): Html {
  return new Html(
    strings.reduce((text, string, index) => text + textOf(parts[index - 1] ?? null) + string),
  );
}

function textOf(part: Part): string {
  if (part === null) return "";
  if (part instanceof Html) return part.text;
  if (typeof part === "object") return part.map(textOf).join("");
  return escaped(String(part));
}

const ENTITIES: ReadonlyMap<string, string> = new Map([
  ["&", "&amp;"],
  ["<", "&lt;"],
  [">", "&gt;"],
  ['"', "&quot;"],
  ["'", "&#39;"],
]);

/** For element content and quoted attributes. Characters that HTML forbids or that turn the text around are shown as �. */
export function escaped(text: string): string {
  return text
    .replaceAll(/[&<>"']/g, (character) => ENTITIES.get(character) ?? "")
    .replaceAll(FORBIDDEN, "\ufffd");
}

// Control characters other than white space, lone surrogates and the marks that reorder text: `1.0.0` must be
// what it looks like.
const FORBIDDEN = /(?![\t\n\r])[\p{Cc}\p{Cs}\u202a-\u202e\u2066-\u2069\ufffe\uffff]/gu;

/** JSON for a data block: no `<` means no `</script>` and no `<!--`, whatever the strings in it say. */
export function jsonBlock(id: string, value: unknown): Html {
  const json = JSON.stringify(value)
    .replaceAll("<", "\\u003c")
    .replaceAll(">", "\\u003e")
    .replaceAll("&", "\\u0026")
    .replaceAll("\u2028", "\\u2028")
    .replaceAll("\u2029", "\\u2029");
  return new Html(`<script type="application/json" id="${escaped(id)}">${json}</script>`);
}
