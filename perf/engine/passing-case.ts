import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { MessageChannel, Worker } from "node:worker_threads";
import { blankCommand, type Command, OP } from "../../engine/core/command.ts";
import { writeCommand } from "../../engine/core/layout.ts";
import { Ring } from "../../engine/pipeline/ring.ts";
import { type Bells, bellsOf, type RingContent, SPINS } from "./passing-bells.ts";

const CAPACITY = 16_384;
const BATCH = 32;
/** Commands sent in one call. */
const CALL = 1024;
const PAUSE_MS = 200;
const READER = new URL("./passing-reader.ts", import.meta.url);

interface PassingFigures {
  perSecond: number;
}

/** Whole commands from this thread to another through the ring, each published by itself. */
export function measureRing(count: number): Promise<PassingFigures> {
  return measureReader("commands", count, (ring, bells) => new CommandSender(ring, bells));
}

/** Numbers in records, published in batches: what the Disruptor is asked to do as well. */
export function measureRingBatched(count: number): Promise<PassingFigures> {
  return measureReader("numbers", count, (ring, bells) => new NumberSender(ring, bells));
}

function measureReader(
  content: RingContent,
  count: number,
  senderOf: (ring: Ring, bells: Bells) => Sender,
): Promise<PassingFigures> {
  const buffer = Ring.allocate(CAPACITY);
  const bells = new SharedArrayBuffer(128);
  const ends = [count / 2, count / 2 + count];
  const reader = new Worker(READER, { workerData: { content, buffer, bells, ends } });
  const sender = senderOf(new Ring(buffer), bellsOf(bells));
  return measureTurns(reader, count, (turn) => sender.sendUntil(ends[turn] ?? 0));
}

/**
 * The first turn is not measured, and a pause follows it: on a machine that has no CPU left beside the two threads, what
 * compiles their code for good would else come too late for some runs and not for others.
 */
async function measureTurns(
  reader: Worker,
  count: number,
  send: (turn: number) => void,
): Promise<PassingFigures> {
  const next = (): Promise<unknown> => once(reader, "message");
  await next();
  const warm = next();
  send(0);
  await warm;
  await sleep(PAUSE_MS);
  const done = next();
  const startedAt = performance.now();
  send(1);
  await done;
  return { perSecond: Math.round((count / (performance.now() - startedAt)) * 1000) };
}

interface Sender {
  /** Goes on from where it was. */
  sendUntil(end: number): void;
}

class CommandSender implements Sender {
  readonly #ring: Ring;
  readonly #bells: Bells;
  readonly #command = sample();
  #position = 0;
  #consumed = 0;

  constructor(ring: Ring, bells: Bells) {
    this.#ring = ring;
    this.#bells = bells;
  }

  sendUntil(end: number): void {
    while (this.#position < end) this.#send(Math.min(end, this.#position + CALL));
  }

  #send(end: number): void {
    const ring = this.#ring;
    const command = this.#command;
    const { reader } = this.#bells;
    for (let position = this.#position; position < end; position += 1) {
      if (position - this.#consumed >= CAPACITY) this.#wait(position);
      command.id = position;
      writeCommand(ring, ring.slot(position), command, position, 0);
      ring.publish(position + 1);
      reader.ring();
    }
    this.#position = end;
  }

  #wait(position: number): void {
    const ring = this.#ring;
    this.#bells.writer.wait(() => position - ring.consumed < CAPACITY, SPINS);
    this.#consumed = ring.consumed;
  }
}

class NumberSender implements Sender {
  readonly #ring: Ring;
  readonly #bells: Bells;
  #position = 0;
  #consumed = 0;

  constructor(ring: Ring, bells: Bells) {
    this.#ring = ring;
    this.#bells = bells;
  }

  sendUntil(end: number): void {
    while (this.#position < end) this.#send(Math.min(end, this.#position + BATCH));
  }

  #send(end: number): void {
    const ring = this.#ring;
    if (end - this.#consumed > CAPACITY) this.#wait(end);
    for (let position = this.#position; position < end; position += 1) {
      ring.floats[ring.slot(position) * 8] = position;
    }
    ring.publish(end);
    this.#bells.reader.ring();
    this.#position = end;
  }

  #wait(end: number): void {
    const ring = this.#ring;
    this.#bells.writer.wait(() => end - ring.consumed <= CAPACITY, SPINS);
    this.#consumed = ring.consumed;
  }
}

/** The same commands through a MessagePort, as the objects that they are, read as fast as it can be. */
export function measurePort(count: number): Promise<PassingFigures> {
  const { port1, port2 } = new MessageChannel();
  const ends = [count / 2, count / 2 + count];
  const reader = new Worker(READER, { workerData: { port: port2, ends }, transferList: [port2] });
  const command = sample();
  return measureTurns(reader, count, (turn) => {
    for (let at = ends[turn - 1] ?? 0; at < (ends[turn] ?? 0); at += 1) {
      command.id = at;
      port1.postMessage(command);
    }
  });
}

function sample(): Command {
  return { ...blankCommand(), op: OP.new, user: 7, price: 100_000, qty: 25 };
}
