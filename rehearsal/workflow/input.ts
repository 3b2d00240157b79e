import { faultAt } from "../language/document.ts";
import type { Fault } from "../language/fault.ts";
import { BooleanToken, NumberToken } from "../language/github.ts";
import {
  entriesOf,
  isExpression,
  property,
  type Token,
  textOf,
  textsOf,
} from "../language/token.ts";
import { toText, type Value } from "../language/value.ts";

const INPUT_TYPES = ["string", "boolean", "number", "choice", "environment"] as const;
export type InputType = (typeof INPUT_TYPES)[number];

/** An input of `workflow_dispatch` or `workflow_call`. */
export interface InputDefinition {
  readonly name: string;
  readonly type: InputType;
  readonly required: boolean;
  readonly default: Token | undefined;
  readonly options: readonly string[];
  readonly description: string;
}

export function readInputs(
  faults: Fault[],
  file: string,
  token: Token | undefined,
): InputDefinition[] {
  return entriesOf(token).map(({ key, name, value }) => {
    const given = textOf(property(value, "type")) ?? "string";
    const type = INPUT_TYPES.find((known) => known === given) ?? "string";
    const definition: InputDefinition = {
      name,
      type,
      required: textOf(property(value, "required")) === "true",
      default: property(value, "default"),
      options: textsOf(property(value, "options")).map(({ text }) => text),
      description: textOf(property(value, "description")) ?? "",
    };
    tellWrongDefault(faults, file, definition);
    if (type === "choice" && definition.options.length === 0) {
      faultAt(faults, file, key, `Input '${name}' is a choice; it needs 'options'`);
    }
    return definition;
  });
}

function tellWrongDefault(faults: Fault[], file: string, definition: InputDefinition): void {
  const { default: token, name } = definition;
  if (token === undefined || isExpression(token)) return;
  const text = textOf(token);
  if (text === undefined) return;
  const wrong = wrongValue(
    definition,
    text,
    token instanceof BooleanToken || token instanceof NumberToken,
  );
  if (wrong) faultAt(faults, file, token, `The default of input '${name}' is ${wrong}`);
}

function wrongValue(
  definition: InputDefinition,
  text: string,
  _literal: boolean,
): string | undefined {
  if (definition.type === "boolean" && !/^(true|false)$/i.test(text)) {
    return `'${text}'; a boolean is accepted: true or false`;
  }
  if (definition.type === "number" && (text.trim() === "" || Number.isNaN(Number(text)))) {
    return `'${text}'; a number is accepted`;
  }
  if (
    definition.type === "choice" &&
    definition.options.length > 0 &&
    !definition.options.includes(text)
  ) {
    return `'${text}'; one of these is accepted: ${definition.options.join(", ")}`;
  }
  return undefined;
}

export function findInput(
  definitions: readonly InputDefinition[],
  name: string,
): InputDefinition | undefined {
  const folded = name.toLowerCase();
  return definitions.find((definition) => definition.name.toLowerCase() === folded);
}

/**
 * The typed values of `workflow_dispatch` inputs (or a rehearsed `workflow_call`), from what a person typed.
 * All that is wrong is told at once.
 */
export function typedInputs(
  definitions: readonly InputDefinition[],
  given: ReadonlyMap<string, string>,
  environments: readonly string[] = [],
): { values: { [name: string]: Value }; wrong: string[] } {
  const wrong: string[] = [];
  const values: { [name: string]: Value } = {};
  for (const name of given.keys()) {
    if (findInput(definitions, name)) continue;
    const accepted = definitions.map((definition) => definition.name).join(", ") || "no input";
    wrong.push(`Unexpected input '${name}'; accepted: ${accepted}`);
  }
  for (const definition of definitions) {
    const key = [...given.keys()].find(
      (name) => name.toLowerCase() === definition.name.toLowerCase(),
    );
    const text = key === undefined ? undefined : given.get(key);
    if (text === undefined || text === "") {
      if (definition.required && definition.default === undefined) {
        wrong.push(`Input '${definition.name}' is required, but was not given`);
        continue;
      }
    }
    if (text === undefined) {
      values[definition.name] = defaultValue(definition);
      continue;
    }
    const fault = wrongInput(definition, text, environments);
    if (fault) wrong.push(`Input '${definition.name}' is ${fault}`);
    else values[definition.name] = typed(definition.type, text);
  }
  return { values, wrong };
}

function wrongInput(
  definition: InputDefinition,
  text: string,
  environments: readonly string[],
): string | undefined {
  const unknown =
    definition.type === "environment" && environments.length > 0 && !environments.includes(text);
  if (unknown)
    return `'${text}'; one of these environments is accepted: ${environments.join(", ")}`;
  return wrongValue(definition, text, false);
}

/** What an input holds when nobody gave it. */
export function defaultValue(definition: InputDefinition): Value {
  const text = textOf(definition.default);
  if (text !== undefined) return typed(definition.type, text);
  if (definition.type === "boolean") return false;
  if (definition.type === "number") return 0;
  if (definition.type === "choice") return definition.options[0] ?? "";
  return "";
}

export function typed(type: InputType, text: string): Value {
  if (type === "boolean") return text.toLowerCase() === "true";
  if (type === "number") return Number(text);
  return text;
}

/** What is wrong with the value that a caller passes to a called workflow's input, or undefined. GitHub does not convert. */
export function wrongCallValue(definition: InputDefinition, value: Value): string | undefined {
  const accepted =
    definition.type === "boolean" || definition.type === "number" ? definition.type : "string";
  if (typeof value === accepted) return undefined;
  if (
    accepted === "string" &&
    (typeof value === "number" || typeof value === "boolean" || value === null)
  )
    return undefined;
  return `'${toText(value)}' (${value === null ? "null" : typeof value}); a ${accepted} is accepted`;
}
