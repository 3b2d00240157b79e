import { z } from "zod";
import { acceptedAt } from "./keys.ts";
import { environmentSchema } from "./schema.ts";

type JsonSchema = z.core.JSONSchema.BaseSchema;

/** The tables of docs/environment.md: every key with what it is, what it accepts and its default. */
export function environmentReference(): string {
  const schema = z.toJSONSchema(environmentSchema, { io: "input", reused: "inline" });
  const sections = Object.entries(schema.properties ?? {});
  return sections
    .filter(([key]) => key !== "$schema")
    .map(([key, section]) => table(key, asObject(section), schema.required?.includes(key) ?? false))
    .join("\n\n");
}

const HEAD = ["| key | what it is | accepted | default |", "| --- | --- | --- | --- |"];

function table(key: string, section: JsonSchema, required: boolean): string {
  if (section.oneOf)
    return section.oneOf.map((kind) => kindTable(key, asObject(kind))).join("\n\n");
  const rows = section.properties ? rowsOf([key], section) : choice(key, section, required);
  return [`### ${key}`, "", ...HEAD, ...rows].join("\n");
}

/** A section that comes in several kinds has a table for each. */
function kindTable(key: string, section: JsonSchema): string {
  const { const: kind } = asObject(section.properties?.kind ?? {});
  return [`### ${key} of kind ${String(kind)}`, "", ...HEAD, ...rowsOf([key], section)].join("\n");
}

/** A section that is a word or a mapping: the word's row, then the mapping's. */
function choice(key: string, section: JsonSchema, required: boolean): string[] {
  const inner = mappingIn(section);
  return [row([key], section, required), ...(inner ? rowsOf([key], inner) : [])];
}

function rowsOf(path: readonly PropertyKey[], schema: JsonSchema): string[] {
  const defaults = defaultsOf(schema);
  return Object.entries(schema.properties ?? {}).flatMap(([key, value]) => {
    const inner = asObject(value);
    const own = [...path, key];
    if (inner.properties) return rowsOf(own, inner);
    const items = mappingIn(inner.items);
    const nested = items === undefined ? [] : rowsOf([...own, 0], items);
    return [
      row(own, { ...defaults[key], ...inner }, schema.required?.includes(key) ?? false),
      ...nested,
    ];
  });
}

/** What a mapping's own default says of its keys. */
function defaultsOf({ default: whole }: JsonSchema): Record<string, JsonSchema> {
  if (typeof whole !== "object" || whole === null || Array.isArray(whole)) return {};
  const entries = Object.entries(whole).map(([key, value]) => [key, { default: value }]);
  return Object.fromEntries(entries) as Record<string, JsonSchema>;
}

/** The mapping that the items of a list are, or may be. */
function mappingIn(items: JsonSchema["items"]): JsonSchema | undefined {
  if (typeof items !== "object" || Array.isArray(items)) return undefined;
  return [items, ...(items.anyOf ?? [])].map(asObject).find(({ properties }) => properties);
}

function asObject(schema: z.core.JSONSchema._JSONSchema): JsonSchema {
  return typeof schema === "object" ? schema : {};
}

function row(path: readonly PropertyKey[], schema: JsonSchema, required: boolean): string {
  const name = path
    .slice(path.length > 1 ? 1 : 0)
    .map((part, index) => (part === 0 ? "[]" : `${index > 0 ? "." : ""}${String(part)}`))
    .join("");
  const cells = [
    `\`${name}\``,
    schema.description ?? "",
    acceptedAt(path),
    fallback(schema, required),
  ];
  return `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
}

function fallback(schema: JsonSchema, required: boolean): string {
  if (schema.default !== undefined) {
    const { default: value } = schema;
    return `\`${typeof value === "string" ? value : JSON.stringify(value)}\``;
  }
  return required ? "**required**" : "";
}
