import {
  Counter,
  collectDefaultMetrics,
  Gauge,
  Histogram,
  type HistogramConfiguration,
  Registry,
} from "prom-client";
import { REASONS, type Reason } from "./core/command.ts";
import { DURATION_EDGES_SECONDS, type Durations } from "./durations.ts";
import { CAUSES, type Cause } from "./entry/cuts.ts";

/** How an order-entry request ended: carried out, refused with a reason (4xx), or our fault (5xx). */
export type RequestOutcome = "ok" | "rejected" | "error";
export type Entry = "http" | "ws" | "ws-binary" | "operator";

const OUTCOMES: readonly RequestOutcome[] = ["ok", "rejected", "error"];
const ENTRIES: readonly Entry[] = ["http", "ws", "ws-binary", "operator"];

export function outcomeOf(code: number): RequestOutcome {
  if (code >= 500) return "error";
  return code >= 400 ? "rejected" : "ok";
}

/** What the engine counts. Slot and version are on every series, so that two versions can be told apart. */
export class Metrics {
  readonly #registry = new Registry();
  /** Counted here and handed over when somebody looks: orders come too fast for a counter with labels. */
  readonly #orders = new Tally(
    ENTRIES.flatMap((entry) => OUTCOMES.map((outcome) => ({ entry, outcome }))),
  );
  readonly #refusals = new Tally(REASONS.map((reason) => ({ reason })));
  readonly #cuts = new Tally(CAUSES.map((cause) => ({ cause })));
  readonly #requests = this.#counter(
    "http_requests_total",
    "Order-entry requests by HTTP, by outcome",
    ["outcome"],
  );
  readonly #duration = new Histogram({
    name: "http_request_duration_seconds",
    help: "From an order-entry request's head to its answer",
    buckets: [...DURATION_EDGES_SECONDS],
    registers: [this.#registry],
  });

  constructor(slot: string, version: string) {
    this.#registry.setDefaultLabels({ slot, version });
    collectDefaultMetrics({ register: this.#registry });
    // A counter that is absent until the first error would hide that error's increase.
    for (const outcome of OUTCOMES) this.#requests.inc({ outcome }, 0);
    this.#show("engine_orders_total", "Commands by how they came in and by outcome", this.#orders);
    this.#show("engine_refusals_total", "Refused commands by reason", this.#refusals);
    const cuts = "Connections that were ended for what their clients did, by cause";
    this.#show("engine_connections_cut_total", cuts, this.#cuts);
  }

  request(code: number, seconds: number): void {
    this.#requests.inc({ outcome: outcomeOf(code) });
    this.#duration.observe(seconds);
  }

  order(entry: Entry, code: number, reason: Reason | undefined): void {
    this.#orders.count(
      ENTRIES.indexOf(entry) * OUTCOMES.length + OUTCOMES.indexOf(outcomeOf(code)),
    );
    if (reason !== undefined) this.#refusals.count(REASONS.indexOf(reason));
  }

  /** So many commands at once that all did what they were to do. */
  carriedOut(entry: Entry, count: number): void {
    this.#orders.count(ENTRIES.indexOf(entry) * OUTCOMES.length + OUTCOMES.indexOf("ok"), count);
  }

  /** A connection was ended that its client had not ended. */
  cut(cause: Cause): void {
    this.#cuts.count(CAUSES.indexOf(cause));
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

  /** Values that are read when somebody looks, each with its labels. */
  gauges<Label extends string>(
    name: string,
    help: string,
    labelNames: Label[],
    read: () => { labels: Record<Label, string>; value: number }[],
  ): void {
    new Gauge({
      name,
      help,
      labelNames,
      registers: [this.#registry],
      collect() {
        for (const { labels, value } of read()) this.set(labels, value);
      },
    });
  }

  /** A count that only grows, kept elsewhere. */
  counter(name: string, help: string, read: () => number): void {
    new Counter({
      name,
      help,
      registers: [this.#registry],
      collect() {
        this.reset();
        this.inc(read());
      },
    });
  }

  /** A histogram that is kept elsewhere. */
  durations(name: string, help: string, durations: Durations): void {
    const options = { name, help, buckets: [...DURATION_EDGES_SECONDS] };
    this.#registry.registerMetric(new KeptHistogram({ ...options, registers: [] }, durations));
  }

  get contentType(): string {
    return this.#registry.contentType;
  }

  text(): Promise<string> {
    return this.#registry.metrics();
  }

  #show<Label extends string>(name: string, help: string, tally: Tally<Label>): void {
    new Counter({
      name,
      help,
      labelNames: tally.labelNames,
      registers: [this.#registry],
      collect() {
        this.reset();
        for (const { labels, count } of tally.read()) this.inc(labels, count);
      },
    });
  }

  #counter<Label extends string>(name: string, help: string, labelNames: Label[]): Counter<Label> {
    return new Counter({ name, help, labelNames, registers: [this.#registry] });
  }
}

/** Shows what was counted by somebody for whom observing one by one would be too slow. */
class KeptHistogram extends Histogram {
  readonly #name: string;
  readonly #help: string;
  readonly #durations: Durations;

  constructor(options: HistogramConfiguration<string>, durations: Durations) {
    super(options);
    this.#name = options.name;
    this.#help = options.help;
    this.#durations = durations;
  }

  /** What the registry asks a histogram for when it writes the text. */
  async getForPromString(): Promise<object> {
    const { atMost, count, sumSeconds } = this.#durations.read();
    const buckets = [...DURATION_EDGES_SECONDS, "+Inf"].map((le, at) => ({
      labels: { le },
      value: atMost[at] ?? count,
      metricName: `${this.#name}_bucket`,
    }));
    const sum = { labels: {}, value: sumSeconds, metricName: `${this.#name}_sum` };
    const total = { labels: {}, value: count, metricName: `${this.#name}_count` };
    const values = [...buckets, sum, total];
    return { name: this.#name, help: this.#help, type: "histogram", values, aggregator: "sum" };
  }
}

/** Counts of a fixed list of label sets. */
class Tally<Label extends string> {
  readonly #labels: readonly Record<Label, string>[];
  readonly #counts: Float64Array;

  constructor(labels: readonly Record<Label, string>[]) {
    this.#labels = labels;
    this.#counts = new Float64Array(labels.length);
  }

  get labelNames(): Label[] {
    return Object.keys(this.#labels[0] ?? {}) as Label[];
  }

  count(index: number, by = 1): void {
    this.#counts[index] = (this.#counts[index] ?? 0) + by;
  }

  read(): { labels: Record<Label, string>; count: number }[] {
    return this.#labels.map((labels, index) => ({ labels, count: this.#counts[index] ?? 0 }));
  }
}
