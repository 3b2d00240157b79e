import { SluiceError } from "../../error.ts";
import type { Answer } from "./shell.ts";

/** What the programs print: `key=value` lines, keys in their order; a key may come several times. */
export function fields(text: string): Array<[key: string, value: string]> {
  return text
    .split("\n")
    .map((line): [string, string] => {
      const at = line.indexOf("=");
      return at < 0 ? [line, ""] : [line.slice(0, at), line.slice(at + 1)];
    })
    .filter(([key]) => key !== "");
}

export function numberOf(values: ReadonlyMap<string, string>, key: string): number {
  const value = Number(values.get(key));
  if (Number.isSafeInteger(value)) return value;
  throw new SluiceError("internal", `the answer's ${key} is ${values.get(key) ?? "missing"}`, {
    hint: "the programs on the machine are of another version; install this version's",
  });
}

export function decode(base64: string): string {
  return Buffer.from(base64, "base64").toString("utf8");
}

export function encode(text: string): string {
  return Buffer.from(text).toString("base64");
}

/** A program that could not do it: not a refusal by its rules, which are exit code 3. */
export function fault(machine: string, what: string, { code, stderr }: Answer): SluiceError {
  const said = stderr.trim().split("\n").slice(-3).join("; ") || "it said nothing";
  if (code === 2 || code === 126 || code === 127)
    return new SluiceError("refused", `${machine} is not set up for this: ${said}`, {
      hint: "run the playbook of hosts/ for this machine and this environment",
    });
  return new SluiceError("target-unreachable", `${machine} failed to ${what}: ${said}`, {
    hint: `look at the journal of ${machine}`,
  });
}

export const REFUSED = 3;
