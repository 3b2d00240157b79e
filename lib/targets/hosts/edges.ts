import { causes, SluiceError } from "../../error.ts";
import { EMPTY_STATE, type RolloutState, sameWeights } from "../../rollout/state.ts";
import type { Holder, Lease, Version, Versioned, Weights } from "../target.ts";
import {
  type Behind,
  behindNow,
  entryOf,
  heldState,
  isOnTrial,
  mayBeServed,
  settledWeights,
} from "./behind.ts";
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
  /** Those that traffic is moved on, but for those that are lost. */
  routing: Edge[];
  behind: Behind;
  /** What was written last. */
  state: RolloutState;
  version: Version;
  leaseMs: number;
  /** Since when an edge that answers does not do what it has to. */
  failingSinceMs: Map<string, number>;
}

const NO_SERVERS: ReadonlyMap<string, number> = new Map();

/**
 * All edges as one. A majority keeps the state and grants the lease (`spare` votes where their number is even); each can go
 * back to stable by itself when nobody renews its lease. An edge that is not there when the lease is taken, or is lost
 * under it, is left as it is: it is written down that it is behind, and what it may be sending traffic to is not
 * stopped. One that is lost while a candidate is on trial ends the trial.
 */
export class Edges {
  readonly #all: readonly Edge[];
  readonly #council: Council<Voter>;
  /** Who holds a token, for the reason that the guard writes. */
  readonly #holders = new Map<number, string>();
  #session: Session | null = null;

  constructor(
    edges: readonly [Edge, ...Edge[]],
    spare?: Voter,
    { patience }: { patience?: number } = {},
  ) {
    this.#all = edges;
    const voters = spare && edges.length % 2 === 0 ? [...edges, spare] : edges;
    const isSpare = (voter: Voter) => voter === spare;
    this.#council = new Council(voters, {
      isSpare,
      ...(patience === undefined ? {} : { patience }),
    });
  }

  async read(): Promise<Versioned<RolloutState>> {
    const held = await this.#council.read();
    return { value: heldState(held).state, version: held.version };
  }

  /** Of those that traffic is moved on; without a lease, of those that can be reached. */
  async status(): Promise<EdgeStatus[]> {
    const ask = async (edge: Edge) => ({ edge, ...(await edge.status()) });
    if (this.#session) {
      this.#mustNotBeOnTrial(this.#session);
      return onAll(this.#session.routing, ask);
    }
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
      this.#session = await this.#begin(acquired, leaseMs);
    } catch (error) {
      await this.#council.release(token).catch(() => {});
      throw error;
    }
    const absent = acquired.absent.map(({ name }) => name);
    return this.#toldWithout(acquired.lease, this.#session, absent);
  }

  async renew(token: number, leaseMs: number): Promise<Lease> {
    const { lease } = await this.#council.renew(token, leaseMs);
    if (!lease) throw new Error("a lease that was renewed is not there");
    this.#noteLost();
    return this.#session ? this.#toldWithout(lease, this.#session) : lease;
  }

  async check(token: number): Promise<void> {
    await this.#council.check(token);
    this.#noteLost();
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
    const holder = await this.#holderOf(token);
    const behind = await this.behind();
    const count = stampOf(version).count + 1;
    const tell = (from: Version | "any") =>
      this.#council.write(entryOf({ state: next, behind }, holder), { from, count, token });
    let written = await tell(version);
    // Who comes next has to know of it as well.
    if (this.#noteLost()) written = await tell("any");
    if (this.#session) Object.assign(this.#session, { state: next, version: written });
    return written;
  }

  /**
   * Sets the weights on all edges, or on none: where one cannot be reached, the others are set back. Only what goes
   * where the state has traffic settled stays wherever it can be done. Returns each edge's servers, as they were read back.
   */
  async route(
    weights: Weights,
    token: number,
    servers: ReadonlyMap<string, number> = NO_SERVERS,
  ): Promise<Array<[edge: string, Map<string, number>]>> {
    const session = this.#session;
    const isSettled = sameWeights(weights, settledWeights(await this.#state()));
    if (session && !isSettled) this.#mustNotBeOnTrial(session);
    const edges = session?.routing ?? this.#all;
    const results = await Promise.allSettled(
      edges.map((edge) => edge.route({ weights, servers }, token)),
    );
    const failures = reasonsOf(results);
    if (failures.length > 0 && !isSettled) await setBack(edges, results, token);
    if (session) await this.#giveUp(session, edges, results, token);
    if (session && failures.length > 0 && !isSettled) this.#mustNotBeOnTrial(session);
    const isMissed = results.some(
      (result, at) =>
        result.status === "rejected" && !this.#council.lost.has(edges[at]?.name ?? ""),
    );
    if (isMissed || (failures.length > 0 && !isSettled)) throw oneOf(failures);
    return results.flatMap((result, index) => {
      const edge = edges[index];
      return edge && result.status === "fulfilled" ? [[edge.name, result.value.servers]] : [];
    });
  }

  /** Edges that cannot be reached any more are lost, and such that cannot do it for as long as a lease lasts. */
  async #giveUp(
    session: Session,
    edges: readonly Edge[],
    results: ReadonlyArray<PromiseSettledResult<Routed>>,
    token: number,
  ): Promise<void> {
    const failed = edges.flatMap(({ name }, at) => {
      const result = results[at];
      return result?.status === "rejected" ? [{ name, why: result.reason as unknown }] : [];
    });
    if (failed.length > 0) await this.#council.check(token);
    const since = session.failingSinceMs;
    for (const name of since.keys())
      if (!failed.some((one) => one.name === name)) since.delete(name);
    const nowMs = performance.now();
    for (const { name, why } of failed.filter((one) => hasCode(one.why, "target-unreachable"))) {
      if (!since.has(name)) since.set(name, nowMs);
      const isOver = nowMs - (since.get(name) ?? nowMs) >= session.leaseMs;
      if (isOver && !this.#council.lost.has(name)) this.#council.lose(name, causes(why).join(": "));
    }
    this.#noteLost();
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
  async #begin({ lease, held, absent }: Acquired, leaseMs: number): Promise<Session> {
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
    return {
      routing: present.filter(({ name }) => !behind[name]),
      behind,
      state: before.state,
      version: held.version,
      leaseMs,
      failingSinceMs: new Map(),
    };
  }

  async #state(): Promise<RolloutState> {
    if (this.#session) return this.#session.state;
    return this.read().then(
      ({ value }) => value,
      () => EMPTY_STATE,
    );
  }

  /** Takes edges that were lost out of what is done from now on. Whether there were any. */
  #noteLost(): boolean {
    const session = this.#session;
    const lost = session?.routing.filter(({ name }) => this.#council.lost.has(name)) ?? [];
    if (!session || lost.length === 0) return false;
    session.routing = session.routing.filter((edge) => !lost.includes(edge));
    for (const { name } of lost) session.behind[name] = mayBeServed(session.state, session.version);
    return true;
  }

  /** It cannot be told to go on, nor to go back; the latter it does by itself. */
  #mustNotBeOnTrial({ state }: Session): void {
    const lost = [...this.#council.lost];
    if (lost.length === 0 || !isOnTrial(state)) return;
    const names = lost.map(([name]) => name).join(", ");
    const why = lost.map(([, reason]) => reason).join("; ");
    throw new SluiceError(
      "refused",
      `${names} was lost in the middle of the rollout, and goes back to stable by itself when its lease runs out: ${why}`,
      { hint: "see that it can be reached again, and run this job again" },
    );
  }

  #toldWithout(lease: Lease, { behind }: Session, absent: readonly string[] = []): Lease {
    const without = [...new Set([...absent, ...Object.keys(behind)])];
    return without.length === 0 ? lease : { ...lease, without };
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
