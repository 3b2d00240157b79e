import { escapeHtml } from "./html.ts";

/**
 * What job summaries are commonly made of: headings, lists, tables, code, emphasis, links.
 * Anything else, raw HTML too, is shown as the text that it is: a summary comes from whatever a step printed.
 */
export function markdownHtml(markdown: string): string {
  const lines = markdown.split(/\r?\n/);
  const parts: string[] = [];
  for (let at = 0; at < lines.length; ) {
    const block = readBlock(lines, at);
    if (block.html !== "") parts.push(block.html);
    at = block.next;
  }
  return parts.join("\n");
}

interface Block {
  readonly html: string;
  readonly next: number;
}

function readBlock(lines: readonly string[], at: number): Block {
  const line = lines[at] ?? "";
  if (line.trim() === "") return { html: "", next: at + 1 };
  if (/^\s*(```|~~~)/.test(line)) return codeBlock(lines, at);
  const heading = /^(#{1,6})\s+(.*)$/.exec(line);
  if (heading) {
    const level = heading[1]?.length ?? 1;
    return { html: `<h${level}>${inline(heading[2] ?? "")}</h${level}>`, next: at + 1 };
  }
  if (line.includes("|") && /^\s*\|?[\s:|-]+\|[\s:|-]*$/.test(lines[at + 1] ?? ""))
    return table(lines, at);
  if (LIST.test(line)) return list(lines, at);
  const end = endOf(
    lines,
    at + 1,
    (next) => next.trim() !== "" && !/^(#{1,6}\s|\s*```)/.test(next),
  );
  return { html: `<p>${lines.slice(at, end).map(inline).join("<br>")}</p>`, next: end };
}

const LIST = /^\s*(?:[-*+]|\d+\.)\s+/;

function endOf(lines: readonly string[], from: number, belongs: (line: string) => boolean): number {
  let end = from;
  while (end < lines.length && belongs(lines[end] ?? "")) end++;
  return end;
}

function codeBlock(lines: readonly string[], at: number): Block {
  const fence = (lines[at] ?? "").trim().slice(0, 3);
  const end = endOf(lines, at + 1, (line) => !line.trim().startsWith(fence));
  return { html: `<pre>${escapeHtml(lines.slice(at + 1, end).join("\n"))}</pre>`, next: end + 1 };
}

function list(lines: readonly string[], at: number): Block {
  const end = endOf(lines, at, (line) => LIST.test(line));
  const items = lines.slice(at, end).map((line) => `<li>${inline(line.replace(LIST, ""))}</li>`);
  const tag = /^\s*\d/.test(lines[at] ?? "") ? "ol" : "ul";
  return { html: `<${tag}>${items.join("")}</${tag}>`, next: end };
}

function table(lines: readonly string[], at: number): Block {
  const end = endOf(lines, at + 2, (line) => line.includes("|") && line.trim() !== "");
  const row = (line: string, tag: string): string =>
    `<tr>${cells(line)
      .map((cell) => `<${tag}>${inline(cell)}</${tag}>`)
      .join("")}</tr>`;
  const body = lines.slice(at + 2, end).map((line) => row(line, "td"));
  return { html: `<table>${row(lines[at] ?? "", "th")}${body.join("")}</table>`, next: end };
}

function cells(line: string): string[] {
  const inner = line.trim().replace(/^\|/, "").replace(/\|$/, "");
  return inner.split(/(?<!\\)\|/).map((cell) => cell.trim().replaceAll("\\|", "|"));
}

function inline(text: string): string {
  return escapeHtml(text)
    .replace(/`([^`]+)`/g, "<code>$1</code>")
    .replace(/\*\*([^*]+)\*\*/g, "<b>$1</b>")
    .replace(/(?<![\w*])\*([^*\s][^*]*)\*(?!\w)/g, "<i>$1</i>")
    .replace(/\[([^\]]+)\]\((https?:\/\/[^)\s]+)\)/g, '<a href="$2" rel="noreferrer">$1</a>');
}
