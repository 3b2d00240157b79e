import { once } from "node:events";
import { createReadStream } from "node:fs";
import type { Readable, Writable } from "node:stream";
import { type Command, type Listener, OP, type Reason } from "./core/command.ts";
import { Core } from "./core/core.ts";
import { ID_WINDOW } from "./core/recent-ids.ts";
import { stateHash } from "./core/state-hash.ts";
import { Symbols } from "./core/symbols.ts";
import { CLIENT_OPS, Decoder, OPERATOR_OPS } from "./entry/decode.ts";
import { ReplayVocabulary } from "./entry/vocabulary.ts";
import { Refusal } from "./refusal.ts";
import { TextLines } from "./text-lines.ts";

const CHUNK_CHARACTERS = 64 * 1024;
const FLAGS = ["--risk", "--stp", "--once", "--limits"];
const USAGE = "replay COMMANDS.jsonl [--risk] [--stp] [--once] [--limits], - for standard input";

export interface ReplayOptions {
  /** Orders need balances. */
  risk: boolean;
  /** Self-trade prevention. */
  stp: boolean;
  /** Ids are remembered after their orders are gone, as the live engine does. */
  once: boolean;
  /** Positions and order rates are limited; a command's time is its field `at`. */
  limits?: boolean;
}

/** Applies a file of commands to an empty engine: one line for each event, and one for the state at the end. */
export async function replayCommand(args: readonly string[], output: Writable): Promise<void> {
  const flags = args.filter((arg) => arg.startsWith("--"));
  const files = args.filter((arg) => !arg.startsWith("--"));
  const unknown = flags.find((flag) => !FLAGS.includes(flag));
  if (unknown !== undefined) throw new Refusal(`replay does not know ${unknown}`, USAGE);
  const [file] = files;
  if (file === undefined || files.length > 1) {
    throw new Refusal(`replay takes one file, ${files.length} were given`, USAGE);
  }
  const options = {
    risk: flags.includes("--risk"),
    stp: flags.includes("--stp"),
    once: flags.includes("--once"),
    limits: flags.includes("--limits"),
  };
  try {
    await replay(file === "-" ? process.stdin : createReadStream(file), options, output);
  } catch (error) {
    if (!(error instanceof Error && "code" in error && "syscall" in error)) throw error;
    throw new Refusal(`${file} can't be read`, USAGE, error);
  }
}

export async function replay(
  input: Readable,
  options: ReplayOptions,
  output: Writable,
): Promise<void> {
  const run = new Replay(options);
  const lines = new TextLines((line) => {
    if (line.trim() !== "") run.line(line);
  });
  for await (const piece of input) {
    lines.push(Buffer.from(piece));
    if (run.text.length >= CHUNK_CHARACTERS && !output.write(run.take()))
      await once(output, "drain");
  }
  lines.end();
  run.end();
  await new Promise<void>((resolve) => output.write(run.take(), () => resolve()));
}

class Replay implements Listener {
  text = "";
  readonly #symbols = new Symbols();
  readonly #core: Core;
  readonly #vocabulary: ReplayVocabulary;
  readonly #decoder: Decoder;
  #command: Command | undefined;

  constructor(options: ReplayOptions) {
    this.#core = new Core({
      maxOrders: Number.POSITIVE_INFINITY,
      risk: options.risk,
      preventSelfTrade: options.stp,
      limits: options.limits === true,
      idWindow: options.once ? ID_WINDOW : 0,
    });
    this.#vocabulary = new ReplayVocabulary(this.#symbols, (symbol) =>
      this.#core.addSymbol(symbol),
    );
    this.#decoder = new Decoder(this.#vocabulary, [...CLIENT_OPS, ...OPERATOR_OPS]);
  }

  line(line: string): void {
    const value = parse(line);
    const decoded = this.#decoder.decode(value, undefined);
    if ("command" in decoded) {
      decoded.command.timeMs = timeOf(value);
      decoded.command.user = this.#ownerOf(value, decoded.command);
      this.#command = decoded.command;
      this.#core.apply(decoded.command, this);
      return;
    }
    // A line that is no command takes a number all the same: the sequence is how many lines there were.
    this.#core.sequence += 1;
    const { reason, message } = decoded.malformed;
    const id = typeof value === "object" && value !== null && "id" in value ? value.id : undefined;
    this.#write({ event: "rejected", sequence: this.#core.sequence, id, reason, message });
  }

  /** A cancel, move or reduce may say whose order it means. */
  #ownerOf(value: unknown, { op, user }: Command): number {
    if (op !== OP.cancel && op !== OP.move && op !== OP.reduce) return user;
    const isSaid = typeof value === "object" && value !== null && "user" in value;
    return isSaid ? (this.#vocabulary.user(value.user) ?? user) : user;
  }

  end(): void {
    // Not by assignment: a symbol may have any name, that of an object's prototype as well.
    const depth = Object.fromEntries(
      this.#symbols.listed.map(({ name, index }) => [name, this.#core.depth(index)]),
    );
    const hash = stateHash(this.#core, this.#symbols);
    this.#write({ sequence: this.#core.sequence, hash, depth });
  }

  take(): string {
    const { text } = this;
    this.text = "";
    return text;
  }

  accepted(id: number): void {
    const command = this.#command;
    if (command?.op === OP.limit) {
      this.#event("accepted", { op: "limit" });
      return;
    }
    if (command?.op === OP.halt || command?.op === OP.resume) {
      this.#event("accepted", { op: command.op === OP.halt ? "halt" : "resume" });
      return;
    }
    if (command?.op !== OP.deposit) {
      this.#event("accepted", { id: this.#name(id) });
      return;
    }
    const asset = this.#symbols.assets[command.symbol];
    this.#event("accepted", { op: "deposit", asset, amount: command.qty });
  }

  rejected(id: number, reason: Reason): void {
    const op = this.#command?.op === OP.deposit ? { op: "deposit" } : { id: this.#name(id) };
    this.#event("rejected", { ...op, reason });
  }

  trade(taker: number, maker: number, price: number, qty: number): void {
    this.#event("trade", { taker: this.#name(taker), maker: this.#name(maker), price, qty });
  }

  canceled(id: number, qty: number): void {
    this.#event("canceled", { id: this.#name(id), qty });
  }

  reduced(id: number, qty: number, remaining: number): void {
    this.#event("reduced", { id: this.#name(id), qty, remaining });
  }

  moved(id: number, price: number): void {
    this.#event("moved", { id: this.#name(id), price });
  }

  #name(id: number): number | string {
    return this.#vocabulary.nameOf(id);
  }

  #event(event: string, fields: object): void {
    this.#write({ event, sequence: this.#core.sequence, ...fields });
  }

  #write(line: object): void {
    this.text += `${JSON.stringify(line)}\n`;
  }
}

function timeOf(value: unknown): number {
  const at = typeof value === "object" && value !== null && "at" in value ? value.at : 0;
  return typeof at === "number" && at > 0 ? at : 0;
}

function parse(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
