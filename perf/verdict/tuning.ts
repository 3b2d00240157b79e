import { quantile } from "./interval.ts";
import { breakingThreshold, type Ticker } from "./judge.ts";
import { ALL_SETTINGS } from "./peers/tunable.ts";
import type { Scenario } from "./scenario.ts";
import { ofService } from "./service.ts";
import { makeTrace } from "./trace.ts";

/** By the ticker's name; infinite where no threshold is high enough. */
export type ThresholdByName = ReadonlyMap<string, number>;

/**
 * The threshold of every setting of the peers. Each is set on seeds of its own, so that at most `rate` of the good
 * releases it was tuned on are rolled back: as many as the verdict was seen to roll back.
 */
export class Thresholds {
  readonly #rate: number;
  readonly #runs: number;
  readonly #goods: readonly Scenario[];
  readonly #known = new Map<string, ThresholdByName>();

  constructor(options: { rate: number; runs: number; goods: readonly Scenario[] }) {
    this.#rate = options.rate;
    this.#runs = options.runs;
    this.#goods = options.goods;
  }

  /** Told the traffic and the usual error rate, but not whether a burst will come: the same whatever the fault. */
  ofService(service: string): ThresholdByName {
    // No threshold stands it when there are no metrics.
    const goods = ofService(this.#goods, service).filter(({ diesSeconds }) => diesSeconds === null);
    return byName(({ name }) =>
      Math.max(...goods.map((one) => this.#atLeast(one).get(name) as number)),
    );
  }

  /** Told all about the cell, except whether the release is bad: what no operator knows. */
  ofOracle(scenario: Scenario): ThresholdByName {
    return this.#atLeast({ ...scenario, ratio: 1, onsetSeconds: 0, latency: good(scenario) });
  }

  #atLeast(goodRelease: Scenario): ThresholdByName {
    const { name: _, ...what } = goodRelease;
    const key = JSON.stringify(what);
    const known = this.#known.get(key) ?? this.#set(goodRelease);
    this.#known.set(key, known);
    return known;
  }

  #set(goodRelease: Scenario): ThresholdByName {
    const breaking = new Map(ALL_SETTINGS.map(({ name }) => [name, [] as number[]]));
    for (let run = 0; run < this.#runs; run += 1) {
      const trace = makeTrace(goodRelease, TUNING_SEED + run);
      for (const ticker of ALL_SETTINGS)
        breaking.get(ticker.name)?.push(breakingThreshold(ticker, ticker.ticks(trace)));
    }
    return byName(({ name }) => {
      const ofAll = (breaking.get(name) as number[]).sort((a, b) => a - b);
      return quantile(ofAll, 1 - this.#rate);
    });
  }
}

/** Far from the seeds that are measured with. */
const TUNING_SEED = 500_000_000;

function byName(threshold: (ticker: Ticker) => number): ThresholdByName {
  return new Map(ALL_SETTINGS.map((ticker) => [ticker.name, threshold(ticker)]));
}

function good({ latency }: Scenario): Scenario["latency"] {
  return latency && { ...latency, shift: 1, tail: 1 };
}
