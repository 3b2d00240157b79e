import { randomUUID } from "node:crypto";
import { appendFileSync } from "node:fs";

/** The text that sets `values` in a command file; one random delimiter each, so that no value can end itself. */
export function commandFileText(values: Readonly<Record<string, string>>): string {
  return Object.entries(values)
    .map(([name, text]) => {
      const delimiter = `sluice_${randomUUID()}`;
      return `${name}<<${delimiter}\n${text}\n${delimiter}\n`;
    })
    .join("");
}

/** One append, so that a reader sees all of it or nothing. False where there is no such file. */
export function appendTo(path: string | undefined, text: string): boolean {
  if (!path) return false;
  if (text !== "") appendFileSync(path, text, { encoding: "utf8" });
  return true;
}
