import { MessageChannel, Worker } from "node:worker_threads";
import { blankCommand, type Command, OP } from "../../engine/core/command.ts";
import { writeCommand } from "../../engine/core/layout.ts";
import { Ring } from "../../engine/pipeline/ring.ts";
import { type Bells, bellsOf, type RingContent, SPINS } from "./passing-bells.ts";

const CAPACITY = 16_384;
const BATCH = 32;
const READER = new URL("./passing-reader.ts", import.meta.url);

interface PassingFigures {
  perSecond: number;
}

/** Whole commands from this thread to another through the ring, each published by itself. */
export function measureRing(count: number): Promise<PassingFigures> {
  return measureReader("commands", count, (ring, bells) => sendCommands(ring, bells, count));
}

/** Numbers in records, published in batches: what the Disruptor is asked to do as well. */
export function measureRingBatched(count: number): Promise<PassingFigures> {
  return measureReader("numbers", count, (ring, bells) => sendNumbers(ring, bells, count));
}

function measureReader(
  content: RingContent,
  count: number,
  send: (ring: Ring, bells: Bells) => void,
): Promise<PassingFigures> {
  const buffer = Ring.allocate(CAPACITY);
  const bells = new SharedArrayBuffer(128);
  const reader = new Worker(READER, { workerData: { content, buffer, bells, count } });
  return new Promise((resolve) => {
    reader.once("message", () => {
      const startedAt = performance.now();
      send(new Ring(buffer), bellsOf(bells));
      reader.once("message", () => resolve(rate(count, startedAt)));
    });
  });
}

function sendCommands(ring: Ring, { reader, writer }: Bells, count: number): void {
  const command = sample();
  let consumed = 0;
  const hasSpace = (): boolean => ring.consumed > consumed;
  for (let position = 0; position < count; position += 1) {
    while (position - consumed >= CAPACITY) {
      writer.wait(hasSpace, SPINS);
      consumed = ring.consumed;
    }
    command.id = position;
    writeCommand(ring, ring.slot(position), command, position, 0);
    ring.publish(position + 1);
    reader.ring();
  }
}

function sendNumbers(ring: Ring, { reader, writer }: Bells, count: number): void {
  let position = 0;
  let consumed = 0;
  const hasSpace = (): boolean => ring.consumed > consumed;
  while (position < count) {
    const end = Math.min(count, position + BATCH);
    while (end - consumed > CAPACITY) {
      writer.wait(hasSpace, SPINS);
      consumed = ring.consumed;
    }
    for (; position < end; position += 1) ring.floats[ring.slot(position) * 8] = position;
    ring.publish(position);
    reader.ring();
  }
}

/** The same commands through a MessagePort, as the objects that they are, read as fast as it can be. */
export function measurePort(count: number): Promise<PassingFigures> {
  const { port1, port2 } = new MessageChannel();
  const reader = new Worker(READER, { workerData: { port: port2, count }, transferList: [port2] });
  const command = sample();
  return new Promise((resolve) => {
    reader.once("message", () => {
      const startedAt = performance.now();
      for (let at = 0; at < count; at += 1) {
        command.id = at;
        port1.postMessage(command);
      }
      reader.once("message", () => resolve(rate(count, startedAt)));
    });
  });
}

function sample(): Command {
  return { ...blankCommand(), op: OP.new, user: 7, price: 100_000, qty: 25 };
}

function rate(count: number, startedAt: number): PassingFigures {
  return { perSecond: Math.round((count / (performance.now() - startedAt)) * 1000) };
}
