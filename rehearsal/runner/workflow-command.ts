/** `::name key=value,key=value::data` on a line of its own. */
export interface WorkflowCommand {
  readonly name: string;
  readonly properties: ReadonlyMap<string, string>;
  readonly data: string;
}

/** A name ends at the first space: who resumes commands may have called them anything. */
const FORM = /^\s*::([^\s:]+(?::[^\s:]+)*)(?: (.*?))?::(.*)$/s;
/** The old form may stand anywhere in a line. */
const OLD_FORM = /##\[([^\s\]]+)(?: ([^\]]*))?\](.*)$/s;

/** Undefined when the line is just text. */
export function parseWorkflowCommand(line: string): WorkflowCommand | undefined {
  const current = FORM.exec(line);
  const match = current ?? OLD_FORM.exec(line);
  if (!match?.[1]) return undefined;
  const properties = new Map<string, string>();
  for (const pair of (match[2] ?? "").trim().split(current ? "," : ";")) {
    const at = pair.indexOf("=");
    if (at < 1) continue;
    const value = pair.slice(at + 1);
    if (value !== "") properties.set(pair.slice(0, at).toLowerCase(), unescapeProperty(value));
  }
  return { name: match[1].toLowerCase(), properties, data: unescapeData(match[3] ?? "") };
}

function unescapeData(text: string): string {
  return text.replaceAll("%0D", "\r").replaceAll("%0A", "\n").replaceAll("%25", "%");
}

function unescapeProperty(text: string): string {
  return unescapeData(text.replaceAll("%3A", ":").replaceAll("%2C", ","));
}
