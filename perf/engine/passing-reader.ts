import { type MessagePort, parentPort, workerData } from "node:worker_threads";
import { Ring } from "../../engine/pipeline/ring.ts";

const { buffer, port, count } = workerData as {
  buffer?: SharedArrayBuffer;
  port?: MessagePort;
  count: number;
};

if (port !== undefined) readPort(port);
else if (buffer !== undefined) readRing(new Ring(buffer));

function readRing(ring: Ring): void {
  parentPort?.postMessage("ready");
  let position = 0;
  let sum = 0;
  while (position < count) {
    const end = ring.published;
    for (; position < end; position += 1) sum += ring.floats[ring.slot(position) * 8] ?? 0;
    ring.consume(position);
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
