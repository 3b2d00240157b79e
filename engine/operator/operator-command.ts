import { type Decoded, type Decoder, refusalOf } from "../entry/decode.ts";
import { parseJson } from "../entry/http-body.ts";

export interface OperatorOp {
  op: string;
  /** What may be said with it. */
  fields: readonly string[];
  /** Needs a second factor where there is one. */
  isDangerous: boolean;
}

/** What an operator may command, by path. */
export const OPERATOR_COMMANDS: ReadonlyMap<string, OperatorOp> = new Map([
  ["/halt", { op: "halt", fields: ["user"], isDangerous: true }],
  ["/resume", { op: "resume", fields: ["user"], isDangerous: true }],
  ["/deposit", { op: "deposit", fields: ["user", "asset", "amount"], isDangerous: true }],
  ["/limit", { op: "limit", fields: ["user", "position", "ordersPerSecond"], isDangerous: true }],
  // It changes no book, no balance and nobody's rights, and a release asks for it on its own.
  ["/snapshot", { op: "snapshot", fields: [], isDangerous: false }],
]);

export interface OperatorCommand {
  fields: Record<string, unknown>;
  decoded: Decoded;
}

/** An empty body is a command without fields. A field that is not known is refused: without its `user` a halt is everybody's. */
export function readOperatorCommand(
  text: string,
  { op, fields: known }: OperatorOp,
  decoder: Decoder,
): OperatorCommand {
  const value = text === "" ? {} : parseJson(text);
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    return malformed("a command is a JSON object");
  }
  const odd = Object.keys(value).find((field) => !known.includes(field));
  if (odd !== undefined) {
    const accepted = known.length === 0 ? "none" : known.join(", ");
    return malformed(`a field is ${JSON.stringify(odd.slice(0, 60))}, accepted: ${accepted}`);
  }
  const fields = { ...value };
  return { fields, decoded: decoder.decode({ ...fields, op }, op) };
}

function malformed(message: string): OperatorCommand {
  return { fields: {}, decoded: { malformed: refusalOf("malformed", message) } };
}
