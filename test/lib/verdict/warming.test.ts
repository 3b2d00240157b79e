import { expect, it } from "vitest";
import type { Counters } from "../../../lib/metrics/counters.ts";
import {
  beginVerdict,
  DEFAULT_SETTINGS,
  observe,
  type Sample,
} from "../../../lib/verdict/verdict.ts";

const ROLLOUTS = 100;
const PAST_SECONDS = 60;
const COMPARED_SECONDS = 90;
const COLD_SECONDS = 30;
const REQUESTS_PER_SECOND = 40;
const EDGES = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25];

/** A linear congruential generator: the same seed gives the same rollouts. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

/** An arm whose requests fail and take long as those of a process that is `coldness` (0..1) away from being warm. */
class Arm {
  readonly #random: () => number;
  readonly #counts = [...EDGES, Number.POSITIVE_INFINITY].map(() => 0);
  #requests = 0;
  #errors = 0;

  constructor(random: () => number) {
    this.#random = random;
  }

  serve(requests: number, coldness: number, slower = 1): void {
    for (let i = 0; i < requests; i += 1) {
      if (this.#random() < 0.005 + 0.1 * coldness) this.#errors += 1;
      const seconds = -Math.log(1 - this.#random()) * 0.002 * (1 + 20 * coldness) * slower;
      for (const [at, edge] of [...EDGES, Number.POSITIVE_INFINITY].entries())
        if (seconds <= edge) this.#counts[at] = (this.#counts[at] ?? 0) + 1;
    }
    this.#requests += requests;
  }

  read(): Counters {
    const latency = { le: EDGES, counts: [...this.#counts] };
    return { requests: this.#requests, errors: this.#errors, latency };
  }
}

/** When a rollout whose candidate is so many times as slow is rolled back, in seconds; undefined when it is not. */
function rolledBackAfter(seed: number, slower: number): number | undefined {
  const random = seeded(seed);
  const [stable, candidate, fresh] = [new Arm(random), new Arm(random), new Arm(random)];
  let state = beginVerdict({ ...DEFAULT_SETTINGS, baseline: "fresh" });
  for (let t = 0; t < PAST_SECONDS + COMPARED_SECONDS; t += 1) {
    const since = t - PAST_SECONDS;
    if (since < 0) stable.serve(4 * REQUESTS_PER_SECOND, 0);
    if (since > 0) {
      const coldness = Math.max(0, 1 - since / COLD_SECONDS);
      candidate.serve(REQUESTS_PER_SECOND, coldness, slower);
      fresh.serve(REQUESTS_PER_SECOND, coldness);
    }
    const sample: Sample =
      since < 0
        ? { t, weight: 0, candidate: null, baseline: stable.read() }
        : { t, weight: 0.2, candidate: candidate.read(), baseline: fresh.read() };
    const next = observe(state, sample);
    state = next.state;
    if (next.finding.outcome === "rollback") return since;
  }
  return undefined;
}

/** The moments of those that were rolled back, the first one first. */
function rolledBack(slower: number): number[] {
  const seeds = Array.from({ length: ROLLOUTS }, (_, index) => index + 1);
  return seeds.flatMap((seed) => rolledBackAfter(seed, slower) ?? []).sort((a, b) => a - b);
}

it("a release that is as cold as its baseline is left alone, as often as alpha promises", () => {
  expect(rolledBack(1).length).toBeLessThanOrEqual(1);
});

it("one that is twice as slow is found in nearly every rollout, mostly while both are still cold", () => {
  const moments = rolledBack(2);
  expect(moments.length).toBeGreaterThanOrEqual(0.95 * ROLLOUTS);
  expect(moments[ROLLOUTS / 2]).toBeLessThan(COLD_SECONDS);
});
