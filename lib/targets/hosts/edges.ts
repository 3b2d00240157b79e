import { causes, SluiceError } from "../../error.ts";
import { allOn, EMPTY_STATE, type RolloutState, sameWeights } from "../../rollout/state.ts";
import type { Holder, Lease, Version, Versioned, Weights } from "../target.ts";
import type { Edge, EdgeRecord } from "./edge.ts";
import type { Routed, Server } from "./haproxy.ts";

export interface EdgeStatus {
  edge: Edge;
  record: EdgeRecord;
  servers: Server[];
}

/** Acquiring again after somebody else was quicker. */
const ATTEMPTS = 5;

/**
 * All edges as one. The first decides who may change anything; the others are told the same, so that each can go
 * back to stable by itself when nobody renews its lease.
 */
export class Edges {
  readonly #first: Edge;
  readonly #others: Edge[];
  /** Who holds a token, for the reason that the guard writes. */
  readonly #holders = new Map<number, string>();

  constructor([first, ...others]: readonly [Edge, ...Edge[]]) {
    this.#first = first;
    this.#others = others;
  }

  get all(): Edge[] {
    return [this.#first, ...this.#others];
  }

  async read(): Promise<Versioned<RolloutState>> {
    const { record, stateText } = await this.#first.read();
    return { value: stateOf(stateText), version: String(record.version) as Version };
  }

  async status(): Promise<EdgeStatus[]> {
    return onAll(this.all, async (edge) => ({ edge, ...(await edge.status()) }));
  }

  async acquire(holder: Holder, leaseMs: number): Promise<Lease> {
    for (let attempt = 1; ; attempt += 1) {
      const before = await onAll(this.all, (edge) => edge.read());
      const token = 1 + Math.max(...before.map(({ record }) => record.lastToken));
      try {
        const { lease } = await this.#first.acquire(holder, token, leaseMs);
        if (!lease) throw new SluiceError("internal", `${this.#first.name} gave no lease`);
        this.#holders.set(token, holder.description);
        await this.#tellOthers(holder, token, leaseMs);
        return lease;
      } catch (error) {
        if (!hasCode(error, "lost-race") || attempt === ATTEMPTS) throw error;
      }
    }
  }

  async renew(token: number, leaseMs: number): Promise<Lease> {
    const [first] = await onAll(this.all, (edge) => edge.renew(token, leaseMs));
    if (!first?.lease) throw new SluiceError("internal", `${this.#first.name} gave no lease`);
    return first.lease;
  }

  check(token: number): Promise<EdgeRecord> {
    return this.#first.check(token);
  }

  /** An edge that is not told keeps its lease until it runs out, and then has nothing to revert. */
  async release(token: number): Promise<void> {
    await this.#first.check(token);
    await Promise.allSettled(this.#others.map((edge) => edge.release(token)));
    await this.#first.release(token);
  }

  async write(next: RolloutState, version: Version, token: number): Promise<Version> {
    const from = Number(version);
    const to = from + 1;
    const holder = await this.#holderOf(token);
    await this.#first.write(next, { from, to, token, holder });
    await onAll(this.#others, (edge) => edge.write(next, { from: "any", to, token, holder }));
    return String(to) as Version;
  }

  /**
   * Sets the weights on all edges, or on none: where one cannot be reached, the others are set back. Only what goes
   * back to stable stays wherever it can be done. Returns each edge's servers, as they were read back.
   */
  async route(
    weights: Weights,
    token: number,
  ): Promise<Array<[edge: string, Map<string, number>]>> {
    const results = await Promise.allSettled(this.all.map((edge) => edge.route(weights, token)));
    const failures = results.flatMap((result) =>
      result.status === "rejected" ? [result.reason as unknown] : [],
    );
    if (failures.length > 0) {
      if (!(await this.#isBackToStable(weights))) await this.#setBack(results, token);
      throw together(failures);
    }
    return results.flatMap((result, index) => {
      const edge = this.all[index];
      return edge && result.status === "fulfilled" ? [[edge.name, result.value.servers]] : [];
    });
  }

  /** What the first edge that answers has recorded of stable. */
  past(): Promise<string> {
    return this.#first.past();
  }

  async #setBack(
    results: ReadonlyArray<PromiseSettledResult<Routed>>,
    token: number,
  ): Promise<void> {
    await Promise.allSettled(
      results.map(async (result, index) => {
        if (result.status === "fulfilled") await this.all[index]?.route(result.value.before, token);
      }),
    );
  }

  async #isBackToStable(weights: Weights): Promise<boolean> {
    const { stable } = await this.read().then(
      ({ value }) => value,
      () => EMPTY_STATE,
    );
    return stable !== null && sameWeights(weights, allOn(stable.slot));
  }

  async #tellOthers(holder: Holder, token: number, leaseMs: number): Promise<void> {
    try {
      const state = await this.read();
      const to = Number(state.version);
      await onAll(this.#others, async (edge) => {
        await edge.acquire(holder, token, leaseMs);
        await edge.write(state.value, { from: "any", to, token, holder: holder.description });
      });
    } catch (error) {
      await Promise.allSettled(this.all.map((edge) => edge.release(token)));
      throw error;
    }
  }

  async #holderOf(token: number): Promise<string> {
    const known = this.#holders.get(token);
    if (known !== undefined) return known;
    const { lease } = await this.#first.check(token);
    return lease?.holder.description ?? "its runner";
  }
}

function stateOf(text: string): RolloutState {
  return text === "" ? EMPTY_STATE : (JSON.parse(text) as RolloutState);
}

function hasCode(error: unknown, code: string): boolean {
  return error instanceof SluiceError && error.code === code;
}

/** Asks all; when some fail, the error names each of them. */
export async function onAll<M, T>(
  machines: readonly M[],
  ask: (machine: M) => Promise<T>,
): Promise<T[]> {
  const results = await Promise.allSettled(machines.map(ask));
  const failed = results.filter((result) => result.status === "rejected");
  if (failed.length > 0) throw together(failed.map(({ reason }) => reason as unknown));
  return results.flatMap((result) => (result.status === "fulfilled" ? [result.value] : []));
}

/** One error out of several: a refusal outweighs a machine that is not there. */
function together(errors: readonly unknown[]): unknown {
  const refusal = errors.find((error) => !hasCode(error, "target-unreachable"));
  const [first] = errors;
  if (refusal !== undefined || errors.length === 1 || !(first instanceof SluiceError))
    return refusal ?? first;
  const messages = errors.map((error) => causes(error).join(": ")).join("; ");
  return new SluiceError(
    first.code,
    messages,
    first.hint === undefined ? {} : { hint: first.hint },
  );
}
