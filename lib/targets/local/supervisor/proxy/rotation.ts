import { otherSlot, SLOTS, type Slot, type Weights } from "../../../target.ts";
import type { Backend } from "./backend.ts";
import { Turns } from "./interleave.ts";

/** Who gets the next request: the slot by weight, then the least busy of its instances that are up. */
export class Rotation {
  readonly #backends: Record<Slot, Set<Backend>> = { blue: new Set(), green: new Set() };
  readonly #requests = new Turns();
  /** Their own cycle: a few upgrades among many requests would else not follow the weights. */
  readonly #upgrades = new Turns();
  #weights: Weights = { blue: 0, green: 0 };

  get weights(): Weights {
    return this.#weights;
  }

  setWeights(weights: Weights): void {
    this.#weights = { blue: weights.blue, green: weights.green };
    this.#requests.set(weights);
    this.#upgrades.set(weights);
  }

  add(backend: Backend): void {
    this.#backends[backend.slot].add(backend);
  }

  remove(backend: Backend): void {
    this.#backends[backend.slot].delete(backend);
  }

  inFlight(slot: Slot): number {
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

  /** After `tried` could not take it: another instance of the same slot first, then the other slot. */
  instead(tried: readonly Backend[]): Backend | undefined {
    return this.#pick(tried[0]?.slot ?? null, tried);
  }

  #pick(slot: Slot | null, tried: readonly Backend[]): Backend | undefined {
    if (!slot) return undefined;
    return this.#leastBusy(slot, tried) ?? this.#leastBusy(otherSlot(slot), tried);
  }

  /** Nobody without weight is ever given anything: it may not have passed its gates. */
  #leastBusy(slot: Slot, tried: readonly Backend[]): Backend | undefined {
    if (this.#weights[slot] === 0) return undefined;
    let best: Backend | undefined;
    for (const backend of this.#backends[slot]) {
      if (!backend.isUp || tried.includes(backend)) continue;
      if (!best || backend.inFlight < best.inFlight) best = backend;
    }
    return best;
  }

  get backends(): Backend[] {
    return SLOTS.flatMap((slot) => [...this.#backends[slot]]);
  }
}
