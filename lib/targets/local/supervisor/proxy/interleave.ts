import { otherSlot, SLOTS, type Slot, type Weights } from "../../../target.ts";

/** Weights are percent, so they are exact over any this many requests in a row. */
export const CYCLE = 100;

/** Irrational, so that a slot's turns never keep step with a client that repeats its requests. */
const GOLDEN = (Math.sqrt(5) - 1) / 2;

/**
 * Whose turn it is, for each place in a cycle that repeats; null when no slot has weight.
 *
 * The lighter slot has one turn in each of its equal shares of the cycle, so turns are spread evenly: at no
 * point is a slot a whole request ahead of or behind its weight. Where in its share a turn lies moves on by
 * the golden ratio: with every tenth request exactly, 10 % of a flow whose every tenth request is a cancel
 * would be cancels only, and the two slots could not be compared.
 */
export function interleave(weights: Weights): Slot[] | null {
  const sum = weights.blue + weights.green;
  if (sum === 0) return null;
  const lighter = SLOTS.reduce((a, b) => (weights[b] < weights[a] ? b : a));
  const turns = Array<Slot>(CYCLE).fill(otherSlot(lighter));
  const share = weights[lighter];
  for (let k = 0; k < share; k += 1) turns[turnWithin(k, share)] = lighter;
  return turns;
}

/** Turn k of n, inside [k/n, (k+1)/n) of the cycle. */
function turnWithin(k: number, n: number): number {
  const from = Math.ceil((k * CYCLE) / n);
  const to = Math.ceil(((k + 1) * CYCLE) / n);
  return from + Math.floor((((k + 1) * GOLDEN) % 1) * (to - from));
}

/** Walks the cycle, one turn per request. */
export class Turns {
  #turns: Slot[] | null = null;
  #next = 0;

  set(weights: Weights): void {
    this.#turns = interleave(weights);
    this.#next = 0;
  }

  take(): Slot | null {
    if (!this.#turns) return null;
    const slot = this.#turns[this.#next] ?? null;
    this.#next = (this.#next + 1) % CYCLE;
    return slot;
  }
}
