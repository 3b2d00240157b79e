import { ALL_SLOTS, type AnySlot, type Weights } from "../../../target.ts";
import { weightOf } from "../../../weights.ts";
import type { Backend } from "./backend.ts";
import { Turns } from "./interleave.ts";

/** Who gets the next request: the slot by weight, then the least busy of its instances that are up. */
export class Rotation {
  readonly #backends: Record<AnySlot, Set<Backend>> = {
    blue: new Set(),
    green: new Set(),
    baseline: new Set(),
  };
  readonly #requests = new Turns();
  /** Their own cycle: a few upgrades among many requests would else not follow the weights. */
  readonly #upgrades = new Turns();
  #weights: Weights = { blue: 0, green: 0 };

  get weights(): Weights {
    return this.#weights;
  }

  setWeights(weights: Weights): void {
    const { blue, green, baseline = 0 } = weights;
    this.#weights = baseline === 0 ? { blue, green } : { blue, green, baseline };
    this.#requests.set(weights);
    this.#upgrades.set(weights);
  }

  add(backend: Backend): void {
    this.#backends[backend.slot].add(backend);
  }

  remove(backend: Backend): void {
    this.#backends[backend.slot].delete(backend);
  }

  inFlight(slot: AnySlot): number {
    let sum = 0;
    for (const backend of this.#backends[slot]) sum += backend.inFlight;
    return sum;
  }

  forRequest(): Backend | undefined {
    return this.#pick(this.#requests.take(), []);
  }

  forUpgrade(): Backend | undefined {
    return this.#pick(this.#upgrades.take(), []);
  }

  /** After `tried` could not take it: another instance of the same slot first, then of the other slots. */
  instead(tried: readonly Backend[]): Backend | undefined {
    return this.#pick(tried[0]?.slot ?? null, tried);
  }

  #pick(slot: AnySlot | null, tried: readonly Backend[]): Backend | undefined {
    if (!slot) return undefined;
    for (const one of [slot, ...this.#others(slot)]) {
      const backend = this.#leastBusy(one, tried);
      if (backend) return backend;
    }
    return undefined;
  }

  /** The one with most weight first: that is stable, as long as it has a share. */
  #others(slot: AnySlot): AnySlot[] {
    const others = ALL_SLOTS.filter((one) => one !== slot);
    return others.sort((a, b) => weightOf(this.#weights, b) - weightOf(this.#weights, a));
  }

  /** Nobody without weight is ever given anything: it may not have passed its gates. */
  #leastBusy(slot: AnySlot, tried: readonly Backend[]): Backend | undefined {
    if (weightOf(this.#weights, slot) === 0) return undefined;
    let best: Backend | undefined;
    for (const backend of this.#backends[slot]) {
      if (!backend.isUp || tried.includes(backend)) continue;
      if (!best || backend.inFlight < best.inFlight) best = backend;
    }
    return best;
  }

  get backends(): Backend[] {
    return ALL_SLOTS.flatMap((slot) => [...this.#backends[slot]]);
  }
}
