import { type Block, type BlockPair, emptyBlock, factsOf } from "./block.ts";
import type { Sample } from "./sample.ts";
import { ARMS, type Arm, CYCLE, PAIRS, placeOf, type Schedule } from "./schedule.ts";
import { BEGUN, ENDED, HEARTBEAT, UnderWay } from "./under-way.ts";

/** Which metrics of k6 blocks are made of. */
export interface Measured {
  /** The trend whose quantiles are compared. */
  latency: string;
}

const REQUESTS = "http_reqs";
const FAILED = "http_req_failed";
const ITERATIONS = "iterations";
/** Counted by our wrapper: k6 itself counts an iteration that threw like any other. */
export const THROWN = "sluice_iterations_thrown";
const WANTED: ReadonlySet<string> = new Set([
  ...[REQUESTS, FAILED, ITERATIONS, THROWN],
  ...[BEGUN, ENDED, HEARTBEAT],
]);

/** What one arm did from beginning to end, the warm-up included. */
export interface Total {
  requests: number;
  failed: number;
  iterations: number;
  thrown: number;
}

/** Sorts samples into blocks by the clock, and says which pairs of blocks are complete. */
export class BlockBook {
  readonly totals: Record<Arm, Total> = { baseline: noTotal(), candidate: noTotal() };
  readonly #schedule: Schedule;
  readonly #measured: Measured;
  readonly #blocks = new Map<number, Map<number, Block>>();
  readonly #underWay = new UnderWay();
  readonly #firstCycle: Record<Arm, number> = { baseline: Infinity, candidate: Infinity };

  constructor(schedule: Schedule, measured: Measured) {
    this.#schedule = schedule;
    this.#measured = measured;
  }

  /** Whether a metric is worth parsing. */
  wants(metric: string): boolean {
    return metric === this.#measured.latency || WANTED.has(metric);
  }

  add(arm: Arm, sample: Sample): void {
    if (isOutsideOfLoad(sample)) return;
    const { metric, value, atMs } = sample;
    if (metric === BEGUN || metric === ENDED) {
      this.#underWay.add(arm, metric, value, atMs);
      return;
    }
    if (metric === HEARTBEAT) {
      if (arm === "candidate") this.#underWay.hear(atMs);
      return;
    }
    count(this.totals[arm], sample);
    const block = this.#blockOf(arm, sample);
    if (block) enter(block, sample, this.#measured);
  }

  /** The first cycle that counts: both arms are in it, and warm. Infinity until both have begun. */
  get firstCycle(): number {
    return Math.max(...ARMS.map((arm) => this.#firstCycle[arm])) + this.#schedule.warmUpCycles;
  }

  /** Iterations of the candidate that count, and hang at `nowMs`. */
  hanging(nowMs: number): number {
    const first = this.firstCycle;
    return this.#hangingPlaces(nowMs).filter(({ cycle }) => cycle >= first).length;
  }

  /** Pairs of the first `cycles` cycles that count. What hangs at `nowMs` is a request that failed. */
  pairs(cycles: number, nowMs: number): BlockPair[] {
    const first = this.firstCycle;
    if (first === Infinity) return [];
    const hanging = this.#hangingPlaces(nowMs);
    const factsAt = (cycle: number, place: number) =>
      factsOf(this.#blocks.get(cycle)?.get(place) ?? emptyBlock());
    return Array.from({ length: cycles }, (_, at) => first + at).flatMap((cycle) =>
      PAIRS.map(({ baseline, candidate }) => {
        const here = hanging.filter(
          (one) => one.cycle === cycle && ownPlace("candidate", one.place) === candidate,
        ).length;
        const facts = factsAt(cycle, candidate);
        const { requests, failed } = facts;
        return {
          baseline: factsAt(cycle, baseline),
          candidate: { ...facts, requests: requests + here, failed: failed + here },
        };
      }),
    );
  }

  #hangingPlaces(nowMs: number) {
    return this.#underWay.hanging(nowMs).map((ms) => placeOf(this.#schedule, ms));
  }

  /** A request belongs to the block in which it was sent, however late its answer was. */
  #blockOf(arm: Arm, { metric, atMs, value }: Sample): Block | undefined {
    const sentMs = metric === this.#measured.latency ? atMs - value : atMs;
    const { cycle, place } = placeOf(this.#schedule, sentMs);
    const owner = ownPlace(arm, place);
    if (metric === ITERATIONS) this.#firstCycle[arm] = Math.min(this.#firstCycle[arm], cycle);
    if (owner === undefined) return undefined;
    const blocks = this.#blocks.get(cycle) ?? new Map<number, Block>();
    this.#blocks.set(cycle, blocks);
    const block = blocks.get(owner) ?? emptyBlock();
    blocks.set(owner, block);
    return block;
  }
}

/** What ends in the other arm's time belongs to the block before it, if that was its own. */
function ownPlace(arm: Arm, place: number): number | undefined {
  if (CYCLE[place] === arm) return place;
  return CYCLE[place - 1] === arm ? place - 1 : undefined;
}

/** Requests of setup() and teardown(). */
function isOutsideOfLoad({ tags }: Sample): boolean {
  const group = tags.group ?? "";
  return group.startsWith("::setup") || group.startsWith("::teardown");
}

function noTotal(): Total {
  return { requests: 0, failed: 0, iterations: 0, thrown: 0 };
}

function count(total: Total, { metric, value }: Sample): void {
  if (metric === REQUESTS) total.requests += value;
  if (metric === FAILED) total.failed += value;
  if (metric === ITERATIONS) total.iterations += value;
  if (metric === THROWN) total.thrown += value;
}

function enter(block: Block, { metric, value, tags }: Sample, { latency }: Measured): void {
  // Failing fast is not being fast: errors are compared by their own rate.
  if (metric === latency && tags.expected_response !== "false") block.latenciesMs.push(value);
  if (metric === REQUESTS) block.requests += value;
  if (metric === FAILED) block.failed += value;
  if (metric === ITERATIONS) block.iterations += value;
  if (metric === THROWN) block.iterations -= value;
}
