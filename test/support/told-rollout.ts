import { enter } from "../../lib/rollout/entry.ts";
import { step } from "../../lib/rollout/machine.ts";
import { planRollout } from "../../lib/rollout/plan.ts";
import { EMPTY_STATE, type RolloutState } from "../../lib/rollout/state.ts";
import type { Release } from "../../lib/targets/target.ts";
import type { Digest } from "../../lib/units/digest.ts";
import { DEFAULT_SETTINGS, type Sample, type VerdictSettings } from "../../lib/verdict/verdict.ts";

export const HOLD_MS = 300_000;

/** What a rollout is told by its counters. */
export interface Told {
  early?: boolean;
  minStepRequests?: number;
  mustFindRate?: number;
  bakeMs?: number;
  holdbackPercent?: number;
  requestsPerSecond?: number | ((weight: number) => number);
  /** How many times as often as stable the candidate fails at a weight. */
  ratioAt?: (weight: number, secondsInStep: number) => number;
  settings?: Partial<VerdictSettings>;
  change?: (sample: Sample, second: number) => Sample;
}

const ERROR_RATE = 0.01;

/** Conducts a rollout second by second on computed counters; stops at the end, or after an hour. */
export function told(by: Told): NonNullable<RolloutState["rollout"]> {
  let state = begun(by);
  let second = 0;
  let stepSince = 0;
  const candidate = { requests: 0, errors: 0 };
  const baseline = { requests: 0, errors: 0 };
  let move = step(state, { type: "entered", atMs: 0 });
  for (; second < 3_600; ) {
    state = move.state;
    const atMs = second * 1_000;
    if (move.effect.type === "stop") break;
    if (move.effect.type === "route") {
      stepSince = second;
      move = step(state, { type: "routed", atMs });
      continue;
    }
    if (move.effect.type === "retire") {
      move = step(state, { type: "retired", atMs });
      continue;
    }
    second += 1;
    const weight = (state.rollout?.plan.steps[state.rollout.stepIndex]?.weightPercent ?? 0) / 100;
    const rate = requestsAt(by, weight);
    const requests = rate * weight;
    const ratio = by.ratioAt?.(weight, second - stepSince) ?? 1;
    candidate.requests += requests;
    candidate.errors += requests * ERROR_RATE * ratio;
    const rest = rate * (1 - weight);
    baseline.requests += rest;
    baseline.errors += rest * ERROR_RATE;
    const sample = { t: second, weight, candidate: floor(candidate), baseline: floor(baseline) };
    move = step(state, {
      type: "sampled",
      atMs: second * 1_000,
      sample: by.change?.(sample, second) ?? sample,
    });
  }
  if (!state.rollout) throw new Error("no rollout");
  return state.rollout;
}

function requestsAt({ requestsPerSecond: rate = 2_000 }: Told, weight: number): number {
  return typeof rate === "number" ? rate : rate(weight);
}

function floor({ requests, errors }: { requests: number; errors: number }) {
  return { requests: Math.floor(requests), errors: Math.floor(errors) };
}

/** Its first moment. */
export function begun(by: Told): RolloutState {
  const entry = enter(
    {
      ...EMPTY_STATE,
      stable: { slot: "blue", release: release("1") },
      candidate: { slot: "green", release: release("2") },
    },
    {
      digest: release("2").digest,
      id: "test",
      verdict: { ...DEFAULT_SETTINGS, ...by.settings },
      plan: planRollout({
        strategy: "canary",
        steps: [10, 50, 100].map((weightPercent) => ({
          weightPercent,
          holdMs: weightPercent === 100 ? 0 : HOLD_MS,
        })),
        bakeMs: by.bakeMs ?? 0,
        holdbackPercent: by.holdbackPercent ?? 0,
        sampleIntervalMs: 1_000,
        leaseMs: 10_000,
        stepDeadlineMs: 2 * HOLD_MS,
        minStepRequests: by.minStepRequests ?? 50,
        onInconclusive: "rollback",
        early: by.early ?? true,
        ...(by.mustFindRate === undefined ? {} : { mustFindRate: by.mustFindRate }),
      }),
    },
  );
  if (entry.type !== "begin") throw new Error(entry.type);
  return entry.state;
}

function release(version: string): Release {
  const digest = `sha256:${version.repeat(64)}` as Digest;
  return { name: "service", version, commit: "c".repeat(40), digest };
}
