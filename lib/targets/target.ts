import type { ArmCounters } from "../metrics/counters.ts";
import type { Seen } from "../metrics/seen.ts";
import type { RolloutState } from "../rollout/state.ts";
import type { Digest } from "../units/digest.ts";
import type { AnySlot, PerSlot, Slot } from "../units/slot.ts";

export {
  ALL_SLOTS,
  type AnySlot,
  otherSlot,
  type PerSlot,
  SLOTS,
  type Slot,
} from "../units/slot.ts";

/**
 * Percent of traffic per slot; integers, together 100 (or all 0 before the first release). The baseline's is left out
 * when it has none.
 */
export type Weights = PerSlot<number>;

/** What is let through the gates: bytes by digest, with the names that people use for them. */
export interface Release {
  name: string;
  version: string;
  commit: string;
  digest: Digest;
}

/** A release whose bytes are at hand for placing. */
export interface PlaceableRelease extends Release {
  /** Path of the archive, readable by the target. */
  archivePath: string;
}

export interface Instance {
  name: string;
  /** Base URL of its service port, for smoke checks. */
  url: string;
  metricsUrl: string;
  pid?: number;
}

export interface Placement {
  slot: Slot;
  release: Release;
  instances: Instance[];
}

/** Opaque; a write with an old one is a lost race. */
export type Version = string & { readonly version: unique symbol };

export interface Versioned<T> {
  value: T;
  version: Version;
}

/** Who holds a rollout: shown to whoever is refused. `key` is the same for a re-run of the same job. */
export interface Holder {
  key: string;
  /** For people: `release.yml run 42 job promote (attempt 1)`. */
  description: string;
}

/** Held by one runner; when it is not renewed in time, the target itself reverts to stable. */
export interface Lease {
  holder: Holder;
  /** Grows with each acquisition; a call with an older token is refused as `lease-lost`. */
  token: number;
  sinceMs: number;
  expiresAtMs: number;
  /** Machines that it was taken without, since they could not be reached: absent when there are none. */
  without?: string[];
}

/** Counters of the stable arm at a moment when it had all traffic. */
export interface PastReading {
  atMs: number;
  counters: ArmCounters;
}

export interface InstanceStatus extends Instance {
  healthy: boolean;
  /** What its clients got of it; absent where nobody between them and it counts. */
  seen?: Seen;
}

/** How a command ended that was run beside stable, and what it wrote last. */
export interface ShadowRun {
  /** Of the candidate, on the machine that it ran on. */
  instance: string;
  end: ShadowEnd;
  lastLines: string;
  tookMs: number;
}

export type ShadowEnd =
  | { how: "exited"; code: number }
  | { how: "too-late" }
  | { how: "killed"; words: string }
  /** Nothing was run: there is no stable on this machine. */
  | { how: "alone" };

/** What the target sees by itself, without asking the rollout state. */
export interface SlotStatus {
  slot: AnySlot;
  release: Release | null;
  instances: InstanceStatus[];
  /** Requests being served now. */
  inFlight: number;
}

export interface TargetStatus {
  weights: Weights;
  /** The baseline's only while something stands there. */
  slots: PerSlot<SlotStatus>;
  lease: Lease | null;
  /** Digests of the releases whose bytes are still present, newest first. */
  present: Release[];
}

/**
 * Where slots live. Each method that changes something takes the lease's token, so that a runner which lost
 * its lease cannot act. One contract suite (test/lib/targets/contract.ts) runs against every implementation.
 */
export interface Target {
  readonly kind: string;
  /** State lives with the target, never only in the runner. */
  read(): Promise<Versioned<RolloutState>>;
  /** Compare-and-swap; a lost race is a SluiceError `lost-race`, never an overwrite. */
  write(next: RolloutState, version: Version, token: number): Promise<Version>;
  /**
   * Takes the lease, or throws `lease-held` naming who holds it and since when. The same `holder.key` takes
   * over its own lease with a new token: a re-run of a killed job.
   */
  acquire(holder: Holder, leaseMs: number): Promise<Lease>;
  /** `lease-lost` when it ran out or was taken over. */
  renew(token: number, leaseMs: number): Promise<Lease>;
  /** Gives the lease back without reverting anything. */
  release(token: number): Promise<void>;
  status(): Promise<TargetStatus>;
  /** Digest checked, unpacked, started, weight 0. Resolves when healthy; throws `digest-mismatch` or `unhealthy`. */
  place(
    release: PlaceableRelease | Release,
    slot: Slot,
    token: number,
    signal?: AbortSignal,
  ): Promise<Placement>;
  /**
   * Starts fresh processes of what runs in `beside`, as many as there, in the slot `baseline` at weight 0, for the
   * candidate to be compared with. Again is the same as once. They are not kept alive, and are stopped by the target
   * itself when the lease runs out. `unsupported` where there is no room for them.
   */
  placeBaseline(beside: Slot, token: number, signal?: AbortSignal): Promise<void>;
  /** Throws `unsupported` when a command cannot be run beside stable: asked before anything is placed. */
  mustShadow(): Promise<void>;
  /**
   * Runs the environment's `service.shadow` from what stands in `slot`, once on each of its machines, beside the stable
   * release in `beside`: at low priority, without secrets, ended with all that it started after its time, when `signal`
   * fires or when the lease is lost.
   */
  shadow(slot: Slot, beside: Slot, token: number, signal?: AbortSignal): Promise<ShadowRun[]>;
  /** Takes effect on all edges, then is read back; returns what was read. */
  route(weights: Weights, token: number): Promise<Weights>;
  /** Raw counters of all slots from the same moment. */
  observe(): Promise<PerSlot<ArmCounters>>;
  /**
   * What the target has read of stable while it had all traffic, oldest first, as far back as it remembers: how
   * its errors come when nothing is being rolled out. Empty when it does not know.
   */
  past(): Promise<PastReading[]>;
  /**
   * Path of the archive of a release, on this machine; undefined when its bytes are not here. Whoever reads it checks
   * the digest, as everywhere.
   */
  archived(digest: Digest): Promise<string | undefined>;
  /** Refused while the slot has weight. Drained first, then stopped; the bytes stay for a rollback. */
  retire(slot: AnySlot, token: number): Promise<void>;
}
