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
import { REQUEST_REASONS, type RequestReason } from "./entry/request-refusal.ts";

/** How an order-entry request ended: carried out, refused with a reason (4xx), or our fault (5xx). */
export type RequestOutcome = "ok" | "rejected" | "error";
export type Entry = "http" | "ws" | "ws-binary" | "operator";
/** The ports whose connections and requests are counted here; the market's thread counts its own. */
export type Port = "orders" | "operator";

const OUTCOMES: readonly RequestOutcome[] = ["ok", "rejected", "error"];
const ENTRIES: readonly Entry[] = ["http", "ws", "ws-binary", "operator"];
const PORTS: readonly Port[] = ["orders", "operator"];

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
  readonly #cuts = new Tally(
    PORTS.flatMap((port) => CAUSES.map((cause) => ({ port: port as string, cause }))),
  );
  readonly #refusedRequests = new Tally(
    PORTS.flatMap((port) => REQUEST_REASONS.map((reason) => ({ port: port as string, reason }))),
  );
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
    const cuts = "Connections that were ended for what their clients did, by port and cause";
    this.#show("engine_connections_cut_total", cuts, this.#cuts);
    const requests = "Requests that were refused and were no commands, by port and reason";
    this.#show("engine_requests_refused_total", requests, this.#refusedRequests);
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
  cut(port: Port, cause: Cause): void {
    this.#cuts.count(PORTS.indexOf(port) * CAUSES.length + CAUSES.indexOf(cause));
  }

  /** A request was answered with a refusal before it was a command. */
  refusedRequest(port: Port, reason: RequestReason): void {
    const at = REQUEST_REASONS.indexOf(reason);
    this.#refusedRequests.count(PORTS.indexOf(port) * REQUEST_REASONS.length + at);
  }

  /** What another thread cut and refused at a port of its own, read when somebody looks. */
  showPort(
    port: string,
    cuts: (cause: Cause) => number,
    refused: (reason: RequestReason) => number,
  ): void {
    this.#cuts.also(() => CAUSES.map((cause) => ({ labels: { port, cause }, count: cuts(cause) })));
    this.#refusedRequests.also(() =>
      REQUEST_REASONS.map((reason) => ({ labels: { port, reason }, count: refused(reason) })),
    );
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

  /** Counts that only grow, kept elsewhere, each with its labels. */
  counters<Label extends string>(
    name: string,
    help: string,
    labelNames: Label[],
    read: () => { labels: Record<Label, string>; value: number }[],
  ): void {
    new Counter({
      name,
      help,
      labelNames,
      registers: [this.#registry],
      collect() {
        this.reset();
        for (const { labels, value } of read()) this.inc(labels, value);
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

interface Counted<Label extends string> {
  labels: Record<Label, string>;
  count: number;
}

/** Counts of a fixed list of label sets, and of what others keep. */
class Tally<Label extends string> {
  readonly #labels: readonly Record<Label, string>[];
  readonly #counts: Float64Array;
  readonly #others: (() => Counted<Label>[])[] = [];

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

  also(read: () => Counted<Label>[]): void {
    this.#others.push(read);
  }

  read(): Counted<Label>[] {
    const own = this.#labels.map((labels, index) => ({ labels, count: this.#counts[index] ?? 0 }));
    return [...own, ...this.#others.flatMap((read) => read())];
  }
}
