import { allOn, EMPTY_STATE, type RolloutState, sameWeights } from "../../rollout/state.ts";
import type { Holder, Lease, Version, Versioned, Weights } from "../target.ts";
import { type Behind, behindNow, entryOf, heldState, settledWeights } from "./behind.ts";
import { type Acquired, Council, hasCode, oneOf } from "./council.ts";
import type { Edge } from "./edge.ts";
import type { Routed, Routing, Server } from "./haproxy.ts";
import type { LedgerRecord, Voter } from "./ledger.ts";
import { stampOf } from "./version.ts";

export interface EdgeStatus {
  edge: { name: string };
  record: LedgerRecord;
  servers: Server[];
}

/** While the lease is held. */
interface Session {
  /** Those that traffic is moved on. */
  routing: Edge[];
  behind: Behind;
}

const NO_SERVERS: ReadonlyMap<string, number> = new Map();

/**
 * All edges as one. A majority keeps the state and grants the lease (`spare` votes where their number is even); each can go
 * back to stable by itself when nobody renews its lease. An edge that is not there when the lease is taken is left as
 * it is: it is written down that it is behind, and what it may be sending traffic to is not stopped.
 */
export class Edges {
  readonly #all: readonly Edge[];
  readonly #council: Council<Voter>;
  /** Who holds a token, for the reason that the guard writes. */
  readonly #holders = new Map<number, string>();
  #session: Session | null = null;

  constructor(edges: readonly [Edge, ...Edge[]], spare?: Voter) {
    this.#all = edges;
    const voters = spare && edges.length % 2 === 0 ? [...edges, spare] : edges;
    this.#council = new Council(voters, { isSpare: (voter) => voter === spare });
  }

  async read(): Promise<Versioned<RolloutState>> {
    const held = await this.#council.read();
    return { value: heldState(held).state, version: held.version };
  }

  /** Of those that traffic is moved on; without a lease, of those that can be reached. */
  async status(): Promise<EdgeStatus[]> {
    const ask = async (edge: Edge) => ({ edge, ...(await edge.status()) });
    if (this.#session) return onAll(this.#session.routing, ask);
    const results = await Promise.allSettled(this.#all.map(ask));
    const errors = reasonsOf(results);
    const found = results.flatMap((one) => (one.status === "fulfilled" ? [one.value] : []));
    if (found.length === 0 || errors.some((error) => !hasCode(error, "target-unreachable")))
      throw oneOf(errors);
    return found;
  }

  async acquire(holder: Holder, leaseMs: number): Promise<Lease> {
    this.#session = null;
    const acquired = await this.#council.acquire(holder, leaseMs);
    const { token } = acquired.lease;
    this.#holders.set(token, holder.description);
    try {
      this.#session = await this.#begin(acquired);
    } catch (error) {
      await this.#council.release(token).catch(() => {});
      throw error;
    }
    const without = [
      ...new Set([
        ...acquired.absent.map(({ name }) => name),
        ...Object.keys(this.#session.behind),
      ]),
    ];
    return without.length === 0 ? acquired.lease : { ...acquired.lease, without };
  }

  async renew(token: number, leaseMs: number): Promise<Lease> {
    const { lease } = await this.#council.renew(token, leaseMs);
    if (!lease) throw new Error("a lease that was renewed is not there");
    return lease;
  }

  async check(token: number): Promise<void> {
    await this.#council.check(token);
  }

  async release(token: number): Promise<void> {
    await this.#council.release(token);
    this.#session = null;
  }

  /** Edges that were left out, and what they may still send traffic to. */
  async behind(): Promise<Behind> {
    return this.#session?.behind ?? heldState(await this.#council.read()).behind;
  }

  async write(next: RolloutState, version: Version, token: number): Promise<Version> {
    const entry = entryOf(
      { state: next, behind: await this.behind() },
      await this.#holderOf(token),
    );
    const count = stampOf(version).count + 1;
    return this.#council.write(entry, { from: version, count, token });
  }

  /**
   * Sets the weights on all edges, or on none: where one cannot be reached, the others are set back. Only what goes
   * back to stable stays wherever it can be done. Returns each edge's servers, as they were read back.
   */
  async route(
    weights: Weights,
    token: number,
    servers: ReadonlyMap<string, number> = NO_SERVERS,
  ): Promise<Array<[edge: string, Map<string, number>]>> {
    const edges = this.#session?.routing ?? this.#all;
    const results = await Promise.allSettled(
      edges.map((edge) => edge.route({ weights, servers }, token)),
    );
    const failures = reasonsOf(results);
    if (failures.length > 0) {
      if (!(await this.#isBackToStable(weights))) await setBack(edges, results, token);
      throw oneOf(failures);
    }
    return results.flatMap((result, index) => {
      const edge = edges[index];
      return edge && result.status === "fulfilled" ? [[edge.name, result.value.servers]] : [];
    });
  }

  /** What the first edge that answers has recorded of stable. */
  async past(): Promise<string> {
    const errors: unknown[] = [];
    for (const edge of this.#session?.routing ?? this.#all) {
      try {
        return await edge.past();
      } catch (error) {
        errors.push(error);
      }
    }
    throw oneOf(errors);
  }

  /** All who granted the lease are given the newest state; edges that come back, the weights that belong to it. */
  async #begin({ lease, held, absent }: Acquired): Promise<Session> {
    const before = heldState(held);
    const names = (voters: readonly Voter[]) => voters.map(({ name }) => name);
    const missing = names(absent);
    const behind = behindNow({ ...before, version: held.version }, names(this.#all), missing);
    const { count } = stampOf(held.version);
    const tell = async () => {
      const entry = entryOf({ state: before.state, behind }, lease.holder.description);
      await this.#council.write(entry, { from: "any", count, token: lease.token });
    };
    await tell();
    const present = this.#all.filter((edge) => !absent.includes(edge));
    const back = present.filter(({ name }) => behind[name]);
    const caughtUp = await Promise.all(
      back.map((edge) => catchUp(edge, before.state, lease.token)),
    );
    for (const [index, edge] of back.entries()) if (caughtUp[index]) delete behind[edge.name];
    if (caughtUp.some(Boolean)) await tell();
    return { routing: present.filter(({ name }) => !behind[name]), behind };
  }

  async #isBackToStable(weights: Weights): Promise<boolean> {
    const { stable } = await this.read().then(
      ({ value }) => value,
      () => EMPTY_STATE,
    );
    return stable !== null && sameWeights(weights, allOn(stable.slot));
  }

  async #holderOf(token: number): Promise<string> {
    const known = this.#holders.get(token);
    if (known !== undefined) return known;
    const { lease } = await this.#council.check(token);
    return lease?.holder.description ?? "its runner";
  }
}

async function setBack(
  edges: readonly Edge[],
  results: ReadonlyArray<PromiseSettledResult<Routed>>,
  token: number,
): Promise<void> {
  const before = (result: PromiseSettledResult<Routed>): Routing | undefined =>
    result.status === "fulfilled" ? result.value.before : undefined;
  await Promise.allSettled(
    results.map(async (result, index) => {
      const routing = before(result);
      if (routing) await edges[index]?.route(routing, token);
    }),
  );
}

/** False when it still cannot: then it stays behind. */
async function catchUp(edge: Edge, state: RolloutState, token: number): Promise<boolean> {
  const settled = { weights: settledWeights(state), servers: NO_SERVERS };
  return edge.route(settled, token).then(
    () => true,
    () => false,
  );
}

function reasonsOf(results: ReadonlyArray<PromiseSettledResult<unknown>>): unknown[] {
  return results.flatMap((one) => (one.status === "rejected" ? [one.reason as unknown] : []));
}

/** Asks all; when some fail, the error names each of them. */
export async function onAll<M, T>(
  machines: readonly M[],
  ask: (machine: M) => Promise<T>,
): Promise<T[]> {
  const results = await Promise.allSettled(machines.map(ask));
  const errors = reasonsOf(results);
  if (errors.length > 0) throw oneOf(errors);
  return results.flatMap((result) => (result.status === "fulfilled" ? [result.value] : []));
}
