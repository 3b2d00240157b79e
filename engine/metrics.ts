import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";

/** How an order-entry request ended: carried out, refused with a reason (4xx), or our fault (5xx). */
export type RequestOutcome = "ok" | "rejected" | "error";
export type Entry = "http" | "ws";

const OUTCOMES: readonly RequestOutcome[] = ["ok", "rejected", "error"];
const ENTRIES: readonly Entry[] = ["http", "ws"];
const LATENCY_EDGES_SECONDS = [
  0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5,
];

export function outcomeOf(code: number): RequestOutcome {
  if (code >= 500) return "error";
  return code >= 400 ? "rejected" : "ok";
}

/** What the engine counts. Slot and version are on every series, so that two versions can be told apart. */
export class Metrics {
  readonly #registry = new Registry();
  readonly #requests = this.#counter(
    "http_requests_total",
    "Order-entry requests by HTTP, by outcome",
    ["outcome"],
  );
  readonly #orders = this.#counter(
    "engine_orders_total",
    "Commands by how they came in and by outcome",
    ["entry", "outcome"],
  );
  readonly #refusals = this.#counter("engine_refusals_total", "Refused commands by reason", [
    "reason",
  ]);
  readonly #duration = new Histogram({
    name: "http_request_duration_seconds",
    help: "From an order-entry request's head to its answer",
    buckets: LATENCY_EDGES_SECONDS,
    registers: [this.#registry],
  });

  constructor(slot: string, version: string) {
    this.#registry.setDefaultLabels({ slot, version });
    collectDefaultMetrics({ register: this.#registry });
    // A counter that is absent until the first error would hide that error's increase.
    for (const outcome of OUTCOMES) {
      this.#requests.inc({ outcome }, 0);
      for (const entry of ENTRIES) this.#orders.inc({ entry, outcome }, 0);
    }
  }

  request(code: number, seconds: number): void {
    this.#requests.inc({ outcome: outcomeOf(code) });
    this.#duration.observe(seconds);
  }

  order(entry: Entry, code: number, reason: string | undefined): void {
    this.#orders.inc({ entry, outcome: outcomeOf(code) });
    if (reason !== undefined) this.#refusals.inc({ reason });
  }

  /** A value that is read when somebody looks. */
  gauge(name: string, help: string, read: () => number): void {
    new Gauge({
      name,
      help,
      registers: [this.#registry],
      collect() {
        this.set(read());
      },
    });
  }

  get contentType(): string {
    return this.#registry.contentType;
  }

  text(): Promise<string> {
    return this.#registry.metrics();
  }

  #counter<Label extends string>(name: string, help: string, labelNames: Label[]): Counter<Label> {
    return new Counter({ name, help, labelNames, registers: [this.#registry] });
  }
}
