import { SluiceError } from "../error.ts";
import type { Holder, Lease, Target } from "../targets/target.ts";
import type { Clock } from "./clock.ts";

/** A lease that renews itself until it is given back, and says when it is lost. */
export interface HeldLease {
  readonly token: number;
  /** Machines that could not be reached when it was taken, or were lost since. */
  readonly without: readonly string[];
  /** Fires when the lease was lost: whoever holds this must stop acting at once. */
  readonly lost: AbortSignal;
  giveBack(): Promise<void>;
  /** Stops renewing without giving it back: the target reverts when it runs out. */
  abandon(): Promise<void>;
}

/** Renewed this often per lease time, so that two renewals in a row may fail. */
const RENEWALS_PER_LEASE = 4;

/**
 * Takes the target's lease and keeps it. Throws `lease-held` when somebody else has it.
 * An unreachable target is asked again until the lease would have run out anyway.
 */
export async function holdLease(
  target: Target,
  holder: Holder,
  leaseMs: number,
  clock: Clock,
): Promise<HeldLease> {
  const lease = await target.acquire(holder, leaseMs);
  let { without = [] } = lease;
  const onRenewed = (renewed: Lease) => {
    without = renewed.without ?? [];
  };
  const lost = new AbortController();
  const done = new AbortController();
  const renewing = renewUntil(done.signal, { target, lease, leaseMs, clock, onRenewed }).catch(
    (error: unknown) => lost.abort(error),
  );
  return {
    token: lease.token,
    get without() {
      return without;
    },
    lost: lost.signal,
    async giveBack() {
      done.abort();
      await renewing;
      if (!lost.signal.aborted) await target.release(lease.token);
    },
    async abandon() {
      done.abort();
      await renewing;
    },
  };
}

interface Renewing {
  target: Target;
  lease: Lease;
  leaseMs: number;
  clock: Clock;
  onRenewed(lease: Lease): void;
}

async function renewUntil(
  done: AbortSignal,
  { target, lease, leaseMs, clock, onRenewed }: Renewing,
): Promise<void> {
  const everyMs = leaseMs / RENEWALS_PER_LEASE;
  let askedAtMs = clock.nowMs();
  let goodUntilMs = askedAtMs + leaseMs;
  for (;;) {
    // One that was answered late does not put off the next, nor does a clock that was put back meanwhile.
    const leftMs = askedAtMs + everyMs - clock.nowMs();
    await clock.sleep(Math.min(everyMs, Math.max(0, leftMs)), done);
    if (done.aborted) return;
    askedAtMs = clock.nowMs();
    try {
      onRenewed(await target.renew(lease.token, leaseMs));
      goodUntilMs = askedAtMs + leaseMs;
    } catch (error) {
      const isFinal = error instanceof SluiceError && error.code === "lease-lost";
      if (isFinal || clock.nowMs() >= goodUntilMs) throw lostLease(error, lease);
    }
  }
}

function lostLease(cause: unknown, lease: Lease): SluiceError {
  return new SluiceError("lease-lost", `the lease of ${lease.holder.description} was lost`, {
    cause,
    hint: "the target has taken all traffic back to stable, or another runner took over; look at its status",
  });
}
