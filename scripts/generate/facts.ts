import { z } from "zod";
import type { Action } from "../../lib/action/define.ts";
import { type FieldFacts, fieldFacts } from "../../lib/action/input.ts";

export interface NamedInput extends FieldFacts {
  name: string;
}

/** What is known of each input, in the order of the definition. */
export function inputsOf(action: Action): NamedInput[] {
  return Object.entries(action.inputs.shape).map(([name, field]) => {
    const facts = field instanceof z.ZodType ? fieldFacts.get(field) : undefined;
    if (facts) return { name, ...facts };
    throw new Error(
      `actions/${action.name}/action.ts: make input ${name} with a builder of lib/action`,
    );
  });
}

export interface NamedOutput {
  name: string;
  description: string;
  type: "string" | "boolean" | "float";
}

/** What is known of each output, in the order of the definition. */
export function outputsOf(action: Action): NamedOutput[] {
  return Object.entries(action.outputs.shape).map(([name, schema]) => {
    const description = schema instanceof z.ZodType ? schema.description : undefined;
    if (description) return { name, description, type: outputType(schema) };
    throw new Error(`actions/${action.name}/action.ts: describe output ${name} with .describe(…)`);
  });
}

function outputType(schema: z.core.$ZodType): NamedOutput["type"] {
  if (schema instanceof z.ZodBoolean) return "boolean";
  return schema instanceof z.ZodNumber ? "float" : "string";
}
