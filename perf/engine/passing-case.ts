import { MessageChannel, Worker } from "node:worker_threads";
import { Ring } from "../../engine/pipeline/ring.ts";
import { type Bells, bellsOf, SPINS } from "./passing-bells.ts";

const CAPACITY = 16_384;

interface PassingFigures {
  perSecond: number;
}

/** Records from this thread to another through the ring, published one by one or in batches. */
export function measureRing(count: number, batch: number): Promise<PassingFigures> {
  const buffer = Ring.allocate(CAPACITY);
  const bells = new SharedArrayBuffer(128);
  const url = new URL("./passing-reader.ts", import.meta.url);
  const reader = new Worker(url, { workerData: { buffer, bells, count } });
  return new Promise((resolve) => {
    reader.once("message", () => {
      const startedAt = performance.now();
      send(new Ring(buffer), bellsOf(bells), count, batch);
      reader.once("message", () => resolve(rate(count, startedAt)));
    });
  });
}

function send(ring: Ring, { reader, writer }: Bells, count: number, batch: number): void {
  let position = 0;
  let consumed = 0;
  const hasSpace = (): boolean => ring.consumed > consumed;
  while (position < count) {
    const end = Math.min(count, position + batch);
    while (end - consumed > CAPACITY) {
      writer.wait(hasSpace, SPINS);
      consumed = ring.consumed;
    }
    for (; position < end; position += 1) ring.floats[ring.slot(position) * 8] = position;
    ring.publish(position);
    reader.ring();
  }
}

/** The same number of small objects through a MessagePort, read as fast as it can be. */
export function measurePort(count: number): Promise<PassingFigures> {
  const { port1, port2 } = new MessageChannel();
  const url = new URL("./passing-reader.ts", import.meta.url);
  const reader = new Worker(url, { workerData: { port: port2, count }, transferList: [port2] });
  return new Promise((resolve) => {
    reader.once("message", () => {
      const startedAt = performance.now();
      for (let at = 0; at < count; at += 1) port1.postMessage(at);
      reader.once("message", () => resolve(rate(count, startedAt)));
    });
  });
}

function rate(count: number, startedAt: number): PassingFigures {
  return { perSecond: Math.round((count / (performance.now() - startedAt)) * 1000) };
}
