import { expect } from "vitest";
import type { EngineProcess, Json } from "./engine-process.ts";

const SYMBOL = "BTC-USD";
const BATCH = 20;
const FULL_PAUSE_MS = 5;

/** What clients know of their orders. Each has its own price and quantity 1, so depth tells them apart. */
export class Ledger {
  #nextId = 1;
  readonly #acknowledged = new Set<number>();
  readonly #canceled = new Set<number>();
  /** Asked for and not answered: may be there or not. */
  readonly #open = new Map<number, "new" | "cancel">();
  /** Orders that were ever acknowledged. */
  acknowledged = 0;
  /** Orders that were refused for want of room. */
  refused = 0;

  get present(): number {
    return this.#acknowledged.size;
  }

  /** One client's orders, some of them taken back again, until the engine is gone. */
  load(engine: EngineProcess): Promise<void> {
    return untilGone(async () => {
      const [id = 0] = this.#take(1);
      const { code, body } = await placeOrder(engine, id);
      if (!(await this.#learn(id, code, body)) || id % 3 !== 0) return;
      this.#open.set(id, "cancel");
      const canceled = await engine.call("DELETE", `/orders/${id}`);
      if (canceled.code !== 200) return this.#refuse(canceled.body, () => this.#open.delete(id));
      this.#open.delete(id);
      this.#acknowledged.delete(id);
      this.#canceled.add(id);
    });
  }

  /** The same in batches: each of a batch's orders has an answer of its own. */
  loadBatches(engine: EngineProcess): Promise<void> {
    return untilGone(async () => {
      const ids = this.#take(BATCH);
      const { body } = await engine.call("POST", "/orders/batch", ids.map(orderOf));
      for (const [at, result] of (body.results as Json[]).entries()) {
        await this.#learn(ids[at] ?? 0, Number(result.code), result);
      }
    });
  }

  /** Compares with what the engine has, and learns what became of the orders without an answer. */
  settle(present: readonly number[]): void {
    const there = new Set(present);
    expect(there.size).toBe(present.length);
    const lost = [...this.#acknowledged].filter((id) => !there.has(id) && !this.#open.has(id));
    expect(lost).toEqual([]);
    expect([...this.#canceled].filter((id) => there.has(id))).toEqual([]);
    expect(present.filter((id) => !this.#acknowledged.has(id) && !this.#open.has(id))).toEqual([]);
    for (const id of this.#open.keys()) {
      if (there.has(id)) this.#acknowledged.add(id);
      else this.#acknowledged.delete(id);
    }
    this.#open.clear();
  }

  #take(count: number): number[] {
    const ids = Array.from({ length: count }, (_, offset) => this.#nextId + offset);
    this.#nextId += count;
    for (const id of ids) this.#open.set(id, "new");
    return ids;
  }

  async #learn(id: number, code: number, body: Json): Promise<boolean> {
    if (code !== 201) {
      await this.#refuse(body, () => this.#open.delete(id));
      return false;
    }
    this.#open.delete(id);
    this.#acknowledged.add(id);
    this.acknowledged += 1;
    return true;
  }

  /** A refusal for want of room says that the order does not count. */
  async #refuse(body: Json, forget: () => void): Promise<void> {
    expect(body.reason).toBe("journal-full");
    this.refused += 1;
    forget();
    await new Promise((resolve) => setTimeout(resolve, FULL_PAUSE_MS));
  }
}

export function orderOf(id: number): object {
  return { id, user: 1, symbol: SYMBOL, side: "buy", price: id, qty: 1 };
}

export function placeOrder(engine: EngineProcess, id: number): ReturnType<EngineProcess["call"]> {
  return engine.call("POST", "/orders", orderOf(id));
}

/** The prices, and so the ids, of what rests. */
export async function restingIds(engine: EngineProcess): Promise<number[]> {
  const { bids } = (await engine.call("GET", `/depth/${SYMBOL}`)).body;
  for (const [, qty] of bids as [number, number][]) expect(qty).toBe(1);
  return (bids as [number, number][]).map(([price]) => price);
}

async function untilGone(act: () => Promise<void>): Promise<void> {
  for (;;) {
    try {
      await act();
    } catch (error) {
      // What fetch throws when nobody answers.
      if (error instanceof TypeError) return;
      throw error;
    }
  }
}
