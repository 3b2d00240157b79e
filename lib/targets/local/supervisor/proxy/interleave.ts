import { ALL_SLOTS, type AnySlot, type Weights } from "../../../target.ts";
import { weightOf } from "../../../weights.ts";

/** Weights are percent, so those of two slots are exact over any this many requests in a row. */
export const CYCLE = 100;

/** Irrational, so that a slot's turns never keep step with a client that repeats its requests. */
const GOLDEN = (Math.sqrt(5) - 1) / 2;

/**
 * Whose turn it is, for each place in a cycle that repeats; null when no slot has weight.
 *
 * Each slot but one has a turn in each of its equal parts of the cycle, so turns are spread evenly: of two slots
 * none is ever a whole request ahead of or behind its weight. Where in its part a turn lies moves on by
 * the golden ratio: with every tenth request exactly, 10 % of a flow whose every tenth request is a cancel
 * would be cancels only, and the two slots could not be compared. Of three, the second lies half a part further, and
 * two of equal weight change places with each other every second cycle, so that both get the same requests of a flow
 * that repeats itself.
 */
export function interleave(weights: Weights): AnySlot[] | null {
  const slots = ALL_SLOTS.filter((slot) => weightOf(weights, slot) > 0);
  if (slots.length < 3) return cycle(slots, weights);
  const [one, other] = slots.filter((slot) => twins(slot, slots, weights) > 0);
  if (!one || !other) return cycle(slots, weights);
  const [rest] = slots.filter((slot) => slot !== one && slot !== other);
  const turns = cycle(slots, weights, rest) ?? [];
  const swapped = turns.map((slot) => (slot === one ? other : slot === other ? one : slot));
  return [...turns, ...swapped];
}

/** How many other slots have the same weight. */
function twins(slot: AnySlot, slots: readonly AnySlot[], weights: Weights): number {
  return slots.filter((one) => one !== slot && weights[one] === weights[slot]).length;
}

/** `rest` has the turns that the others leave: the heaviest one, if it is not named. */
function cycle(
  slots: readonly AnySlot[],
  weights: Weights,
  rest: AnySlot | undefined = heaviest(slots, weights),
): AnySlot[] | null {
  if (!rest) return null;
  const turns = Array<AnySlot | null>(CYCLE).fill(null);
  const spread = slots.filter((slot) => slot !== rest);
  spread.forEach((slot, index) => {
    const count = weightOf(weights, slot);
    for (let k = 0; k < count; k += 1) turns[freePlace(turns, turnWithin(k, count, index))] = slot;
  });
  return turns.map((slot) => slot ?? rest);
}

function heaviest(slots: readonly AnySlot[], weights: Weights): AnySlot | undefined {
  return [...slots].sort((a, b) => weightOf(weights, b) - weightOf(weights, a))[0];
}

/** Turn k of n, inside [k/n, (k+1)/n) of the cycle. */
function turnWithin(k: number, n: number, index: number): number {
  const from = Math.ceil((k * CYCLE) / n);
  const length = Math.ceil(((k + 1) * CYCLE) / n) - from;
  const at = Math.floor((((k + 1) * GOLDEN) % 1) * length);
  return from + ((at + index * Math.floor(length / 2)) % length);
}

function freePlace(turns: ReadonlyArray<AnySlot | null>, wanted: number): number {
  let place = wanted;
  while (turns[place] !== null) place = (place + 1) % CYCLE;
  return place;
}

/** Walks the cycle, one turn per request. */
export class Turns {
  #turns: AnySlot[] | null = null;
  #next = 0;

  set(weights: Weights): void {
    this.#turns = interleave(weights);
    this.#next = 0;
  }

  take(): AnySlot | null {
    if (!this.#turns) return null;
    const slot = this.#turns[this.#next] ?? null;
    this.#next = (this.#next + 1) % this.#turns.length;
    return slot;
  }
}
