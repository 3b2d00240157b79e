import { Agent, request } from "node:http";

/** What came of the requests so far. */
export interface Seen {
  sent: number;
  /** Answered by the service itself, well or not. */
  answered: number;
  /** Answered with its own error, which is not a loss. */
  failed: number;
  /** Not answered, or answered by the edge in the service's place. */
  lost: Array<{ sentAtMs: number; how: string }>;
  byVersion: Record<string, number>;
}

/** An open loop: a request is due when it is due, however long the others take. */
export class Load {
  readonly seen: Seen = { sent: 0, answered: 0, failed: 0, lost: [], byVersion: {} };
  readonly #agent = new Agent({ keepAlive: true, maxSockets: 256 });
  readonly #urls: readonly string[];
  readonly #timer: NodeJS.Timeout;
  readonly #startedMs = performance.now();
  #open = 0;

  constructor(urls: readonly string[], perSecond: number) {
    this.#urls = urls;
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

  #send(): void {
    const url = this.#urls[this.seen.sent % this.#urls.length] ?? "";
    const at = Math.round(performance.now() - this.#startedMs);
    this.seen.sent += 1;
    this.#open += 1;
    const asked = request(url, { agent: this.#agent, timeout: 8_000 }, (response) => {
      const chunks: Buffer[] = [];
      response.on("data", (chunk: Buffer) => chunks.push(chunk));
      response.on("error", (error) => this.#end(at, error.message));
      response.on("end", () => this.#answer(response.statusCode ?? 0, Buffer.concat(chunks), at));
    });
    asked.on("timeout", () => asked.destroy(new Error("no answer for 8 s")));
    asked.on("error", (error) => this.#end(at, error.message));
    asked.end();
  }

  #answer(status: number, body: Buffer, at: number): void {
    const version = versionIn(body);
    if (version === undefined) {
      this.#end(at, `answered ${status} by the edge`);
      return;
    }
    this.#open -= 1;
    this.seen.answered += 1;
    if (status >= 500) this.seen.failed += 1;
    this.seen.byVersion[version] = (this.seen.byVersion[version] ?? 0) + 1;
  }

  #end(sentAtMs: number, how: string): void {
    this.#open -= 1;
    this.seen.lost.push({ sentAtMs, how });
  }
}

function versionIn(body: Buffer): string | undefined {
  try {
    return (JSON.parse(body.toString("utf8")) as { version?: string }).version;
  } catch {
    return undefined;
  }
}
