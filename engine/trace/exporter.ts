import type { Log } from "../log.ts";

const SEND_EVERY_MS = 1_000;
const ANSWER_LIMIT_MS = 5_000;
/** Beyond this, spans are dropped and counted: a collector that is away must not cost memory. */
const MOST_WAITING = 4_096;

export type SpanKind = "internal" | "server";

export interface Span {
  traceId: string;
  spanId: string;
  parentId: string | null;
  name: string;
  kind: SpanKind;
  startMs: number;
  endMs: number;
  attributes: Record<string, string | number>;
  failed: boolean;
}

const KINDS: Record<SpanKind, number> = { internal: 1, server: 2 };
const ERROR = 2;

/** Sends spans to an OpenTelemetry collector, some at a time: OTLP over HTTP, as JSON. Nothing waits for it. */
export class SpanExporter {
  dropped = 0;
  #waiting: Span[] = [];
  #isDown = false;
  readonly #sending = new Set<Promise<void>>();
  readonly #url: URL;
  readonly #resource: object;
  readonly #log: Log;
  readonly #timer: NodeJS.Timeout;

  constructor(endpoint: string, resource: Record<string, string>, log: Log) {
    this.#url = new URL(`${endpoint.replace(/\/$/, "")}/v1/traces`);
    this.#resource = { attributes: attributesOf(resource) };
    this.#log = log;
    this.#timer = setInterval(() => this.#begin(), SEND_EVERY_MS).unref();
  }

  add(span: Span): void {
    if (this.#waiting.length < MOST_WAITING) this.#waiting.push(span);
    else this.dropped += 1;
  }

  /** Sends what is left, once, and waits for what is on its way. */
  async end(): Promise<void> {
    clearInterval(this.#timer);
    this.#begin();
    await Promise.all(this.#sending);
  }

  #begin(): void {
    const sending = this.#send().finally(() => this.#sending.delete(sending));
    this.#sending.add(sending);
  }

  async #send(): Promise<void> {
    if (this.#waiting.length === 0) return;
    const spans = this.#waiting;
    this.#waiting = [];
    const scope = { name: "sluice-engine" };
    const scopeSpans = [{ scope, spans: spans.map(toOtlp) }];
    try {
      await this.#post({ resourceSpans: [{ resource: this.#resource, scopeSpans }] });
      if (this.#isDown) this.#log.info("traces are taken again");
      this.#isDown = false;
    } catch (error) {
      this.dropped += spans.length;
      if (!this.#isDown) this.#log.warn("traces are not taken", { cause: String(error) });
      this.#isDown = true;
    }
  }

  #post(content: object): Promise<void> {
    const { request } = process.getBuiltinModule(
      this.#url.protocol === "https:" ? "node:https" : "node:http",
    );
    const body = JSON.stringify(content);
    const headers = {
      "content-type": "application/json",
      "content-length": Buffer.byteLength(body),
    };
    return new Promise((resolve, reject) => {
      const options = { method: "POST", headers, timeout: ANSWER_LIMIT_MS };
      const sent = request(this.#url, options, (response) => {
        response.resume();
        const { statusCode = 0 } = response;
        if (statusCode < 300) resolve();
        else reject(new Error(`${this.#url.host} answers ${statusCode}`));
      });
      sent.on("timeout", () => sent.destroy(new Error("no answer in time")));
      sent.on("error", reject);
      sent.end(body);
    });
  }
}

function toOtlp(span: Span): object {
  return {
    traceId: span.traceId,
    spanId: span.spanId,
    ...(span.parentId === null ? {} : { parentSpanId: span.parentId }),
    name: span.name,
    kind: KINDS[span.kind],
    startTimeUnixNano: nanosOf(span.startMs),
    endTimeUnixNano: nanosOf(span.endMs),
    attributes: attributesOf(span.attributes),
    status: span.failed ? { code: ERROR } : {},
  };
}

function attributesOf(attributes: Record<string, string | number>): object[] {
  return Object.entries(attributes).map(([key, value]) => ({
    key,
    value: typeof value === "number" ? { intValue: String(value) } : { stringValue: value },
  }));
}

/** Of this process's clock, which is not set while it runs, so that children lie within their parents. */
function nanosOf(processMs: number): string {
  return String(BigInt(Math.round((performance.timeOrigin + processMs) * 1_000)) * 1_000n);
}
