import { type Document, isAlias, isMap, LineCounter, type Node, parseDocument } from "yaml";
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
  const parsed = tolerantly(() => parseDocument(text, { lineCounter, version: "1.2" }));
  if (parsed instanceof Error) return [wholeFile(parsed.message)];
  const problems = [...parsed.errors, ...parsed.warnings];
  if (problems.length > 0) {
    return problems.map((problem) => ({
      key: "",
      ...position(lineCounter, problem.pos[0]),
      message: `not valid YAML: ${firstLine(problem.message)}`,
    }));
  }
  const value = tolerantly(() => parsed.toJS({ maxAliasCount: MAX_ALIASES }) as unknown);
  if (value instanceof Error) {
    return [wholeFile(`${value.message} (at most ${MAX_ALIASES} uses of anchors)`)];
  }
  return {
    value,
    locate: (path) => position(lineCounter, offsetOf(parsed, path)),
    locateKey: (path) => position(lineCounter, keyOffsetOf(parsed, path)),
  };
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

function wholeFile(message: string): Fault {
  return { key: "", line: 1, column: 1, message };
}

function firstLine(message: string): string {
  return (message.split("\n")[0] ?? "").replace(/ at line \d+, column \d+:?$/, "");
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
