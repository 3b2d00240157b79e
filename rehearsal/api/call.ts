import type { z } from "zod";
import type { Access } from "../workflow/permission.ts";
import type { Hub } from "./hub.ts";
import type { Holder } from "./token.ts";

export type Json =
  | string
  | number
  | boolean
  | null
  | undefined
  | readonly Json[]
  | { readonly [key: string]: Json };

/** One request to GitHub's API, taken apart. */
export interface Call {
  readonly hub: Hub;
  readonly holder: Holder;
  readonly method: string;
  readonly path: string;
  readonly params: { readonly [name: string]: string };
  readonly query: URLSearchParams;
  readonly accept: string;
  /** The body as it came: most is JSON, an asset is whatever it is. */
  readonly bytes: Buffer;
  readonly contentType: string;
}

export type Reply =
  | { readonly status: number; readonly body: Json; readonly headers?: Headers }
  | { readonly status: number; readonly list: readonly Json[]; readonly under?: string }
  | { readonly status: number; readonly bytes: Buffer; readonly contentType: string };

export type Headers = { readonly [name: string]: string };

/** What a token must be allowed: any one of these. */
export type Need = { readonly [scope: string]: Access };

export interface Route {
  readonly method: string;
  /** Below `/repos/{owner}/{repo}/`, or from the root when it begins with a slash; `{name*}` takes slashes too. */
  readonly pattern: string;
  readonly need: Need;
  readonly handle: (call: Call) => Reply | Promise<Reply>;
}

export function route(line: string, need: Need, handle: Route["handle"]): Route {
  const [method = "GET", pattern = ""] = line.split(" ");
  return { method, pattern, need, handle };
}

/** What GitHub refuses, as it says it. */
export class ApiRefusal extends Error {
  readonly status: number;
  readonly errors: readonly Json[] | undefined;
  readonly headers: Headers;

  constructor(status: number, message: string, errors?: readonly Json[], headers: Headers = {}) {
    super(message);
    this.status = status;
    this.errors = errors;
    this.headers = headers;
  }
}

export const ok = (body: Json): Reply => ({ status: 200, body });
export const created = (body: Json): Reply => ({ status: 201, body });
export const nothing = (): Reply => ({ status: 204, body: undefined });
/** A list that is given out page by page. */
export const list = (items: readonly Json[], under?: string): Reply => ({
  status: 200,
  list: items,
  ...(under === undefined ? {} : { under }),
});

export function notFound(): ApiRefusal {
  return new ApiRefusal(404, "Not Found");
}

export function invalid(resource: string, field: string, code: string): ApiRefusal {
  return new ApiRefusal(422, "Validation Failed", [{ resource, code, field }]);
}

/** The body in its shape; what does not fit is told like GitHub tells it. */
export function bodyOf<T>(call: Call, shape: z.ZodType<T>): T {
  const read = shape.safeParse(parsed(call.bytes));
  if (read.success) return read.data;
  const lines = read.error.issues.map((issue) => `For '${issue.path.join("/")}', ${issue.message}`);
  throw new ApiRefusal(422, `Invalid request.\n\n${lines.join("\n")}`);
}

function parsed(bytes: Buffer): unknown {
  if (bytes.length === 0) return {};
  try {
    return JSON.parse(bytes.toString("utf8"));
  } catch {
    throw new ApiRefusal(400, "Problems parsing JSON");
  }
}

/** A parameter that must be the id of something. */
export function idOf(call: Call, name: string): number {
  const id = Number(call.params[name]);
  if (Number.isSafeInteger(id)) return id;
  throw notFound();
}
