import { chosenSettings } from "./choice.ts";
import { badReleases, goodReleases } from "./scenario.ts";
import { ofService } from "./service.ts";
import { type ThresholdByName, Thresholds } from "./tuning.ts";

/** How the peers are tuned for one service: plain, since it is found once and told to whichever process has a cell. */
export interface Tuned {
  service: string;
  /** Of every setting, and the same for all faults. */
  thresholds: ThresholdByName;
  /** The one setting that each peer is given, by name. */
  chosen: readonly string[];
  /** By the bad release's name: what is set by an oracle that is told all but the answer. */
  oracle: ReadonlyMap<string, ThresholdByName>;
}

export interface TuningOptions {
  /** The share of good releases that may be rolled back. */
  rate: number;
  /** Rollouts of each good release that thresholds are set on. */
  runs: number;
  /** Rollouts of each bad release that settings are chosen on. */
  choosing: number;
}

/** On all releases of the service that the benchmark has, however few of them are asked for. */
export function tunedFor(service: string, { rate, runs, choosing }: TuningOptions): Tuned {
  const of = new Thresholds({ rate, runs, goods: goodReleases() });
  const bads = ofService(badReleases(), service);
  const thresholds = of.ofService(service);
  return {
    service,
    thresholds,
    chosen: chosenSettings(bads, thresholds, choosing),
    oracle: new Map(bads.map((bad) => [bad.name, of.ofOracle(bad)])),
  };
}
