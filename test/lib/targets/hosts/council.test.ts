import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { SluiceError } from "../../../../lib/error.ts";
import { Council, type Held } from "../../../../lib/targets/hosts/council.ts";
import type { Entry, LedgerRecord, Voter } from "../../../../lib/targets/hosts/ledger.ts";
import { versionOf } from "../../../../lib/targets/hosts/version.ts";
import type { Holder, Lease, Version } from "../../../../lib/targets/target.ts";

const LEASE_MS = 10;

/** All that a machine does, as hosts/programs/sluice-ledger says it, without the machine. */
class Machine {
  version = "0" as Version;
  text = "";
  lastToken = 0;
  lease: Lease | null = null;

  get(now: number): LedgerRecord {
    const { version, lastToken, lease } = this;
    const weights = { blue: 0, green: 0 };
    return { nowMs: now, version, lastToken, weights, servers: new Map(), lease };
  }

  mustHold(token: number, now: number): void {
    if (this.lease?.token !== token || now >= this.lease.expiresAtMs) refuse("lease-lost");
  }
}

function refuse(code: "lease-lost" | "lease-held" | "lost-race" | "target-unreachable"): never {
  throw new SluiceError(code, code);
}

/** The world: its clock, and how one runner reaches the machines. */
interface World {
  now: number;
}

/** A machine as one runner sees it; an answer may be lost after the deed is done. */
class Line implements Voter {
  readonly name: string;
  readonly #machine: Machine;
  readonly #world: World;
  readonly #turn: <T>(act: () => T) => Promise<T>;
  state: "open" | "cut" | "mute" = "open";

  constructor(name: string, machine: Machine, world: World, turn: <T>(act: () => T) => Promise<T>) {
    this.name = name;
    this.#machine = machine;
    this.#world = world;
    this.#turn = turn;
  }

  async #call<T>(act: (machine: Machine, now: number) => T): Promise<T> {
    return this.#turn(() => {
      if (this.state === "cut") refuse("target-unreachable");
      const answer = act(this.#machine, this.#world.now);
      if (this.state === "mute") refuse("target-unreachable");
      return answer;
    });
  }

  read() {
    return this.#call((m, now) => ({ record: m.get(now), stateText: m.text }));
  }

  acquire(holder: Holder, token: number, leaseMs: number) {
    return this.#call((m, now) => {
      if (m.lease && m.lease.holder.key !== holder.key && now < m.lease.expiresAtMs)
        refuse("lease-held");
      if (token <= m.lastToken) refuse("lost-race");
      m.lastToken = token;
      m.lease = { holder, token, sinceMs: now, expiresAtMs: now + leaseMs };
      return m.get(now);
    });
  }

  renew(token: number, leaseMs: number) {
    return this.#call((m, now) => {
      m.mustHold(token, now);
      if (m.lease) m.lease = { ...m.lease, expiresAtMs: now + leaseMs };
      return m.get(now);
    });
  }

  check(token: number) {
    return this.#call((m, now) => {
      m.mustHold(token, now);
      return m.get(now);
    });
  }

  release(token: number) {
    return this.#call((m, now) => {
      m.mustHold(token, now);
      m.lease = null;
    });
  }

  write(entry: Entry, to: { token: number; from: Version | "any"; count: number }) {
    return this.#call((m, now) => {
      m.mustHold(to.token, now);
      if (to.from !== "any" && to.from !== m.version) refuse("lost-race");
      m.version = versionOf({ writer: to.token, count: to.count, reverted: false });
      m.text = entry.text;
    });
  }
}

interface Runner {
  name: string;
  lines: Line[];
  council: Council<Voter>;
  /** When it was told that it holds the lease, and until when it believes so. */
  holds: { token: number; untilMs: number; held: Held } | null;
}

type Move =
  | { what: "lines"; who: number; states: Array<Line["state"]> }
  | { what: "acquire" | "renew" | "write" | "release"; who: number }
  | { what: "both acquire" }
  | { what: "wait"; ms: number };

const who = fc.nat({ max: 1 });
const move: fc.Arbitrary<Move> = fc.oneof(
  fc.record({
    what: fc.constant("lines" as const),
    who,
    states: fc.array(
      fc.constantFrom("open" as const, "open" as const, "cut" as const, "mute" as const),
      {
        minLength: 3,
        maxLength: 3,
      },
    ),
  }),
  fc.record({
    what: fc.constantFrom(
      "acquire" as const,
      "renew" as const,
      "write" as const,
      "release" as const,
    ),
    who,
  }),
  fc.constant({ what: "both acquire" as const }),
  fc.record({ what: fc.constant("wait" as const), ms: fc.integer({ min: 1, max: 12 }) }),
);

/** Two edges and a host; two runners with lines of their own, which are cut and lose answers. */
async function play(moves: readonly Move[], scheduler: fc.Scheduler): Promise<void> {
  const world: World = { now: 1_000 };
  const machines = [new Machine(), new Machine(), new Machine()];
  const turn = async <T>(act: () => T): Promise<T> => {
    await scheduler.schedule(Promise.resolve());
    return act();
  };
  const runners = ["a", "b"].map((name): Runner => {
    const lines = machines.map((machine, index) => new Line(`m${index}`, machine, world, turn));
    const council = new Council<Voter>(lines, {
      isSpare: (voter) => voter.name === "m2",
      pause: async () => {},
      patience: 0,
    });
    return { name, lines, council, holds: null };
  });
  // What was written by somebody who was told that it is written, in order.
  const written: string[] = [];
  let serial = 0;

  const settle = async <T>(work: Promise<T>): Promise<T | undefined> => {
    const result = work.catch((error: unknown) => {
      if (!(error instanceof SluiceError)) throw error;
      return undefined;
    });
    await scheduler.waitFor(result);
    return result;
  };
  const believing = () => runners.filter(({ holds }) => holds && world.now < holds.untilMs);

  const acquire = async (runner: Runner) => {
    const askedMs = world.now;
    runner.holds = null;
    const got = await runner.council
      .acquire({ key: runner.name, description: runner.name }, LEASE_MS)
      .catch((error: unknown) => {
        if (!(error instanceof SluiceError)) throw error;
      });
    if (!got) return;
    // What was acknowledged is never lost, whoever comes next.
    const newest = written.at(-1);
    if (newest !== undefined) expect(Number(got.held.text)).toBeGreaterThanOrEqual(Number(newest));
    runner.holds = { token: got.lease.token, untilMs: askedMs + LEASE_MS, held: got.held };
    const { token } = got.lease;
    const again = { text: got.held.text, abandoned: "", revert: null };
    const count = Number(got.held.version.split(".")[1] ?? 0);
    const version = await runner.council
      .write(again, { from: "any", count, token })
      .catch(() => undefined);
    if (version) runner.holds.held = { version, text: got.held.text };
    else runner.holds = null;
  };

  for (const one of moves) {
    switch (one.what) {
      case "wait":
        world.now += one.ms;
        break;
      case "lines":
        for (const [index, line] of (runners[one.who]?.lines ?? []).entries())
          line.state = one.states[index] ?? "open";
        break;
      case "both acquire":
        await settle(Promise.all(runners.map(acquire)));
        break;
      default: {
        const runner = runners[one.who];
        if (!runner) break;
        if (one.what === "acquire") {
          await settle(acquire(runner));
          break;
        }
        const { holds } = runner;
        if (!holds) break;
        if (one.what === "renew") {
          const askedMs = world.now;
          if (await settle(runner.council.renew(holds.token, LEASE_MS)))
            holds.untilMs = askedMs + LEASE_MS;
        } else if (one.what === "release") {
          await settle(runner.council.release(holds.token));
          runner.holds = null;
        } else {
          serial += 1;
          const count = Number(holds.held.version.split(".")[1] ?? 0) + 1;
          const entry: Entry = { text: String(serial), abandoned: "", revert: null };
          const version = await settle(
            runner.council.write(entry, { from: holds.held.version, count, token: holds.token }),
          );
          if (version) {
            holds.held = { version, text: entry.text };
            written.push(entry.text);
          } else runner.holds = null;
        }
      }
    }
    expect(believing().length).toBeLessThanOrEqual(1);
  }
}

describe("a council of two edges and a host", () => {
  it("never grants a lease to two at once, and never loses what it acknowledged", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(move, { minLength: 1, maxLength: 40 }),
        fc.scheduler(),
        (moves, scheduler) => play(moves, scheduler),
      ),
      { numRuns: 400 },
    );
  });

  it("takes a later writer's state for the newer one, whatever an earlier one has still counted alone", async () => {
    const world = { now: 1_000 };
    const machines = [new Machine(), new Machine(), new Machine()];
    const open = () => {
      const lines = machines.map((one, at) => new Line(`m${at}`, one, world, async (act) => act()));
      return { lines, council: new Council<Voter>(lines, { patience: 0 }) };
    };
    const entry = (text: string) => ({ text, abandoned: "", revert: null });
    const cut = (lines: Line[], ...which: number[]) => {
      for (const [at, line] of lines.entries()) line.state = which.includes(at) ? "cut" : "open";
    };
    const a = open();
    const { lease } = await a.council.acquire({ key: "a", description: "a" }, LEASE_MS);
    cut(a.lines, 1, 2);
    const alone = a.council.write(entry("alone"), {
      from: "0" as Version,
      count: 7,
      token: lease.token,
    });
    await expect(alone).rejects.toMatchObject({ code: "target-unreachable" });
    world.now += 2 * LEASE_MS;
    const b = open();
    cut(b.lines, 0);
    const next = await b.council.acquire({ key: "b", description: "b" }, LEASE_MS);
    await b.council.write(entry("agreed"), { from: "any", count: 1, token: next.lease.token });
    expect((await open().council.read()).text).toBe("agreed");
  });

  it("lets one of two who come at once have it, in the end", async () => {
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), async (scheduler) => {
        const world = { now: 1 };
        const machines = [new Machine(), new Machine(), new Machine()];
        const turn = async <T>(act: () => T) => {
          await scheduler.schedule(Promise.resolve());
          return act();
        };
        const councils = ["a", "b"].map((name) => {
          const lines = machines.map((one, index) => new Line(`m${index}`, one, world, turn));
          return { name, council: new Council<Voter>(lines, { pause: async () => {} }) };
        });
        const got = Promise.allSettled(
          councils.map(({ name, council }) =>
            council.acquire({ key: name, description: name }, 100),
          ),
        );
        await scheduler.waitFor(got);
        const winners = (await got).filter(({ status }) => status === "fulfilled");
        expect(winners.length).toBeLessThanOrEqual(1);
        for (const one of await got)
          if (one.status === "rejected")
            expect(one.reason).toMatchObject({
              code: expect.stringMatching(/lease-held|lost-race/),
            });
      }),
      { numRuns: 200 },
    );
  });
});
