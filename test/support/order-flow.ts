import { Agent, request } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";

export interface FlowResult {
  sent: number;
  answered: number;
  /** By `x-sluice-version`, answers with status 200. */
  byVersion: Record<string, number>;
  /** Answered with anything but 200: status or error, with how often. */
  faults: Record<string, number>;
}

export interface Flow extends AsyncDisposable {
  readonly result: FlowResult;
  stop(): Promise<FlowResult>;
}

/**
 * Open loop: sends on schedule whether or not earlier requests have been answered, as clients of a live
 * service do. Three of four are POSTs, on kept-alive connections.
 */
export function startFlow(url: string, perSecond: number): Flow {
  const result: FlowResult = { sent: 0, answered: 0, byVersion: {}, faults: {} };
  const agent = new Agent({ keepAlive: true });
  const stopped = new AbortController();
  const pending = new Set<Promise<void>>();
  const begin = performance.now();

  const run = async () => {
    while (!stopped.signal.aborted) {
      const due = Math.floor(((performance.now() - begin) / 1_000) * perSecond);
      while (result.sent < due) {
        result.sent += 1;
        const one = send(url, agent, result.sent % 4 === 0 ? "GET" : "POST", result);
        pending.add(one);
        void one.then(() => pending.delete(one));
      }
      await sleep(5);
    }
    await Promise.all(pending);
    agent.destroy();
  };
  const running = run();
  const stop = async () => {
    stopped.abort();
    await running;
    return result;
  };
  return {
    result,
    stop,
    async [Symbol.asyncDispose]() {
      await stop();
    },
  };
}

function send(url: string, agent: Agent, method: string, result: FlowResult): Promise<void> {
  return new Promise((done) => {
    const fault = (what: string) => {
      result.faults[what] = (result.faults[what] ?? 0) + 1;
      done();
    };
    const sending = request(`${url}/orders?wait=2`, { method, agent }, (response) => {
      const { statusCode = 0, headers } = response;
      response.resume();
      response.once("error", (error) => fault(error.message));
      response.once("end", () => {
        result.answered += 1;
        if (statusCode !== 200) {
          fault(String(statusCode));
          return;
        }
        const version = String(headers["x-sluice-version"]);
        result.byVersion[version] = (result.byVersion[version] ?? 0) + 1;
        done();
      });
    });
    sending.once("error", (error) => fault(error.message));
    sending.end(method === "POST" ? '{"side":"buy","price":100,"quantity":1}' : undefined);
  });
}
