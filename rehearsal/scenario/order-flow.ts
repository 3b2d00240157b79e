import { Worker } from "node:worker_threads";
import { type FlowReport, NO_COUNT } from "./flow-count.ts";

export interface OrderFlow {
  /** The newest report. */
  latest(): FlowReport;
  /** Sends no more, waits for the answers to what was sent, and gives the last report. */
  stop(): Promise<FlowReport>;
}

const REPORT_EVERY_MS = 250;

/** Starts sending orders to `url`, at `requestsPerSecond` until it is stopped. */
export function startOrderFlow(
  url: string,
  requestsPerSecond: number,
  onReport: (report: FlowReport) => void,
): OrderFlow {
  const worker = new Worker(new URL("./order-flow-worker.ts", import.meta.url), {
    workerData: { url, requestsPerSecond, reportEveryMs: REPORT_EVERY_MS },
  });
  let latest: FlowReport = {
    tMs: Date.now(),
    total: NO_COUNT,
    byVersion: {},
    inHand: 0,
    losses: [],
  };
  worker.on("message", (report: FlowReport) => {
    latest = report;
    onReport(report);
  });
  let failure: unknown;
  // Not `once`, which would reject where it fails, before anybody waits for its end.
  const exited = new Promise<void>((resolve) => {
    worker.once("exit", () => resolve());
  });
  worker.on("error", (error) => {
    failure = error;
  });
  return {
    latest: () => latest,
    async stop() {
      worker.postMessage("stop");
      await exited;
      if (failure) throw failure;
      return latest;
    },
  };
}
