import type { ObjectReader } from "@actions/workflow-parser/templates/object-reader";
import type { ParseEvent as Event } from "@actions/workflow-parser/templates/parse-event";
import type { LiteralToken } from "@actions/workflow-parser/templates/tokens/literal-token";
import type { MappingToken as Mapping } from "@actions/workflow-parser/templates/tokens/mapping-token";
import type { SequenceToken as Sequence } from "@actions/workflow-parser/templates/tokens/sequence-token";
import {
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  parseAllDocuments,
  type Scalar,
} from "yaml";
import {
  BooleanToken,
  EventType,
  MappingToken,
  NullToken,
  NumberToken,
  ParseEvent,
  SequenceToken,
  StringToken,
} from "./github.ts";

/** An alias may repeat much; GitHub bounds the size of the whole document too. */
const MAX_EVENTS = 200_000;
const MAX_DEPTH = 100;

export interface YamlFault {
  readonly message: string;
  readonly line: number;
  readonly column: number;
}

interface Place {
  readonly start: { readonly line: number; readonly column: number };
  readonly end: { readonly line: number; readonly column: number };
}

/**
 * Feeds a YAML document to GitHub's template reader.
 * The packages' own reader breaks on keys that are not strings and swallows circular aliases; this one does neither.
 */
export class YamlReader implements ObjectReader {
  readonly faults: YamlFault[] = [];
  /** Where texts of several lines stand, and how far they are indented: their faults are told without the indent. */
  readonly blocks: { firstLine: number; lastLine: number; indent: number }[] = [];
  readonly #events: Event[] = [];
  readonly #fileId: number;
  readonly #lines = new LineCounter();
  #next = 0;

  constructor(fileId: number, content: string) {
    this.#fileId = fileId;
    const documents = parseAllDocuments(content, {
      lineCounter: this.#lines,
      keepSourceTokens: true,
      uniqueKeys: false, // the template reader tells duplicates, ignoring case as GitHub does
    });
    if ("empty" in documents || documents.length === 0) {
      this.faults.push({ message: "The file is empty", line: 1, column: 1 });
      return;
    }
    for (const document of documents) this.#tellErrors(document as Document);
    const [document, second] = documents;
    if (second?.contents) this.#fault("Only one YAML document is accepted", second.contents.range);
    if (this.faults.length > 0 || !document) return;
    this.#emit(EventType.DocumentStart);
    this.#read(document as Document, document.contents as Node | null, [], 0);
    this.#emit(EventType.DocumentEnd);
  }

  #tellErrors(document: Document): void {
    // A tag that nobody knows is a mere warning to the YAML library, which then drops it: `if: !cancelled()`.
    const tags = document.warnings.filter(({ code }) => code === "TAG_RESOLVE_FAILED");
    for (const error of [...document.errors, ...tags]) {
      const at = error.linePos?.[0];
      const message = error.message.split("\n")[0]?.replace(/ at line \d+, column \d+:?$/, "");
      const tag = /^Unresolved tag: (.*)$/.exec(message ?? "")?.[1];
      const shown =
        tag === undefined ? (message ?? "") : `Unexpected tag '${tag}'; quote what begins with !`;
      this.faults.push({ message: shown, line: at?.line ?? 1, column: at?.col ?? 1 });
    }
  }

  #emit(
    type: (typeof EventType)[keyof typeof EventType],
    token?: LiteralToken | Mapping | Sequence,
  ) {
    if (this.#events.length === MAX_EVENTS) {
      this.faults.push({ message: "The document is too large", line: 1, column: 1 });
    }
    if (this.#events.length < MAX_EVENTS) this.#events.push(new ParseEvent(type, token));
  }

  #fault(message: string, range: readonly number[] | null | undefined): void {
    const { start } = this.#place(range);
    this.faults.push({ message, ...start });
  }

  #place(range: readonly number[] | null | undefined): Place {
    const start = this.#lines.linePos(range?.[0] ?? 0);
    const end = this.#lines.linePos(range?.[1] ?? 0);
    return {
      start: { line: Math.max(start.line, 1), column: Math.max(start.col, 1) },
      end: { line: Math.max(end.line, 1), column: Math.max(end.col, 1) },
    };
  }

  #read(document: Document, node: Node | null, aliases: readonly Node[], depth: number): void {
    const place = this.#place(node?.range);
    if (depth > MAX_DEPTH) {
      this.#fault("Nested too deeply", node?.range);
      return;
    }
    if (isAlias(node)) {
      this.#readAlias(document, node, aliases, depth);
      return;
    }
    if (isSeq<Node | null>(node)) {
      this.#emit(EventType.SequenceStart, new SequenceToken(this.#fileId, place, undefined));
      for (const item of node.items) this.#read(document, item, aliases, depth + 1);
      this.#emit(EventType.SequenceEnd);
      return;
    }
    if (isMap<Node | null, Node | null>(node)) {
      this.#emit(EventType.MappingStart, new MappingToken(this.#fileId, place, undefined));
      for (const pair of node.items) {
        if (!this.#readKey(pair.key)) continue;
        this.#read(document, pair.value, aliases, depth + 1);
      }
      this.#emit(EventType.MappingEnd);
      return;
    }
    this.#emit(EventType.Literal, this.#literal(isScalar(node) ? node : undefined, place));
  }

  #readAlias(document: Document, node: Node, aliases: readonly Node[], depth: number): void {
    const target = isAlias(node) ? node.resolve(document) : undefined;
    if (!target) this.#fault("Unknown alias", node.range);
    else if (aliases.includes(target)) this.#fault("An alias may not contain itself", node.range);
    else this.#read(document, target, [...aliases, target], depth + 1);
  }

  #readKey(key: Node | null): boolean {
    if (!isScalar(key)) {
      this.#fault("A mapping key must be a scalar", key?.range);
      return false;
    }
    const text = key.value === null ? "" : String(key.source ?? key.value);
    this.#emit(
      EventType.Literal,
      new StringToken(this.#fileId, this.#place(key.range), text, undefined),
    );
    return true;
  }

  #literal(scalar: Scalar | undefined, place: Place): LiteralToken {
    const value = scalar?.value;
    if (typeof value === "number")
      return new NumberToken(this.#fileId, place, value, undefined) as LiteralToken;
    if (typeof value === "boolean")
      return new BooleanToken(this.#fileId, place, value, undefined) as LiteralToken;
    if (typeof value !== "string") return new NullToken(this.#fileId, place, undefined);
    const source = scalar?.srcToken;
    const raw = source && "source" in source ? source.source : undefined;
    // In text of several lines GitHub's reader takes the raw source for the value itself: it must not have it.
    if (place.start.line === place.end.line) {
      return new StringToken(this.#fileId, place, value, undefined, raw);
    }
    if (source?.type === "block-scalar") this.#noteIndent(place, raw ?? "");
    return new StringToken(this.#fileId, place, value, undefined);
  }

  #noteIndent(place: Place, raw: string): void {
    const first = raw.split("\n").find((line) => line.trim() !== "") ?? "";
    const indent = first.length - first.trimStart().length;
    this.blocks.push({ firstLine: place.start.line + 1, lastLine: place.end.line, indent });
  }

  #take(type: (typeof EventType)[keyof typeof EventType]): Event | undefined {
    const event = this.#events[this.#next];
    if (event?.type !== type) return undefined;
    this.#next++;
    return event;
  }

  allowLiteral(): LiteralToken | undefined {
    return this.#take(EventType.Literal)?.token as LiteralToken | undefined;
  }

  allowSequenceStart(): Sequence | undefined {
    return this.#take(EventType.SequenceStart)?.token as Sequence | undefined;
  }

  allowSequenceEnd(): boolean {
    return this.#take(EventType.SequenceEnd) !== undefined;
  }

  allowMappingStart(): Mapping | undefined {
    return this.#take(EventType.MappingStart)?.token as Mapping | undefined;
  }

  allowMappingEnd(): boolean {
    return this.#take(EventType.MappingEnd) !== undefined;
  }

  validateStart(): void {
    if (!this.#take(EventType.DocumentStart)) throw new Error("The document does not start");
  }

  validateEnd(): void {
    if (!this.#take(EventType.DocumentEnd)) throw new Error("The document does not end");
  }
}
