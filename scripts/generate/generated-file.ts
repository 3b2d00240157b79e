/** A committed file whose text follows from the sources. */
export interface GeneratedFile {
  /** Relative to the repository, with forward slashes. */
  path: string;
  text: string;
}

/** The first line of a generated file; what to change instead, and how. */
export function notice(source: string): string {
  return `Generated from ${source} by \`npm run generate\`; do not edit.`;
}

/**
 * `text` with what stands between the markers of `name` replaced. Markers are HTML comments, so that they do not
 * show: `<!-- NAME:begin -->` and `<!-- NAME:end -->`.
 */
export function fillMarkers(text: string, name: string, body: string): string | undefined {
  const begin = `<!-- ${name}:begin -->`;
  const end = `<!-- ${name}:end -->`;
  const from = text.indexOf(begin);
  const to = text.indexOf(end);
  if (from === -1 || to < from) return undefined;
  return `${text.slice(0, from + begin.length)}\n${body.trim()}\n${text.slice(to)}`;
}
