import type { Json } from "../call.ts";

/** A value as it is written: variables are filled in when the request is answered. */
export type Written =
  | { readonly kind: "constant"; readonly value: Json }
  | { readonly kind: "variable"; readonly name: string }
  | { readonly kind: "list"; readonly items: readonly Written[] }
  | { readonly kind: "object"; readonly fields: readonly (readonly [string, Written])[] };

export type Selection =
  | {
      readonly kind: "field";
      readonly name: string;
      readonly alias: string;
      readonly args: readonly (readonly [string, Written])[];
      readonly selections: readonly Selection[];
    }
  /** Of a named fragment, or in place; empty `on` means any type. */
  | { readonly kind: "spread"; readonly name: string }
  | { readonly kind: "inline"; readonly on: string; readonly selections: readonly Selection[] };

export interface Operation {
  readonly kind: "query" | "mutation";
  readonly name: string;
  readonly defaults: readonly (readonly [string, Written])[];
  readonly selections: readonly Selection[];
}

export interface Fragment {
  readonly on: string;
  readonly selections: readonly Selection[];
}

export interface GraphDocument {
  readonly operations: readonly Operation[];
  readonly fragments: ReadonlyMap<string, Fragment>;
}

const TOKEN =
  /"""([\s\S]*?)"""|"((?:[^"\\\n]|\\.)*)"|(-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)|([A-Za-z_]\w*)|(\.\.\.)|([!$()[\]{}:=@|&])|[\s,]+|#[^\n]*/gy;

type Token = { readonly kind: "text" | "number" | "name" | "sign"; readonly text: string };

/** Reads a GraphQL request. Throws an Error that says where it is not one. */
export function readDocument(text: string): GraphDocument {
  return new Reader(tokensOf(text)).document();
}

function tokensOf(text: string): Token[] {
  const tokens: Token[] = [];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < text.length) {
    const at = TOKEN.lastIndex;
    const match = TOKEN.exec(text);
    if (!match) throw new Error(`Parse error on ${JSON.stringify(text.slice(at, at + 10))}`);
    const [, block, quoted, number, name, dots, sign] = match;
    if (block !== undefined) tokens.push({ kind: "text", text: block });
    else if (quoted !== undefined)
      tokens.push({ kind: "text", text: JSON.parse(`"${quoted}"`) as string });
    else if (number !== undefined) tokens.push({ kind: "number", text: number });
    else if (name !== undefined) tokens.push({ kind: "name", text: name });
    else if (dots ?? sign) tokens.push({ kind: "sign", text: dots ?? sign ?? "" });
  }
  return tokens;
}

class Reader {
  readonly #tokens: readonly Token[];
  #at = 0;

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens;
  }

  document(): GraphDocument {
    const operations: Operation[] = [];
    const fragments = new Map<string, Fragment>();
    while (this.#at < this.#tokens.length) {
      if (this.#skip("fragment")) {
        const name = this.#name();
        this.#expect("on");
        fragments.set(name, { on: this.#name(), selections: this.#selections() });
      } else operations.push(this.#operation());
    }
    return { operations, fragments };
  }

  #operation(): Operation {
    if (this.#is("{"))
      return { kind: "query", name: "", defaults: [], selections: this.#selections() };
    const kind = this.#name();
    if (kind !== "query" && kind !== "mutation") throw new Error(`Parse error on "${kind}"`);
    const name = this.#is("{") || this.#is("(") ? "" : this.#name();
    return { kind, name, defaults: this.#variables(), selections: this.#selections() };
  }

  #variables(): [string, Written][] {
    const defaults: [string, Written][] = [];
    if (!this.#skip("(")) return defaults;
    while (!this.#skip(")")) {
      this.#expect("$");
      const name = this.#name();
      this.#expect(":");
      this.#type();
      if (this.#skip("=")) defaults.push([name, this.#value()]);
    }
    return defaults;
  }

  #type(): void {
    if (this.#skip("[")) {
      this.#type();
      this.#expect("]");
    } else this.#name();
    this.#skip("!");
  }

  #selections(): Selection[] {
    const found: Selection[] = [];
    this.#expect("{");
    while (!this.#skip("}")) found.push(this.#selection());
    return found;
  }

  #selection(): Selection {
    if (this.#skip("...")) {
      if (this.#is("{")) return { kind: "inline", on: "", selections: this.#selections() };
      const name = this.#name();
      if (name !== "on") return { kind: "spread", name };
      return { kind: "inline", on: this.#name(), selections: this.#selections() };
    }
    const first = this.#name();
    const name = this.#skip(":") ? this.#name() : first;
    const args = this.#skip("(") ? this.#pairs(")") : [];
    const selections = this.#is("{") ? this.#selections() : [];
    return { kind: "field", name, alias: first, args, selections };
  }

  #pairs(end: string): [string, Written][] {
    const pairs: [string, Written][] = [];
    while (!this.#skip(end)) {
      const name = this.#name();
      this.#expect(":");
      pairs.push([name, this.#value()]);
    }
    return pairs;
  }

  #value(): Written {
    if (this.#skip("$")) return { kind: "variable", name: this.#name() };
    if (this.#skip("{")) return { kind: "object", fields: this.#pairs("}") };
    if (this.#skip("[")) {
      const items: Written[] = [];
      while (!this.#skip("]")) items.push(this.#value());
      return { kind: "list", items };
    }
    const token = this.#take();
    if (token.kind === "text") return { kind: "constant", value: token.text };
    if (token.kind === "number") return { kind: "constant", value: Number(token.text) };
    if (token.kind === "sign") throw new Error(`Parse error on "${token.text}"`);
    const words = new Map<string, Json>([
      ["true", true],
      ["false", false],
      ["null", null],
    ]);
    // Anything else is a name of an enumeration.
    return { kind: "constant", value: words.has(token.text) ? words.get(token.text) : token.text };
  }

  #take(): Token {
    const token = this.#tokens[this.#at++];
    if (!token) throw new Error("Unexpected end of document");
    return token;
  }

  #name(): string {
    const token = this.#take();
    if (token.kind !== "name") throw new Error(`Parse error on "${token.text}"`);
    return token.text;
  }

  #is(text: string): boolean {
    const token = this.#tokens[this.#at];
    return token !== undefined && token.kind !== "text" && token.text === text;
  }

  #skip(text: string): boolean {
    const found = this.#is(text);
    if (found) this.#at++;
    return found;
  }

  #expect(text: string): void {
    if (!this.#skip(text)) throw new Error(`Expected "${text}", found "${this.#take().text}"`);
  }
}
