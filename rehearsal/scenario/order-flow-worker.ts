import { parentPort, workerData } from "node:worker_threads";
import { Pool } from "undici";
import type { FlowCount, FlowReport } from "./flow-count.ts";
import { FIRST_CUSTOMER } from "./story.ts";

/**
 * Open loop: orders leave at their appointed times, whether or not earlier ones were answered, so that a slow
 * site is not spared. In a thread of its own, so that drawing the rehearsal does not delay it.
 */
interface FlowOptions {
  url: string;
  requestsPerSecond: number;
  reportEveryMs: number;
}

const ANSWER_LIMIT_MS = 10_000;
const CONNECTIONS = 32;
const TICK_MS = 2;
const MAX_LOSSES_TOLD = 10;

const { url, requestsPerSecond, reportEveryMs }: FlowOptions = workerData;
const pool = new Pool(url, {
  connections: CONNECTIONS,
  headersTimeout: ANSWER_LIMIT_MS,
  bodyTimeout: ANSWER_LIMIT_MS,
});
const total = zero();
const byVersion: Record<string, FlowCount> = {};
const losses: string[] = [];
let inHand = 0;
let sent = 0;
const startedMs = performance.now();

function zero(): FlowCount {
  return { requests: 0, failed: 0, lost: 0 };
}

/** Around a slowly wandering price, so that orders trade and the book stays small. */
function order(): string {
  const middle = 10_000 + Math.round(200 * Math.sin(sent / 5_000));
  return JSON.stringify({
    user: FIRST_CUSTOMER + (sent % 100),
    symbol: "BTC-USD",
    side: sent % 2 === 0 ? "buy" : "sell",
    type: "limit",
    tif: sent % 10 === 0 ? "IOC" : "GTC",
    price: middle + (sent % 2 === 0 ? 1 : -1) * ((sent % 5) - 2),
    qty: 1 + (sent % 7),
  });
}

async function send(): Promise<void> {
  inHand += 1;
  sent += 1;
  try {
    const answer = await pool.request({
      method: "POST",
      path: "/orders",
      body: order(),
      headers: { "content-type": "application/json" },
    });
    await answer.body.dump();
    const version = String(answer.headers["x-sluice-version"] ?? "none");
    byVersion[version] ??= zero();
    for (const count of [total, byVersion[version]]) {
      count.requests += 1;
      if (answer.statusCode >= 500) count.failed += 1;
    }
  } catch (error) {
    total.requests += 1;
    total.lost += 1;
    if (losses.length < MAX_LOSSES_TOLD)
      losses.push(`${new Date().toISOString()} ${error instanceof Error ? error.message : error}`);
  } finally {
    inHand -= 1;
  }
}

function sendWhatIsDue(): void {
  const due = Math.floor(((performance.now() - startedMs) * requestsPerSecond) / 1_000);
  while (sent < due) void send();
}

function report(): void {
  const now: FlowReport = { tMs: Date.now(), total, byVersion, inHand, losses };
  parentPort?.postMessage(structuredClone(now));
}

const sending = setInterval(sendWhatIsDue, TICK_MS);
const reporting = setInterval(report, reportEveryMs);

parentPort?.once("message", async () => {
  clearInterval(sending);
  const deadlineMs = performance.now() + ANSWER_LIMIT_MS;
  while (inHand > 0 && performance.now() < deadlineMs)
    await new Promise((resolve) => setTimeout(resolve, TICK_MS));
  clearInterval(reporting);
  report();
  await pool.destroy();
  parentPort?.close();
});
