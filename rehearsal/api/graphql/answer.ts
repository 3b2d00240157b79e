import type { Json } from "../call.ts";
import type { Fragment, GraphDocument, Operation, Selection, Written } from "./document.ts";

export type Args = { readonly [name: string]: Json };

/** Something that can be asked about: its fields are values, or are made when they are asked for. */
export interface GraphObject {
  readonly type: string;
  readonly fields: {
    readonly [name: string]: Resolved | ((args: Args) => Resolved | Promise<Resolved>);
  };
}

export type Resolved = Json | GraphObject | readonly GraphObject[] | undefined;

/** What GitHub puts into `errors`. */
export class GraphError extends Error {
  readonly type: string;

  constructor(type: string, message: string) {
    super(message);
    this.type = type;
  }
}

interface Request {
  readonly fragments: ReadonlyMap<string, Fragment>;
  readonly variables: Args;
}

/** Answers one operation of a document, field by field. */
export async function answer(
  { operations, fragments }: GraphDocument,
  given: { readonly operationName: string | undefined; readonly variables: Args },
  roots: { readonly [kind in Operation["kind"]]: GraphObject },
): Promise<{ [field: string]: Json }> {
  const operation = operations.find(({ name }) => name === given.operationName) ?? operations[0];
  if (!operation) throw new GraphError("INVALID", "A query is needed");
  const request: Request = { fragments, variables: {} };
  const defaults = operation.defaults.map(([name, value]) => [name, filled(value, request)]);
  const variables = { ...(Object.fromEntries(defaults) as Args), ...given.variables };
  return select(operation.selections, roots[operation.kind], { fragments, variables });
}

async function select(
  selections: readonly Selection[],
  object: GraphObject,
  request: Request,
): Promise<{ [field: string]: Json }> {
  const result: { [field: string]: Json } = {};
  for (const selection of selections) {
    if (selection.kind === "field") {
      result[selection.alias] = await fieldOf(selection, object, request);
      continue;
    }
    const fragment =
      selection.kind === "inline" ? selection : request.fragments.get(selection.name);
    if (!fragment) {
      const name = selection.kind === "spread" ? selection.name : "";
      throw new GraphError("INVALID", `Fragment ${name} was used, but not defined`);
    }
    const fits = ["", "Node", "GitObject", "Actor", object.type].includes(fragment.on);
    if (fits) Object.assign(result, await select(fragment.selections, object, request));
  }
  return result;
}

async function fieldOf(
  { name, args, selections }: Extract<Selection, { kind: "field" }>,
  object: GraphObject,
  request: Request,
): Promise<Json> {
  if (name === "__typename") return object.type;
  if (!Object.hasOwn(object.fields, name)) {
    throw new GraphError(
      "undefinedField",
      `Field '${name}' doesn't exist on type '${object.type}' of the rehearsal's GitHub`,
    );
  }
  const field = object.fields[name];
  const given = Object.fromEntries(args.map(([key, value]) => [key, filled(value, request)]));
  const value = typeof field === "function" ? await field(given) : field;
  return shown(value, selections, request);
}

async function shown(
  value: Resolved,
  selections: readonly Selection[],
  request: Request,
): Promise<Json> {
  if (Array.isArray(value)) {
    const items: Json[] = [];
    for (const item of value as readonly Resolved[])
      items.push(await shown(item, selections, request));
    return items;
  }
  if (isObject(value)) return select(selections, value, request);
  return (value as Json) ?? null;
}

function isObject(value: Resolved): value is GraphObject {
  return typeof value === "object" && value !== null && "fields" in value && "type" in value;
}

function filled(value: Written, request: Request): Json {
  switch (value.kind) {
    case "constant":
      return value.value;
    case "variable":
      return request.variables[value.name];
    case "list":
      return value.items.map((item) => filled(item, request));
    case "object":
      return Object.fromEntries(value.fields.map(([name, item]) => [name, filled(item, request)]));
  }
}
