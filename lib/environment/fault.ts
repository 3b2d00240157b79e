import { SluiceError } from "../error.ts";

/** Where something stands in the file; both count from 1. */
export interface Position {
  line: number;
  column: number;
}

/** One thing that is wrong in an environment file. */
export interface Fault extends Position {
  /** `rollout.steps[1].hold`; empty for the file as a whole. */
  key: string;
  /** What was given and what is accepted, without place and key. */
  message: string;
}

/** Keys as a person writes them: `service.smoke[0].path`. */
export function keyOf(path: readonly PropertyKey[]): string {
  return path.reduce<string>((text, part) => {
    if (typeof part === "number") return `${text}[${part}]`;
    return text === "" ? String(part) : `${text}.${String(part)}`;
  }, "");
}

/** What comes after the first complaint about a key is mostly its echo. */
export function firstOfEachKey<T>(found: readonly T[], key: (one: T) => string): T[] {
  const first = new Map<string, T>();
  for (const one of found) if (!first.has(key(one))) first.set(key(one), one);
  return [...first.values()];
}

const MAX_GIVEN_CHARACTERS = 60;

/** A value as it may stand in a message: one line, never long. */
export function show(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value);
  if (text.length <= MAX_GIVEN_CHARACTERS) return text;
  return `${text.slice(0, MAX_GIVEN_CHARACTERS)}…`;
}

const MAX_FAULTS_SHOWN = 50;

/** One error that tells every fault, each with its place. */
export function faultsError(file: string, faults: readonly Fault[]): SluiceError {
  const sorted = [...faults].sort((a, b) => a.line - b.line || a.column - b.column);
  const lines = sorted.slice(0, MAX_FAULTS_SHOWN).map((fault) => {
    const key = fault.key === "" ? "" : `${fault.key}: `;
    return `${file}:${fault.line}:${fault.column}: ${key}${fault.message}`;
  });
  const left = sorted.length - lines.length;
  if (left > 0) lines.push(`… and ${left} more`);
  return new SluiceError("invalid-environment", lines.join("\n"), {
    hint: "docs/environment.md lists every key with its default; nothing was done",
  });
}
