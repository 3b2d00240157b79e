import { setTimeout as sleep } from "node:timers/promises";
import type { MetricNames } from "../../../environment/environment.ts";
import { type ScrapeTarget, scrapeArms } from "../../../metrics/scrape.ts";
import type { PastReading, Slot } from "../../target.ts";

/** The slot that has all traffic, if there is one. */
export interface Serving {
  slot: Slot;
  digest: string;
  instances: readonly ScrapeTarget[];
  metrics: MetricNames;
}

/** Five minutes at one a second: more than the verdict needs to know how stable's errors come. */
const MAX_READINGS = 300;
const MAX_SCRAPE_MS = 1_000;

/**
 * Stable's own past: its counters while it had all traffic. Kept here because no runner is around before a
 * rollout begins. It starts anew whenever the traffic is shared or another release serves.
 */
export class Past {
  readonly #everyMs: number;
  readonly #serving: () => Serving | null;
  readonly #stopped = new AbortController();
  #of = "";
  #readings: PastReading[] = [];

  constructor(everyMs: number, serving: () => Serving | null) {
    this.#everyMs = everyMs;
    this.#serving = serving;
  }

  get readings(): readonly PastReading[] {
    return this.#of === this.#key() ? this.#readings : [];
  }

  /** Reads until it is stopped; a reading that takes long delays the next one. */
  async watch(): Promise<void> {
    const { signal } = this.#stopped;
    while (!signal.aborted) {
      await this.#read();
      await sleep(this.#everyMs, undefined, { signal, ref: false }).catch(() => {});
    }
  }

  stop(): void {
    this.#stopped.abort();
  }

  async #read(): Promise<void> {
    const serving = this.#serving();
    const key = this.#key();
    if (key !== this.#of) this.#readings = [];
    this.#of = key;
    if (!serving) return;
    const deadlineMs = Math.min(MAX_SCRAPE_MS, this.#everyMs);
    const { arm } = await scrapeArms({ arm: serving.instances }, serving.metrics, deadlineMs);
    if (this.#key() !== key) return;
    this.#readings.push({ atMs: Date.now(), counters: arm });
    if (this.#readings.length > MAX_READINGS) this.#readings.shift();
  }

  #key(): string {
    const serving = this.#serving();
    return serving ? `${serving.slot} ${serving.digest}` : "";
  }
}
