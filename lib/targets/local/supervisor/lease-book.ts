import { SluiceError } from "../../../error.ts";
import type { Holder, Lease } from "../../target.ts";

export interface LeaseEnd {
  lease: Lease;
  /** ran-out: nobody renewed it. taken-over: the same job came again. given-back: in order. */
  how: "ran-out" | "taken-over" | "given-back";
}

/** The wall's time, but never set: a lease is not longer because somebody put the clock back. */
function steadyNowMs(): number {
  return performance.timeOrigin + performance.now();
}

/**
 * Who may change this site. At most one lease is held; each has a larger token than all before. Times are
 * given by the caller, so that a restarted supervisor goes on with the old deadline.
 */
export class LeaseBook {
  #lease: Lease | null;
  #lastToken: number;
  #ends = new AbortController();
  readonly #nowMs: () => number;

  constructor(lease: Lease | null, lastToken: number, nowMs: () => number = steadyNowMs) {
    this.#lease = lease;
    this.#lastToken = lastToken;
    this.#nowMs = nowMs;
  }

  get lease(): Lease | null {
    return this.#lease;
  }

  get lastToken(): number {
    return this.#lastToken;
  }

  /** Fires when the lease that is held now has ended in whatever way. */
  get ended(): AbortSignal {
    return this.#ends.signal;
  }

  acquire(holder: Holder, leaseMs: number): Lease {
    const held = this.#lease;
    const now = this.#nowMs();
    if (held && held.holder.key !== holder.key && held.expiresAtMs > now) throw heldBy(held);
    if (held) this.#end({ lease: held, how: "taken-over" });
    this.#lastToken += 1;
    this.#lease = { holder, token: this.#lastToken, sinceMs: now, expiresAtMs: now + leaseMs };
    return this.#lease;
  }

  renew(token: number, leaseMs: number): Lease {
    const lease = this.check(token);
    this.#lease = { ...lease, expiresAtMs: this.#nowMs() + leaseMs };
    return this.#lease;
  }

  giveBack(token: number): void {
    const lease = this.check(token);
    this.#end({ lease, how: "given-back" });
  }

  /** The lease of `token`; `lease-lost` when it is not held any more. */
  check(token: number): Lease {
    const lease = this.#lease;
    if (lease?.token === token && lease.expiresAtMs > this.#nowMs()) return lease;
    throw lost(token, lease);
  }

  /** How long until the lease runs out; null when none is held. */
  untilExpiryMs(): number | null {
    return this.#lease && this.#lease.expiresAtMs - this.#nowMs();
  }

  /** Takes out the lease if it ran out. */
  expire(): Lease | null {
    const lease = this.#lease;
    if (!lease || lease.expiresAtMs > this.#nowMs()) return null;
    this.#end({ lease, how: "ran-out" });
    return lease;
  }

  #end(end: LeaseEnd): void {
    this.#lease = null;
    this.#ends.abort(lost(end.lease.token, null));
    this.#ends = new AbortController();
  }
}

function heldBy(lease: Lease): SluiceError {
  const since = new Date(lease.sinceMs).toISOString();
  const until = new Date(lease.expiresAtMs).toISOString();
  return new SluiceError(
    "lease-held",
    `a rollout is held by ${lease.holder.description} since ${since}`,
    { hint: `wait for it to end; if it vanished, its lease runs out at ${until}` },
  );
}

function lost(token: number, current: Lease | null): SluiceError {
  const now = current ? `${current.holder.description} holds it now` : "nobody holds it now";
  return new SluiceError("lease-lost", `lease ${token} ran out or was taken over; ${now}`, {
    hint: "stop acting on this target; look at its status and run the job again",
  });
}
