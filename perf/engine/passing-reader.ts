import { type MessagePort, parentPort, workerData } from "node:worker_threads";
import { blankCommand, type Command } from "../../engine/core/command.ts";
import { readCommand } from "../../engine/core/layout.ts";
import { Ring } from "../../engine/pipeline/ring.ts";
import { type Bells, bellsOf, type RingContent, SPINS } from "./passing-bells.ts";

const {
  buffer,
  bells,
  content,
  port,
  ends: [warm = 0, end = 0],
} = workerData as {
  buffer?: SharedArrayBuffer;
  bells?: SharedArrayBuffer;
  content?: RingContent;
  port?: MessagePort;
  /** How many messages there are in all, after the first turn and after the second. */
  ends: number[];
};

if (port !== undefined) readPort(port);
else if (buffer !== undefined && bells !== undefined) {
  const ring = new Ring(buffer);
  readRing(ring, bellsOf(bells), content === "commands" ? commandReader(ring) : numberReader(ring));
}

/** Reads all records from one position to another; the result is of what they held, so that it must be read. */
type ReadRecords = (from: number, to: number) => number;

function readRing(ring: Ring, { reader, writer }: Bells, read: ReadRecords): void {
  parentPort?.postMessage("ready");
  let position = 0;
  let sum = 0;
  const hasNews = (): boolean => ring.published > position;
  let freed = 0;
  const free = (): void => {
    freed = position;
    ring.consume(position);
    writer.ring();
  };
  while (position < end) {
    const published = ring.published;
    sum += read(position, published);
    position = published;
    // Space is given back in larger pieces, so that the two sides touch each other's memory less often.
    if (position - freed >= ring.capacity / 8) free();
    if (hasNews()) continue;
    free();
    if (position === warm || position === end) parentPort?.postMessage(sum);
    if (position < end) reader.wait(hasNews, SPINS);
  }
}

function numberReader(ring: Ring): ReadRecords {
  return (from, to) => {
    let sum = 0;
    for (let at = from; at < to; at += 1) sum += ring.floats[ring.slot(at) * 8] ?? 0;
    return sum;
  };
}

function commandReader(ring: Ring): ReadRecords {
  const command = blankCommand();
  return (from, to) => {
    let sum = 0;
    for (let at = from; at < to; at += 1) {
      readCommand(ring, ring.slot(at), command);
      sum += fieldsOf(command);
    }
    return sum;
  };
}

function fieldsOf({ op, id, user, symbol, side, kind, price, qty }: Command): number {
  return op + id + user + symbol + side + kind + price + qty;
}

function readPort(from: MessagePort): void {
  let read = 0;
  let sum = 0;
  from.on("message", (command: Command) => {
    read += 1;
    sum += fieldsOf(command);
    if (read === warm || read === end) parentPort?.postMessage(sum);
  });
  parentPort?.postMessage("ready");
}
