import { once } from "node:events";
import type { Writable } from "node:stream";
import { type Command, KIND, OP, SIDE } from "../core/command.ts";
import { Symbols } from "../core/symbols.ts";
import { Refusal } from "../refusal.ts";
import { listSegments } from "./files.ts";
import { readSegment } from "./segment.ts";

const TIFS = ["GTC", "IOC", "FOK", "PO", "IOC", "FOK"] as const;

/** Writes a journal's commands as `replay` reads them: an independent way to the same state. */
export async function journalCommand(args: readonly string[], output: Writable): Promise<void> {
  const [folder] = args;
  if (folder === undefined || args.length > 1) {
    throw new Refusal(`journal takes one folder, ${args.length} were given`, "journal FOLDER");
  }
  for (const segment of segmentsOf(folder)) {
    const lines: string[] = [];
    const commands: Command[] = [];
    const { head } = readSegment(segment, (command) => commands.push({ ...command }));
    const symbols = new Symbols();
    for (const name of head.symbols) symbols.list({ name, tick: 1, lot: 1 });
    for (const command of commands) {
      const json = toJson(command, symbols);
      // Time decides nothing but rates.
      const at = head.limits === true ? { at: command.timeMs } : {};
      if (json !== null) lines.push(`${JSON.stringify({ ...json, ...at })}\n`);
    }
    if (!output.write(lines.join(""))) await once(output, "drain");
  }
}

function segmentsOf(folder: string): ReturnType<typeof listSegments> {
  try {
    return listSegments(folder);
  } catch (error) {
    throw new Refusal(`${folder} can't be read`, "give the folder that is JOURNAL_DIR", error);
  }
}

function toJson(command: Command, symbols: Symbols): object | null {
  const { op, id, user, price, qty } = command;
  const owner = user === 0 ? {} : { user };
  switch (op) {
    case OP.new:
      return {
        op: "new",
        id,
        user,
        symbol: symbols.listed[command.symbol]?.name,
        side: command.side === SIDE.buy ? "buy" : "sell",
        type: command.kind >= KIND.market ? "market" : "limit",
        tif: TIFS[command.kind],
        ...(command.kind >= KIND.market ? {} : { price }),
        qty,
      };
    case OP.cancel:
      return { op: "cancel", id, ...owner };
    case OP.move:
      return { op: "move", id, price, ...owner };
    case OP.reduce:
      return { op: "reduce", id, qty, ...owner };
    case OP.deposit:
      return { op: "deposit", user, asset: symbols.assets[command.symbol], amount: qty };
    case OP.halt:
      return { op: "halt", ...(user === 0 ? {} : { user }) };
    case OP.resume:
      return { op: "resume", ...(user === 0 ? {} : { user }) };
    case OP.limit:
      return {
        op: "limit",
        ...(user === 0 ? {} : { user }),
        position: qty,
        ordersPerSecond: price,
      };
    case OP.snapshot:
      return null;
  }
}
