import type { Told } from "./commit.ts";

/** The parts of the notes, in order; what users do not notice comes last. */
const PARTS: readonly (readonly [title: string, types: readonly string[]])[] = [
  ["Features", ["feat"]],
  ["Fixes", ["fix"]],
  ["Performance", ["perf"]],
  ["Reverts", ["revert"]],
  ["Documentation", ["docs"]],
  ["Inside", ["refactor", "test", "build", "ci", "chore", "style"]],
];

/** Release notes as Markdown: what breaks first; a commit without a type is told under Changes. */
export function notesOf(commits: readonly Told[], between: string): string {
  const breaking = commits.flatMap((commit) =>
    commit.breaking === undefined ? [] : [item({ ...commit, text: commit.breaking })],
  );
  const known = new Set(PARTS.flatMap(([, types]) => types));
  const others = commits.filter(({ type }) => type === undefined || !known.has(type));
  const parts = [
    part("What breaks", breaking),
    ...PARTS.slice(0, -1).map(([title, types]) => part(title, ofTypes(commits, types))),
    part("Changes", others.map(item)),
    ...PARTS.slice(-1).map(([title, types]) => part(title, ofTypes(commits, types))),
  ].filter((text) => text !== "");
  if (parts.length === 0) return `No commits (${between}).\n`;
  return `${parts.join("\n\n")}\n\n${between}\n`;
}

function ofTypes(commits: readonly Told[], types: readonly string[]): string[] {
  return commits.filter(({ type }) => type !== undefined && types.includes(type)).map(item);
}

function part(title: string, items: readonly string[]): string {
  return items.length === 0 ? "" : `## ${title}\n\n${items.join("\n")}`;
}

function item({ scope, text, hash }: Told): string {
  return `- ${scope === undefined ? "" : `**${escaped(scope)}**: `}${escaped(text)} (${hash.slice(0, 12)})`;
}

/** A subject is text, not Markdown; nobody is mentioned, and nothing is closed, by what somebody once wrote. */
function escaped(text: string): string {
  return text.replace(/[\\`*_[\]<>#|]/g, "\\$&").replace(/@(?=\w)/g, "@\u200b");
}
