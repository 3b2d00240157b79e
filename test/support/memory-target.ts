import { SluiceError } from "../../lib/error.ts";
import type { ArmCounters, Counters } from "../../lib/metrics/counters.ts";
import type { Clock } from "../../lib/rollout/clock.ts";
import { revertForLostLease } from "../../lib/rollout/revert.ts";
import { allOn, EMPTY_STATE, type RolloutState } from "../../lib/rollout/state.ts";
import {
  ALL_SLOTS,
  type AnySlot,
  type Holder,
  type Lease,
  type PastReading,
  type PerSlot,
  type PlaceableRelease,
  type Placement,
  type Release,
  type ShadowRun,
  type Slot,
  type SlotStatus,
  type Target,
  type TargetStatus,
  type Version,
  type Versioned,
  type Weights,
} from "../../lib/targets/target.ts";

/** Virtual time: sleeping is free, and everything that should happen meanwhile is told by `onAdvance`. */
export class VirtualClock implements Clock {
  #nowMs = 1_000_000;
  onAdvance: (ms: number) => void = () => {};

  nowMs(): number {
    return this.#nowMs;
  }

  async sleep(ms: number, signal?: AbortSignal): Promise<void> {
    // A background sleeper (the lease) must not move the time that the rollout lives in.
    if (ms >= BACKGROUND_MS) return new Promise((resolve) => whenAborted(signal, resolve));
    await Promise.resolve();
    if (signal?.aborted) return;
    this.advance(ms);
  }

  /** As when somebody sets the machine's clock: no time passes. */
  putBack(ms: number): void {
    this.#nowMs -= ms;
  }

  advance(ms: number): void {
    this.#nowMs += ms;
    this.onAdvance(ms);
  }
}

const BACKGROUND_MS = 100_000;
/** Leases of tests are this long, so that their renewing counts as background. */
export const TEST_LEASE_MS = 10 * BACKGROUND_MS;

function whenAborted(signal: AbortSignal | undefined, then: () => void): void {
  if (signal?.aborted) then();
  else signal?.addEventListener("abort", () => then(), { once: true });
}

export interface MemoryTraffic {
  requestsPerSecond: number;
  /** Share of failing requests by version. */
  errorRates: Record<string, number>;
}

/** A target without processes: traffic is computed, deterministic, and nothing is lost in it. */
export class MemoryTarget implements Target {
  readonly kind = "memory";
  readonly clock: VirtualClock;
  readonly traffic: MemoryTraffic;
  /** Every state that was persisted, and every weight that was set, in order. */
  readonly writes: RolloutState[] = [];
  readonly routes: Weights[] = [];
  /** Releases whose bytes are here. */
  readonly present: Release[] = [];
  placedBaselines = 0;
  /** Called after a state is persisted; throw to play a runner that is killed there. */
  afterWrite: (writes: number) => void = () => {};
  scrapes = true;
  healthy = true;
  baselineHealthy = true;
  /** When fresh processes fail as stable's old ones do not. */
  errorRateOfBaseline: number | undefined;
  #state: RolloutState = EMPTY_STATE;
  #version = 0;
  #token = 0;
  #lease: Lease | null = null;
  #weights: Weights = { blue: 0, green: 0 };
  #occupants: Record<AnySlot, Release | null> = { blue: null, green: null, baseline: null };
  #counters: Record<AnySlot, Counters> = { blue: zero(), green: zero(), baseline: zero() };

  constructor(clock: VirtualClock, traffic: MemoryTraffic) {
    this.clock = clock;
    this.traffic = traffic;
    clock.onAdvance = (ms) => this.#serve(ms / 1_000);
  }

  get weights(): Weights {
    return this.#weights;
  }

  /** A site that already serves `stable` on blue. */
  serving(stable: Release): this {
    this.#occupants.blue = stable;
    this.#weights = allOn("blue");
    this.#state = { ...EMPTY_STATE, stable: { slot: "blue", release: stable } };
    return this;
  }

  #serve(seconds: number): void {
    for (const slot of ALL_SLOTS) {
      const weight = this.#weights[slot] ?? 0;
      const requests = (this.traffic.requestsPerSecond * seconds * weight) / 100;
      const counters = this.#counters[slot];
      counters.requests += requests;
      const version = this.#occupants[slot]?.version ?? "";
      const usual = this.traffic.errorRates[version] ?? 0;
      const rate = slot === "baseline" ? (this.errorRateOfBaseline ?? usual) : usual;
      counters.errors += requests * rate;
    }
  }

  async read(): Promise<Versioned<RolloutState>> {
    return { value: structuredClone(this.#state), version: String(this.#version) as Version };
  }

  async write(next: RolloutState, version: Version, token: number): Promise<Version> {
    this.#mustHold(token);
    if (version !== String(this.#version)) throw new SluiceError("lost-race", "another version");
    this.#state = structuredClone(next);
    this.#version += 1;
    this.writes.push(this.#state);
    this.afterWrite(this.writes.length);
    return String(this.#version) as Version;
  }

  async acquire(holder: Holder, leaseMs: number): Promise<Lease> {
    if (this.#lease && this.#lease.holder.key !== holder.key)
      throw new SluiceError("lease-held", `held by ${this.#lease.holder.description}`);
    const sinceMs = this.clock.nowMs();
    this.#token += 1;
    this.#lease = { holder, token: this.#token, sinceMs, expiresAtMs: sinceMs + leaseMs };
    return this.#lease;
  }

  async renew(token: number, leaseMs: number): Promise<Lease> {
    const lease = this.#mustHold(token);
    this.#lease = { ...lease, expiresAtMs: this.clock.nowMs() + leaseMs };
    return this.#lease;
  }

  async release(token: number): Promise<void> {
    this.#mustHold(token);
    this.#lease = null;
  }

  /** What a real target does by itself when nobody renews. */
  expireLease(): void {
    const { holder } = this.#lease ?? { holder: { key: "", description: "nobody" } };
    this.#lease = null;
    this.#state = revertForLostLease(this.#state, holder.description, this.clock.nowMs());
    this.#version += 1;
    const { stable, rollout } = this.#state;
    if (stable && rollout?.phase === "finished") this.#weights = allOn(stable.slot);
    if (!this.#weights.baseline) this.#occupants.baseline = null;
  }

  #mustHold(token: number): Lease {
    if (this.#lease?.token === token) return this.#lease;
    throw new SluiceError("lease-lost", `token ${token} is not the lease's any more`);
  }

  async status(): Promise<TargetStatus> {
    const slots: PerSlot<SlotStatus> = { blue: this.#slot("blue"), green: this.#slot("green") };
    if (this.#occupants.baseline) slots.baseline = this.#slot("baseline");
    return {
      weights: this.#weights,
      slots,
      lease: this.#lease,
      present: this.present,
    };
  }

  #slot(slot: AnySlot): SlotStatus {
    const release = this.#occupants[slot];
    const isCandidate = this.#state.stable?.slot !== slot;
    const healthy = slot === "baseline" ? this.baselineHealthy : this.healthy || !isCandidate;
    const instance = { name: `${slot}-1`, url: "http://none", metricsUrl: "http://none", healthy };
    return { slot, release, inFlight: 0, instances: release ? [instance] : [] };
  }

  async place(release: PlaceableRelease | Release, slot: Slot, token: number): Promise<Placement> {
    this.#mustHold(token);
    this.#occupants[slot] = release;
    this.#counters[slot] = zero();
    return { slot, release, instances: this.#slot(slot).instances };
  }

  async placeBaseline(beside: Slot, token: number): Promise<void> {
    this.#mustHold(token);
    this.placedBaselines += 1;
    this.#occupants.baseline = this.#occupants[beside];
    this.#counters.baseline = zero();
  }

  async mustShadow(): Promise<void> {}

  async shadow(): Promise<ShadowRun[]> {
    return [];
  }

  async route(weights: Weights, token: number): Promise<Weights> {
    this.#mustHold(token);
    this.#weights = weights;
    this.routes.push(weights);
    return weights;
  }

  async observe(): Promise<PerSlot<ArmCounters>> {
    const arm = (slot: AnySlot): ArmCounters => {
      const { requests, errors } = this.#counters[slot];
      const total = { requests: Math.floor(requests), errors: Math.floor(errors) };
      return { total: this.scrapes && this.#occupants[slot] ? total : null, instances: {} };
    };
    const arms = { blue: arm("blue"), green: arm("green") };
    return this.#occupants.baseline ? { ...arms, baseline: arm("baseline") } : arms;
  }

  async past(): Promise<PastReading[]> {
    return [];
  }

  async archived(): Promise<string | undefined> {
    return undefined;
  }

  async retire(slot: AnySlot, token: number): Promise<void> {
    this.#mustHold(token);
    if ((this.#weights[slot] ?? 0) > 0) throw new SluiceError("refused", `${slot} has weight`);
    this.#occupants[slot] = null;
  }
}

function zero(): Counters {
  return { requests: 0, errors: 0 };
}
