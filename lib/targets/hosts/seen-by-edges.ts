import { armOf } from "../../metrics/arm.ts";
import type { ArmCounters, Counters } from "../../metrics/counters.ts";
import { type Seen, withSeen } from "../../metrics/seen.ts";
import type { Server, ServerCounts } from "./haproxy.ts";

type Looked = Pick<Server, "name" | "current" | "counts">;

/** Both since they were first looked at together; `own` is of one process. */
interface Base {
  own: Pick<Counters, "requests" | "errors">;
  seen: Seen;
}

const NO_COUNTS: ServerCounts = { begun: 0, answered: 0, failed: 0, faults: 0 };

/**
 * What the edges saw of each server, put together with what its engine says of itself. HAProxy begins its counts anew with
 * each reload, and each edge counts its own part: what is kept here only grows. A process that was started again
 * is told by its own counters, as ever.
 */
export class SeenByEdges {
  /** By server, and by edge. */
  readonly #last = new Map<string, Map<string, Looked>>();
  /** By server, over all edges. */
  readonly #sums = new Map<string, ServerCounts>();
  readonly #lost = new Map<string, number>();
  readonly #bases = new Map<string, Base>();
  readonly #lastOwn = new Map<string, number>();

  /** Takes in one look at one edge. */
  take(edge: string, servers: readonly Looked[]): void {
    for (const server of servers) {
      const { name } = server;
      const looks = this.#last.get(name) ?? new Map<string, Looked>();
      const growth = grown(looks.get(edge), server);
      this.#sums.set(name, plus(this.#sums.get(name) ?? NO_COUNTS, growth));
      this.#last.set(name, looks.set(edge, server));
    }
  }

  /** An arm as its clients found it. */
  onto({ instances }: ArmCounters): ArmCounters {
    const found = Object.entries(instances).map(
      ([name, own]) => [name, own && this.#asFound(name, own)] as const,
    );
    return armOf(Object.fromEntries(found));
  }

  #asFound(name: string, own: Counters): Counters {
    const seen = this.#seen(name);
    const base = this.#baseOf(name, own, seen);
    return withSeen(own, {
      answered: base.own.requests + seen.answered - base.seen.answered,
      failed: base.own.errors + seen.failed - base.seen.failed,
      lost: seen.lost - base.seen.lost,
    });
  }

  /** Lost is what was begun, is not answered, and is not in hand any more. */
  #seen(name: string): Seen {
    const { begun, answered, failed, faults } = this.#sums.get(name) ?? NO_COUNTS;
    const looks = [...(this.#last.get(name)?.values() ?? [])];
    const inHand = looks.reduce((sum, { current }) => sum + current, 0);
    // An answer that is on its way is counted and in hand: so this may be too few for a while, and never too many.
    const lost = Math.max(this.#lost.get(name) ?? 0, faults, begun - answered - inHand);
    this.#lost.set(name, lost);
    return { answered, failed, lost };
  }

  #baseOf(name: string, own: Counters, seen: Seen): Base {
    const known = this.#bases.get(name);
    const isSameProcess = own.requests >= (this.#lastOwn.get(name) ?? 0);
    this.#lastOwn.set(name, own.requests);
    if (known && isSameProcess) return known;
    const base = { own: { requests: own.requests, errors: own.errors }, seen };
    this.#bases.set(name, base);
    return base;
  }
}

/** The first look is a beginning, not growth: whoever reads next would take it for requests of now. */
function grown(last: Looked | undefined, now: Looked): ServerCounts {
  if (!last) return { ...NO_COUNTS, begun: now.current };
  if (!isAnew(last.counts, now.counts)) return minus(now.counts, last.counts);
  // What the HAProxy before has in hand it answers without being asked any more.
  return { ...now.counts, begun: now.counts.begun - last.current };
}

/** A count that fell was begun anew, and so were counts by which more failed than was answered. */
function isAnew(last: ServerCounts, now: ServerCounts): boolean {
  const growth = minus(now, last);
  return Object.values(growth).some((count) => count < 0) || growth.failed > growth.answered;
}

function plus(a: ServerCounts, b: ServerCounts): ServerCounts {
  return eachCount(a, b, (one, other) => one + other);
}

function minus(a: ServerCounts, b: ServerCounts): ServerCounts {
  return eachCount(a, b, (one, other) => one - other);
}

function eachCount(
  a: ServerCounts,
  b: ServerCounts,
  of: (one: number, other: number) => number,
): ServerCounts {
  return {
    begun: of(a.begun, b.begun),
    answered: of(a.answered, b.answered),
    failed: of(a.failed, b.failed),
    faults: of(a.faults, b.faults),
  };
}
