import { type MessagePort, parentPort, workerData } from "node:worker_threads";
import { Ring } from "../../engine/pipeline/ring.ts";
import { type Bells, bellsOf, SPINS } from "./passing-bells.ts";

const { buffer, bells, port, count } = workerData as {
  buffer?: SharedArrayBuffer;
  bells?: SharedArrayBuffer;
  port?: MessagePort;
  count: number;
};

if (port !== undefined) readPort(port);
else if (buffer !== undefined && bells !== undefined) readRing(new Ring(buffer), bellsOf(bells));

function readRing(ring: Ring, { reader, writer }: Bells): void {
  parentPort?.postMessage("ready");
  let position = 0;
  let sum = 0;
  const hasNews = (): boolean => ring.published > position;
  while (position < count) {
    reader.wait(hasNews, SPINS);
    const end = ring.published;
    for (; position < end; position += 1) sum += ring.floats[ring.slot(position) * 8] ?? 0;
    ring.consume(position);
    writer.ring();
  }
  parentPort?.postMessage(sum);
}

function readPort(from: MessagePort): void {
  let read = 0;
  let sum = 0;
  from.on("message", (value: number) => {
    read += 1;
    sum += value;
    if (read === count) parentPort?.postMessage(sum);
  });
  parentPort?.postMessage("ready");
}
