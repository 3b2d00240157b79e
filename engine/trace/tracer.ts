import type { IncomingMessage, Server, ServerResponse } from "node:http";
import type { Answering } from "../pipeline/pipeline.ts";
import { contextOf, newId, type TraceContext } from "./context.ts";
import type { SpanExporter } from "./exporter.ts";

export interface TracerOptions {
  exporter: SpanExporter;
  /** Of requests without a trace, how many begin one: 0 to 1. */
  share: number;
  /** The order whose answer is being given at this moment; null outside of that. */
  answering(): Answering | null;
}

/** A WebSocket's message that is followed. To be ended while its last order is being answered. */
export interface FollowedMessage {
  end(kind: "json" | "binary", commands: number): void;
}

/**
 * Follows single requests and messages through the engine: from the gateway to the core and the journal, and back. One that is not
 * traced costs a look at one header or field.
 */
export class Tracer {
  readonly #options: TracerOptions;

  constructor(options: TracerOptions) {
    this.#options = options;
  }

  /** Listens beside the server's own handler. */
  watch(server: Server): void {
    server.prependListener("request", (request: IncomingMessage, response: ServerResponse) => {
      const header = request.headers.traceparent;
      const context = contextOf(
        typeof header === "string" ? header : undefined,
        this.#options.share,
      );
      if (context !== null) this.#follow(context, request, response);
    });
  }

  /** Null for a message that is not followed. A binary one has no place for a trace of its client's. */
  message(traceparent: unknown): FollowedMessage | null {
    const header = typeof traceparent === "string" ? traceparent : undefined;
    const context = contextOf(header, this.#options.share);
    if (context === null) return null;
    const startMs = performance.now();
    const spanId = newId(8);
    return {
      end: (kind, commands) => {
        const order = this.#options.answering();
        this.#options.exporter.add({
          ...context,
          spanId,
          name: "message /ws",
          kind: "server",
          startMs,
          endMs: performance.now(),
          attributes: { "url.path": "/ws", "engine.message": kind, "engine.commands": commands },
          failed: false,
        });
        if (order !== null) this.#addOrder(context.traceId, spanId, order);
      },
    };
  }

  #follow(
    context: TraceContext,
    { method = "", url = "/" }: IncomingMessage,
    response: ServerResponse,
  ): void {
    const startMs = performance.now();
    const spanId = newId(8);
    const path = url.split("?")[0] ?? "/";
    let order: Answering | null = null;
    const end = response.end.bind(response);
    // An order's answer is written while it is being given: then its times are to be had.
    response.end = ((...args: Parameters<typeof end>) => {
      order ??= this.#options.answering();
      return end(...args);
    }) as typeof response.end;
    response.once("close", () => {
      const { statusCode, writableFinished } = response;
      this.#options.exporter.add({
        ...context,
        spanId,
        name: `${method} ${routeOf(path)}`,
        kind: "server",
        startMs,
        endMs: performance.now(),
        attributes: {
          "http.request.method": method,
          "url.path": path,
          "http.response.status_code": statusCode,
        },
        failed: statusCode >= 500 || !writableFinished,
      });
      if (order !== null) this.#addOrder(context.traceId, spanId, order);
    });
  }

  /** What the order waited for: the core and the disk, side by side. */
  #addOrder(traceId: string, parentId: string, order: Answering): void {
    const { writtenMs, appliedMs, answeredMs, sequence } = order;
    const shared = {
      traceId,
      parentId,
      kind: "internal",
      startMs: writtenMs,
      failed: false,
    } as const;
    const attributes = { "engine.sequence": sequence };
    const { exporter } = this.#options;
    exporter.add({ ...shared, spanId: newId(8), name: "core", endMs: appliedMs, attributes });
    exporter.add({ ...shared, spanId: newId(8), name: "journal", endMs: answeredMs, attributes });
  }
}

/** An id in a name would make each order a name of its own. */
function routeOf(path: string): string {
  return path.replace(/^\/(orders|depth)\/(?!batch$).+/, "/$1/:id");
}
