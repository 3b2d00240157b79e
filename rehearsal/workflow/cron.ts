const MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
const DAYS = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];

interface Field {
  readonly name: string;
  readonly least: number;
  readonly most: number;
  readonly words: readonly string[];
}

const FIELDS: readonly Field[] = [
  { name: "minute", least: 0, most: 59, words: [] },
  { name: "hour", least: 0, most: 23, words: [] },
  { name: "day of the month", least: 1, most: 31, words: [] },
  { name: "month", least: 1, most: 12, words: MONTHS },
  { name: "day of the week", least: 0, most: 6, words: DAYS },
];

/** Why GitHub refuses a schedule's cron, or undefined: five POSIX fields, with `,`, `-`, `/` and names. */
export function wrongCron(text: string): string | undefined {
  const fields = text.trim().split(/\s+/);
  if (fields.length !== FIELDS.length) {
    return `'${text}' has ${fields.length} fields; five are accepted: minute, hour, day of the month, month, day of the week`;
  }
  for (const [at, field] of FIELDS.entries()) {
    const part = fields[at]?.split(",").find((item) => !isPart(item, field));
    if (part !== undefined) {
      return `'${text}' has '${part}' as ${field.name}; ${field.least}-${field.most} is accepted, or *`;
    }
  }
  return undefined;
}

function isPart(text: string, field: Field): boolean {
  const [range = "", step, ...more] = text.split("/");
  if (more.length > 0 || (step !== undefined && !/^[1-9]\d*$/.test(step))) return false;
  if (range === "*") return true;
  const [from, to, ...rest] = range.split("-").map((item) => numberOf(item, field));
  if (from === undefined || rest.length > 0) return false;
  return !range.includes("-") || (to !== undefined && from <= to);
}

function numberOf(text: string, { least, most, words }: Field): number | undefined {
  const word = words.indexOf(text.toLowerCase());
  if (word >= 0) return word + (words === MONTHS ? 1 : 0);
  if (!/^\d+$/.test(text)) return undefined;
  const value = Number(text);
  return value >= least && value <= most ? value : undefined;
}
