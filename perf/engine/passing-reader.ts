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
  let freed = 0;
  const free = (): void => {
    freed = position;
    ring.consume(position);
    writer.ring();
  };
  while (position < count) {
    const end = ring.published;
    for (; position < end; position += 1) sum += ring.floats[ring.slot(position) * 8] ?? 0;
    // Space is given back in larger pieces, so that the two sides touch each other's memory less often.
    if (position - freed >= ring.capacity / 8) free();
    if (position < count && !hasNews()) {
      free();
      reader.wait(hasNews, SPINS);
    }
  }
  free();
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
