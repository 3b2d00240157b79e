import { Agent, request } from "node:http";

/** What came of the requests so far. */
export interface Seen {
  sent: number;
  /** Answered by the service itself, well or not. */
  answered: number;
  /** Answered with its own error, which is not a loss. */
  failed: number;
  /** Not answered, or answered by the edge in the service's place. */
  lost: Array<{ method: Method; sentAtMs: number; how: string }>;
  byVersion: Record<string, number>;
}

/** HAProxy asks again elsewhere what was sent with GET; a POST that was sent may have been done. */
type Method = "GET" | "POST";

/** A request that was answered, or lost. */
interface Ended {
  sentAtMs: number;
  endedAtMs: number;
}

/** What a failure did to the requests around it. */
export interface Disturbance {
  /** When the last one was sent that was lost, from the failure on. */
  lastLostMs: number;
  /** How long somebody waited at most, from the failure on. */
  longestWaitMs: number;
  /** How long somebody waited at most before it: what this machine takes anyway. */
  usualWaitMs: number;
}

/** An open loop: a request is due when it is due, however long the others take. */
export class Load {
  readonly seen: Seen = { sent: 0, answered: 0, failed: 0, lost: [], byVersion: {} };
  readonly #agent = new Agent({ keepAlive: true, maxSockets: 256 });
  readonly #urls: readonly string[];
  readonly #timer: NodeJS.Timeout;
  readonly #startedMs = performance.now();
  readonly #methods: readonly Method[];
  readonly #ended: Ended[] = [];
  #open = 0;

  constructor(urls: readonly string[], perSecond: number, methods: readonly Method[] = ["GET"]) {
    this.#urls = urls;
    this.#methods = methods;
    this.#timer = setInterval(() => {
      const due = Math.floor(((performance.now() - this.#startedMs) / 1_000) * perSecond);
      while (this.seen.sent < due) this.#send();
    }, 5);
  }

  /** The clock of `sentAtMs`. */
  nowMs(): number {
    return performance.now() - this.#startedMs;
  }

  /** Stops asking, and waits for the answers that are due. */
  async stop(): Promise<Seen> {
    clearInterval(this.#timer);
    const deadline = performance.now() + 10_000;
    while (this.#open > 0 && performance.now() < deadline)
      await new Promise((resolve) => setTimeout(resolve, 20));
    this.#agent.destroy();
    return this.seen;
  }

  /** Of what failed at `failedMs`: within `withinMs` it has to be over. */
  disturbance(failedMs: number, withinMs: number): Disturbance {
    const most = (values: number[]) => Math.round(values.reduce((a, b) => Math.max(a, b), 0));
    const before = this.#ended.filter(({ endedAtMs }) => endedAtMs < failedMs);
    const around = this.#ended.filter(
      ({ sentAtMs, endedAtMs }) => endedAtMs >= failedMs && sentAtMs < failedMs + withinMs,
    );
    return {
      lastLostMs: most(this.seen.lost.map(({ sentAtMs }) => sentAtMs - failedMs)),
      longestWaitMs: most(
        around.map(({ sentAtMs, endedAtMs }) => endedAtMs - Math.max(sentAtMs, failedMs)),
      ),
      usualWaitMs: most(before.map(({ sentAtMs, endedAtMs }) => endedAtMs - sentAtMs)),
    };
  }

  #send(): void {
    const url = this.#urls[this.seen.sent % this.#urls.length] ?? "";
    // By pairs, so that each edge gets all of them.
    const turn = Math.floor(this.seen.sent / this.#urls.length);
    const method = this.#methods[turn % this.#methods.length] ?? "GET";
    const at = Math.round(performance.now() - this.#startedMs);
    this.seen.sent += 1;
    this.#open += 1;
    const lost = (how: string) => this.#lose({ method, sentAtMs: at, how });
    const asked = request(url, { method, agent: this.#agent, timeout: 8_000 }, (response) => {
      const chunks: Buffer[] = [];
      response.on("data", (chunk: Buffer) => chunks.push(chunk));
      response.on("error", (error) => lost(error.message));
      response.on("end", () => {
        const status = response.statusCode ?? 0;
        if (this.#isAnswer(status, Buffer.concat(chunks))) this.#end(at);
        else lost(`answered ${status} by the edge`);
      });
    });
    asked.on("timeout", () => asked.destroy(new Error("no answer for 8 s")));
    asked.on("error", (error) => lost(error.message));
    asked.end(method === "POST" ? "an order" : undefined);
  }

  /** Of the service itself. */
  #isAnswer(status: number, body: Buffer): boolean {
    const version = versionIn(body);
    if (version === undefined) return false;
    this.seen.answered += 1;
    if (status >= 500) this.seen.failed += 1;
    this.seen.byVersion[version] = (this.seen.byVersion[version] ?? 0) + 1;
    return true;
  }

  #end(sentAtMs: number): void {
    this.#open -= 1;
    this.#ended.push({ sentAtMs, endedAtMs: performance.now() - this.#startedMs });
  }

  #lose(what: Seen["lost"][number]): void {
    this.seen.lost.push(what);
    this.#end(what.sentAtMs);
  }
}

function versionIn(body: Buffer): string | undefined {
  try {
    return (JSON.parse(body.toString("utf8")) as { version?: string }).version;
  } catch {
    return undefined;
  }
}
