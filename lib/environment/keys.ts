import { z } from "zod";
import { environmentSchema } from "./schema.ts";

/** The keys of the mapping at `path` of an environment file, in the order in which they are documented. */
export function acceptedKeys(path: readonly PropertyKey[]): string[] {
  const keys = schemasAt(path)
    .flatMap(alternatives)
    .flatMap((one) => (one instanceof z.ZodObject ? Object.keys(one.shape) : []));
  return [...new Set(keys)];
}

/** What is accepted at `path`, in words: what the schema says to a value that nothing accepts. */
export function acceptedAt(path: readonly PropertyKey[]): string {
  const [schema] = schemasAt(path);
  if (schema === undefined) return "";
  const message = z.safeParse(schema, Symbol("nothing")).error?.issues[0]?.message ?? "";
  if (!message.startsWith("Invalid input")) return message;
  const [whole] = alternatives(schema);
  if (whole instanceof z.ZodArray) return "a list";
  return whole instanceof z.ZodRecord ? "a mapping" : "any value";
}

/** The schemas of the value at `path`; several where a choice has several branches. */
function schemasAt(path: readonly PropertyKey[]): z.core.$ZodType[] {
  let schemas: z.core.$ZodType[] = [environmentSchema];
  for (const part of path) {
    schemas = schemas.flatMap(alternatives).flatMap((one) => inside(one, part));
  }
  return schemas;
}

/** A schema without its wrappers; a choice as its branches. */
function alternatives(schema: z.core.$ZodType): z.core.$ZodType[] {
  if (schema instanceof z.ZodUnion) return schema.options.flatMap(alternatives);
  if (schema instanceof z.ZodPipe) return alternatives(schema.in);
  if (
    schema instanceof z.ZodOptional ||
    schema instanceof z.ZodDefault ||
    schema instanceof z.ZodPrefault
  ) {
    return alternatives(schema.def.innerType);
  }
  return [schema];
}

function inside(schema: z.core.$ZodType, part: PropertyKey): z.core.$ZodType[] {
  if (schema instanceof z.ZodArray) return [schema.element];
  if (!(schema instanceof z.ZodObject)) return [];
  const found: unknown = schema.shape[String(part)];
  return found instanceof z.ZodType ? [found] : [];
}
