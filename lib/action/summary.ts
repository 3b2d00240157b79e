import type { Log } from "./log.ts";

/** The job summary of this step, gathered and written once at the end, also when the action fails. */
export interface Summary {
  heading(text: string, level?: 2 | 3 | 4): Summary;
  /** Markdown as it is: the caller vouches for it. */
  markdown(text: string): Summary;
  table(head: readonly string[], rows: ReadonlyArray<readonly string[]>): Summary;
  /** A fenced block; `language` may be `mermaid`. */
  code(text: string, language?: string): Summary;
  details(title: string, markdown: string): Summary;
}

/** What the runner accepts per step. */
export const MAX_SUMMARY_BYTES = 1024 * 1024;

/** A summary and the text that it has become so far. */
export function createSummary(): { summary: Summary; text(): string } {
  const blocks: string[] = [];
  const add = (block: string): Summary => {
    blocks.push(block);
    return summary;
  };
  const summary: Summary = {
    heading: (text, level = 2) => add(`${"#".repeat(level)} ${inlineText(text)}`),
    markdown: (text) => add(text),
    table: (head, rows) =>
      add([tableRow(head), tableRow(head.map(() => "---")), ...rows.map(tableRow)].join("\n")),
    code: (text, language = "") => add(fenced(text, language)),
    details: (title, markdown) =>
      add(`<details><summary>${inlineText(title)}</summary>\n\n${markdown}\n\n</details>`),
  };
  return { summary, text: () => blocks.map((block) => `${block}\n\n`).join("") };
}

/** Text from outside, made harmless for Markdown and HTML; one line. */
export function inlineText(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replace(/([\\`*_[\]|])/g, "\\$1")
    .replace(/\s*\n\s*/g, " ");
}

/** Whole blocks as long as they fit; says what was left out. */
export function fitSummary(text: string, log: Log): string {
  if (Buffer.byteLength(text) <= MAX_SUMMARY_BYTES) return text;
  const notice = "\n\n*The rest of this summary did not fit into the runner's limit of 1 MiB.*\n";
  log.warning("the job summary is larger than 1 MiB and was cut");
  const room = MAX_SUMMARY_BYTES - Buffer.byteLength(notice);
  const cut = Buffer.from(text)
    .subarray(0, room)
    .toString("utf8")
    .replace(/\ufffd+$/, "");
  return `${cut.slice(0, cut.lastIndexOf("\n"))}${notice}`;
}

function tableRow(cells: readonly string[]): string {
  return `| ${cells.map((cell) => withoutBars(cell).replace(/\s*\n\s*/g, "<br>")).join(" | ")} |`;
}

/** A bar that is escaped already stays so: twice is a backslash, and a bar that begins another cell. */
function withoutBars(cell: string): string {
  return cell.replace(/(\\*)\|/g, (bar, { length }: string) =>
    length % 2 === 1 ? bar : `\\${bar}`,
  );
}

function fenced(text: string, language: string): string {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map((run) => run[0].length));
  const fence = "`".repeat(longest + 1);
  return `${fence}${language}\n${text}\n${fence}`;
}
