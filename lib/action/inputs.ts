import { z } from "zod";
import { nearest } from "../nearest.ts";
import { fieldFacts } from "./input.ts";

/** One thing wrong with what the user wrote after `with:`. */
export type InputProblem = WrongValue | UnknownInput;

export interface WrongValue {
  kind: "wrong-value";
  /** Empty when the inputs do not go together. */
  input: string;
  /** undefined: nothing was given. */
  given: string | undefined;
  accepted: string;
  /** Where `given` and `accepted` alone do not explain it. */
  reason: string | undefined;
}

/** What was given is not told: it may be a secret whose input was misspelt. */
export interface UnknownInput {
  kind: "unknown-input";
  input: string;
  nearest: string | undefined;
  known: readonly string[];
}

export type InputsRead<I extends z.ZodObject> =
  | { values: z.output<I> }
  | { problems: InputProblem[] };

const PREFIX = "INPUT_";
const MAX_SHOWN = 120;

/** The variable that the runner sets for an input: upper case, spaces to underscores, hyphens kept. */
function variableOf(inputName: string): string {
  return `${PREFIX}${inputName.replaceAll(" ", "_").toUpperCase()}`;
}

/** Everything after `with:`, typed; or all that is wrong with it at once. */
export function readInputs<I extends z.ZodObject>(
  schema: I,
  env: NodeJS.ProcessEnv,
): InputsRead<I> {
  const names = Object.keys(schema.shape);
  const raw = Object.fromEntries(names.map((name) => [name, env[variableOf(name)]]));
  const result = schema.safeParse(raw);
  const problems = [
    ...unknownInputs(names, env),
    ...(result.success ? [] : result.error.issues.map((issue) => problemOf(schema, raw, issue))),
  ];
  return result.success && problems.length === 0 ? { values: result.data } : { problems };
}

/** Values of inputs that must be masked before anything is printed. */
export function secretValues(schema: z.ZodObject, env: NodeJS.ProcessEnv): string[] {
  return Object.entries(schema.shape)
    .filter(([, field]) => factsOf(field)?.secret)
    .map(([name]) => env[variableOf(name)]?.trim() ?? "")
    .filter((secret) => secret !== "");
}

function problemOf(
  schema: z.ZodObject,
  raw: Record<string, string | undefined>,
  issue: z.core.$ZodIssue,
): WrongValue {
  const name = String(issue.path[0] ?? "");
  const field = schema.shape[name];
  const facts = field && factsOf(field);
  const given = raw[name]?.trim() === "" ? undefined : raw[name];
  return {
    kind: "wrong-value",
    input: name,
    given: given === undefined ? undefined : facts?.secret ? "***" : shorten(given),
    accepted: facts?.accepted ?? "",
    reason: reasonOf(issue),
  };
}

/** Our fields say in `params` whether there is more to tell than what is accepted; a schema's own rule just says it. */
function reasonOf(issue: z.core.$ZodIssue): string | undefined {
  if (issue.code !== "custom" || !issue.params) return issue.message;
  return typeof issue.params.reason === "string" ? issue.params.reason : undefined;
}

function factsOf(field: z.core.$ZodType) {
  return field instanceof z.ZodType ? fieldFacts.get(field) : undefined;
}

/**
 * The runner only warns about an input that the action does not have, and sets its variable all the same: a
 * typing error would silently run with the default.
 */
function unknownInputs(names: readonly string[], env: NodeJS.ProcessEnv): UnknownInput[] {
  const known = new Set(names.map(variableOf));
  return Object.keys(env)
    .filter((variable) => variable.startsWith(PREFIX) && !known.has(variable))
    .map((variable) => {
      const input = variable.slice(PREFIX.length).toLowerCase();
      return { kind: "unknown-input", input, nearest: nearest(input, names), known: names };
    });
}

function shorten(text: string): string {
  return text.length > MAX_SHOWN ? `${text.slice(0, MAX_SHOWN)}…` : text;
}
