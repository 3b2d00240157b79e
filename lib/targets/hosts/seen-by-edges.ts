import { armOf } from "../../metrics/arm.ts";
import type { ArmCounters, Counters } from "../../metrics/counters.ts";
import { nothingSeen, type Seen, withSeen } from "../../metrics/seen.ts";
import type { Server } from "./haproxy.ts";

/** Both since they were first looked at together; `own` is of one process. */
interface Base {
  own: Pick<Counters, "requests" | "errors">;
  seen: Seen;
}

/**
 * What the edges saw of each server, put together with what its engine says of itself. HAProxy begins its counts anew with
 * each reload, and each edge counts its own part: what is kept here only grows. A process that was started again
 * is told by its own counters, as ever.
 */
export class SeenByEdges {
  /** By edge and server. */
  readonly #last = new Map<string, Seen>();
  /** By server, over all edges. */
  readonly #sums = new Map<string, Seen>();
  readonly #bases = new Map<string, Base>();
  readonly #lastOwn = new Map<string, number>();

  /** Takes in one look at one edge. */
  take(edge: string, servers: readonly Pick<Server, "name" | "seen">[]): void {
    for (const { name, seen } of servers) {
      const key = `${edge} ${name}`;
      const last = this.#last.get(key);
      const sum = this.#sums.get(name) ?? nothingSeen();
      // The first look is a beginning, not growth: who reads next would take it for requests of now.
      if (last) this.#sums.set(name, plus(sum, grown(last, seen)));
      this.#last.set(key, seen);
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
    const seen = this.#sums.get(name) ?? nothingSeen();
    const { own: ownBase, seen: seenBase } = this.#baseOf(name, own, seen);
    const since = minus(seen, seenBase);
    return withSeen(own, {
      answered: ownBase.requests + since.answered,
      failed: ownBase.errors + since.failed,
      lost: since.lost,
    });
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

/** A count that fell was begun anew. */
function grown(last: Seen, now: Seen): Seen {
  return minus(now, isAnew(last, now) ? nothingSeen() : last);
}

function isAnew(last: Seen, now: Seen): boolean {
  return now.answered < last.answered || now.failed < last.failed || now.lost < last.lost;
}

function plus(a: Seen, b: Seen): Seen {
  return {
    answered: a.answered + b.answered,
    failed: a.failed + b.failed,
    lost: a.lost + b.lost,
  };
}

function minus(a: Seen, b: Seen): Seen {
  return {
    answered: a.answered - b.answered,
    failed: a.failed - b.failed,
    lost: a.lost - b.lost,
  };
}
