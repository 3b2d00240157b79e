import { quantile } from "./interval.ts";
import { breakingThreshold, type Ticker } from "./judge.ts";
import type { Scenario } from "./scenario.ts";
import { makeTrace } from "./trace.ts";

/**
 * How much whoever tunes a peer is told. Each threshold is set on seeds of its own, so that at most `rate` of
 * the good releases it was tuned on are rolled back: as many as the verdict was seen to roll back.
 *
 * service: the traffic and the usual error rate of this one service, but not whether a burst will come.
 * oracle: all about the cell, except whether the release is bad: what no operator knows.
 */
export type Tuning = "service" | "oracle";

export class Thresholds {
  readonly #rate: number;
  readonly #runs: number;
  readonly #goods: readonly Scenario[];
  readonly #known = new Map<string, number>();

  constructor(options: { rate: number; runs: number; goods: readonly Scenario[] }) {
    this.#rate = options.rate;
    this.#runs = options.runs;
    this.#goods = options.goods;
  }

  /** Of one ticker for one cell; infinite when no threshold is high enough. */
  of(ticker: Ticker, scenario: Scenario, tuning: Tuning): number {
    const own = this.#atLeast(ticker, {
      ...scenario,
      ratio: 1,
      onsetSeconds: 0,
      latency: good(scenario),
    });
    if (tuning === "oracle") return own;
    const others = this.#goods.filter((other) => isSameService(other, scenario));
    return Math.max(own, ...others.map((other) => this.#atLeast(ticker, other)));
  }

  #atLeast(ticker: Ticker, goodRelease: Scenario): number {
    const { name: _, ...what } = goodRelease;
    const key = `${ticker.name} ${JSON.stringify(what)}`;
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const breaking = Array.from({ length: this.#runs }, (_unused, run) =>
      breakingThreshold(ticker, ticker.ticks(remembered(goodRelease, TUNING_SEED + run))),
    ).sort((a, b) => a - b);
    const threshold = quantile(breaking, 1 - this.#rate);
    this.#known.set(key, threshold);
    return threshold;
  }
}

/** Far from the seeds that are measured with. */
const TUNING_SEED = 500_000_000;

const traces = new Map<string, ReturnType<typeof makeTrace>>();

/** The same traces are asked for by every ticker in turn. */
function remembered(scenario: Scenario, seed: number) {
  const { name: _, ...what } = scenario;
  const key = `${seed} ${JSON.stringify(what)}`;
  const known = traces.get(key);
  if (known) return known;
  if (traces.size >= 1_000) traces.clear();
  const trace = makeTrace(scenario, seed);
  traces.set(key, trace);
  return trace;
}

function good({ latency }: Scenario): Scenario["latency"] {
  return latency && { ...latency, shift: 1, tail: 1 };
}

function isSameService(other: Scenario, scenario: Scenario): boolean {
  return (
    other.rate === scenario.rate &&
    other.baseError === scenario.baseError &&
    other.coldError === scenario.coldError &&
    other.diesSeconds === null &&
    (other.latency === null) === (scenario.latency === null)
  );
}
