import { expect } from "vitest";
import { placeCandidate } from "../../lib/rollout/candidate.ts";
import { conduct } from "../../lib/rollout/conduct.ts";
import { enter } from "../../lib/rollout/entry.ts";
import type { RolloutEvent } from "../../lib/rollout/machine.ts";
import type { InconclusivePolicy, Plan } from "../../lib/rollout/plan.ts";
import { withLease } from "../../lib/rollout/session.ts";
import type { RolloutState } from "../../lib/rollout/state.ts";
import type { Release } from "../../lib/targets/target.ts";
import type { Digest } from "../../lib/units/digest.ts";
import { DEFAULT_SETTINGS, type VerdictSettings } from "../../lib/verdict/verdict.ts";
import { MemoryTarget, TEST_LEASE_MS, VirtualClock } from "./memory-target.ts";

/** Rollouts on a target without processes: 1.0.0 serves, and 1.1.0 is deployed and promoted. */
export const stable = release("1.0.0");
export const candidate = release("1.1.0");

function release(version: string): Release {
  const digest = `sha256:${version.replaceAll(".", "").padEnd(64, "0")}` as Digest;
  return { name: "service", version, commit: "c".repeat(40), digest };
}

export function plan(onInconclusive: InconclusivePolicy = "rollback"): Plan {
  return {
    strategy: "canary",
    steps: [10, 25, 50, 100].map((weightPercent) => ({ weightPercent, holdMs: 5_000 })),
    sampleIntervalMs: 1_000,
    leaseMs: TEST_LEASE_MS,
    stepDeadlineMs: 60_000,
    minStepRequests: 10,
    onInconclusive,
  };
}

export function site(candidateErrorRate: number): MemoryTarget {
  const errorRates = { "1.0.0": 0.001, "1.1.0": candidateErrorRate };
  return new MemoryTarget(new VirtualClock(), { requestsPerSecond: 2_000, errorRates }).serving(
    stable,
  );
}

export interface RunOptions {
  plan?: Plan;
  signal?: AbortSignal;
  onProgress?: (state: RolloutState, event: RolloutEvent) => void;
  job?: string;
  verdict?: VerdictSettings;
}

export function holderOf(job: string) {
  return { key: job, description: `job ${job}` };
}

export async function deploy(target: MemoryTarget): Promise<void> {
  const { clock } = target;
  const holder = holderOf("deploy");
  await withLease({ target, holder, leaseMs: TEST_LEASE_MS, clock }, async (lease) => {
    const signal = new AbortController().signal;
    await placeCandidate(candidate, { target, token: lease.token, signal });
  });
}

export async function promote(
  target: MemoryTarget,
  options: RunOptions = {},
): Promise<RolloutState> {
  const { clock } = target;
  const holder = holderOf(options.job ?? "promote");
  return withLease({ target, holder, leaseMs: TEST_LEASE_MS, clock }, async (lease) => {
    const { value, version } = await target.read();
    const entry = enter(value, {
      digest: candidate.digest,
      id: "test",
      plan: options.plan ?? plan(),
      verdict: options.verdict ?? DEFAULT_SETTINGS,
    });
    if (entry.type === "already") return value;
    if (entry.type === "place-again") {
      const signal = new AbortController().signal;
      await placeCandidate(entry.release, { target, token: lease.token, signal });
      return Promise.reject(new Error("placed again"));
    }
    return conduct(
      { state: entry.state, version },
      {
        target,
        lease,
        clock,
        signal: options.signal ?? new AbortController().signal,
        ...(options.onProgress && { onProgress: options.onProgress }),
      },
    );
  });
}

export class Killed extends Error {}

/** Nothing runs after a kill: no clean-up, no giving back. */
export async function killedIn(
  target: MemoryTarget,
  verdict: VerdictSettings = DEFAULT_SETTINGS,
): Promise<void> {
  const { clock } = target;
  const lease = await target.acquire(holderOf("promote"), TEST_LEASE_MS);
  const { value, version } = await target.read();
  const entry = enter(value, {
    digest: candidate.digest,
    id: "test",
    plan: plan(),
    verdict,
  });
  if (entry.type !== "begin" && entry.type !== "resume") throw new Error(entry.type);
  const never = new AbortController().signal;
  const held = {
    without: [],
    token: lease.token,
    lost: never,
    giveBack: async () => {},
    abandon: async () => {},
  };
  const run = conduct(
    { state: entry.state, version },
    { target, lease: held, clock, signal: never },
  );
  await expect(run).rejects.toBeInstanceOf(Killed);
}
