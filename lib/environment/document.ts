import { type Document, isAlias, isMap, LineCounter, type Node, parseDocument, visit } from "yaml";
import { type Fault, keyOf, type Position } from "./fault.ts";

/** A parsed YAML file that can tell where each of its values stands. */
export interface SourceDocument {
  value: unknown;
  /** Place of the value at `path`; of the nearest parent when there is no such value. */
  locate(path: readonly PropertyKey[]): Position;
  /** Place of the key itself, for keys that should not be there. */
  locateKey(path: readonly PropertyKey[]): Position;
}

/** More than this many uses of anchors is an attempt to blow up, not a configuration. */
const MAX_ALIASES = 50;

/** YAML 1.2, one document. Faults of syntax, double keys and too many aliases come back, never thrown. */
export function parseSource(text: string): SourceDocument | Fault[] {
  const lineCounter = new LineCounter();
  const at = (offset: number) => position(lineCounter, offset);
  const parsed = tolerantly(() => parseDocument(text, { lineCounter, version: "1.2" }));
  if (parsed instanceof Error) return [{ key: "", ...at(0), message: parsed.message }];
  const faults = [...syntaxFaults(parsed, text, at), ...unresolvedAliases(parsed, at)];
  if (faults.length > 0) return faults;
  if (parsed.contents === null) return [{ key: "", ...at(0), message: "the file is empty" }];
  const value = tolerantly(() => parsed.toJS({ maxAliasCount: MAX_ALIASES }) as unknown);
  if (value instanceof Error) {
    const message = `more than ${MAX_ALIASES} values by way of anchors; write them out`;
    return [{ key: "", ...at(0), message }];
  }
  return {
    value,
    locate: (path) => at(offsetOf(parsed, path)),
    locateKey: (path) => at(keyOffsetOf(parsed, path)),
  };
}

type At = (offset: number) => Position;

/** Every double key, and the first fault of syntax: those after it are mostly its echo. */
function syntaxFaults(parsed: Document.Parsed, text: string, at: At): Fault[] {
  const problems = [...parsed.errors, ...parsed.warnings];
  const double = problems.filter(({ code }) => code === "DUPLICATE_KEY");
  const first = problems.find(({ code }) => code !== "DUPLICATE_KEY");
  const faults = double.map(({ pos }) => {
    const name = /^["']?[^"'\s:,}]*["']?/.exec(text.slice(pos[0]))?.[0] ?? "";
    return { key: "", ...at(pos[0]), message: `the key ${name} is given twice in one mapping` };
  });
  if (first !== undefined) {
    faults.push({ key: "", ...at(first.pos[0]), message: `not valid YAML: ${plainly(first)}` });
  }
  return faults;
}

function plainly({ code, message }: { code: string; message: string }): string {
  if (code === "MULTIPLE_DOCS") return "only one document is accepted, without --- in the middle";
  if (/stack/i.test(message)) return "nested too deeply";
  return (message.split("\n")[0] ?? "").replace(/ at line \d+, column \d+:?$/, "");
}

function unresolvedAliases(parsed: Document.Parsed, at: At): Fault[] {
  const faults: Fault[] = [];
  visit(parsed, {
    Alias(_, alias) {
      if (alias.resolve(parsed) !== undefined) return;
      const message = `no anchor &${alias.source} stands before *${alias.source}`;
      faults.push({ key: "", ...at(alias.range?.[0] ?? 0), message });
    },
  });
  return faults;
}

/** Nesting deep enough to exhaust the stack is a fault of the file, not ours. */
function tolerantly<T>(read: () => T): T | Error {
  try {
    return read();
  } catch (error) {
    if (error instanceof RangeError) return new Error("nested too deeply");
    return error instanceof Error ? error : new Error(String(error));
  }
}

function position(lineCounter: LineCounter, offset: number): Position {
  const { line, col } = lineCounter.linePos(offset);
  return { line: Math.max(1, line), column: Math.max(1, col) };
}

function offsetOf(document: Document.Parsed, path: readonly PropertyKey[]): number {
  const found = descend(document, path);
  return found?.range?.[0] ?? 0;
}

/** The node at `path`, or the deepest one on the way there. */
function descend(document: Document.Parsed, path: readonly PropertyKey[]): Node | null {
  let current: Node | null = document.contents;
  for (const part of path) {
    const whole: unknown = isAlias(current) ? current.resolve(document) : current;
    const next = child(whole, part);
    if (next === undefined) return current;
    current = next;
  }
  return current;
}

interface Collection {
  get(key: unknown, keepScalar: true): unknown;
}

function child(node: unknown, key: PropertyKey): Node | undefined {
  if (typeof node !== "object" || node === null || !("get" in node)) return undefined;
  const found = (node as Collection).get(key, true);
  return typeof found === "object" && found !== null ? (found as Node) : undefined;
}

function keyOffsetOf(document: Document.Parsed, path: readonly PropertyKey[]): number {
  const parent = descend(document, path.slice(0, -1));
  const whole: unknown = isAlias(parent) ? parent.resolve(document) : parent;
  if (!isMap(whole)) return parent?.range?.[0] ?? 0;
  const name = keyOf(path.slice(-1));
  const pair = whole.items.find(({ key }) => String(key) === name);
  const range = (pair?.key as Node | undefined)?.range;
  return range?.[0] ?? offsetOf(document, path);
}
