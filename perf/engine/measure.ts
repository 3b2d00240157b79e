import { measureOurBook, measurePeerBook } from "./book-case.ts";
import { measureDisk } from "./disk-case.ts";
import { measureFeed } from "./feed-case.ts";
import { measureInserts } from "./insert-case.ts";
import { measureOpenLoop } from "./open-loop-case.ts";
import { measurePort, measureRing, measureRingBatched } from "./passing-case.ts";
import { measurePipeline, measureRecovery } from "./pipeline-case.ts";
import { measureStart } from "./start-case.ts";
import { measureBinary, measureDurable, measureJson } from "./websocket-case.ts";

/** One measurement in a process of its own, so that none inherits another's heap or compiled code. */
const CASES: Record<string, () => Promise<object> | object> = {
  "book ours": () => measureOurBook(1_000_000, false),
  "book ours risk": () => measureOurBook(1_000_000, true),
  "book peer": () => measurePeerBook(1_000_000),
  "passing ring": () => measureRing(6_000_000),
  "passing ring batched": () => measureRingBatched(16_000_000),
  "passing port": () => measurePort(200_000),
  "pipeline memory": () => measurePipeline(400_000, false),
  "pipeline durable": () => measurePipeline(400_000, true),
  "websocket binary": () => measureBinary(2_000_000),
  "websocket durable": () => measureDurable(2_000_000),
  "websocket json": () => measureJson(60_000),
  "open loop": () => measureOpenLoop(),
  inserts: () => measureInserts(1_000_000),
  feed: () => measureFeed(1_000_000),
  disk: () => measureDisk(),
  recovery: () => measureRecovery(500_000),
  start: () => measureStart(false),
  "start cached": () => measureStart(true),
};

const name = process.argv[2] ?? "";
const measure = CASES[name];
if (measure === undefined)
  throw new Error(`no case "${name}"; there are ${Object.keys(CASES).join(", ")}`);
console.log(JSON.stringify(await measure()));
process.exit(0);
