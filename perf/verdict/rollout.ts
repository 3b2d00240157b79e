import { enter } from "../../lib/rollout/entry.ts";
import { type Move, step } from "../../lib/rollout/machine.ts";
import { planRollout } from "../../lib/rollout/plan.ts";
import { EMPTY_STATE, type Rollout, type RolloutState } from "../../lib/rollout/state.ts";
import type { Digest } from "../../lib/units/digest.ts";
import { DEFAULT_SETTINGS, type Sample } from "../../lib/verdict/verdict.ts";
import { quantile, wilson } from "./interval.ts";
import { settingsOf } from "./judge.ts";
import type { Scenario } from "./scenario.ts";
import { PLAN, PLAN_SECONDS, Recorder, Service } from "./trace.ts";

/** What became of a release that canary-promote's own machine conducted, with all its waiting. */
export interface Conducted {
  outcome: "promoted" | "rolled-back" | "inconclusive";
  /** When that was settled, in seconds since the first weight. */
  at: number;
}

export interface Ended {
  runs: number;
  promoted: number;
  promotedShare: { low: number; high: number };
  /** No later than the plan's holds end, which is when the peers promote. */
  inTime: number;
  promoteSeconds: { median: number; p95: number };
}

/** Conducts so many rollouts of the benchmark's plan; `early` is `rollout.early` of the environment. */
export function rollOuts(
  scenario: Scenario,
  { runs, seed, early }: { runs: number; seed: number; early: boolean },
): Ended {
  const promoted: number[] = [];
  for (let run = 0; run < runs; run += 1) {
    const { outcome, at } = rollOut(scenario, seed * 1_000_003 + run * 7_919, early);
    if (outcome === "promoted") promoted.push(at);
  }
  promoted.sort((a, b) => a - b);
  return {
    runs,
    promoted: promoted.length,
    inTime: promoted.filter((at) => at <= PLAN_SECONDS).length,
    promotedShare: wilson(promoted.length, runs),
    promoteSeconds: { median: quantile(promoted, 0.5), p95: quantile(promoted, 0.95) },
  };
}

/** The machine decides the weights, the service answers to them: unlike in a trace, a step may wait. */
export function rollOut(scenario: Scenario, seed: number, early: boolean): Conducted {
  const service = new Service(scenario, seed);
  const recorder = new Recorder(scenario);
  const past: Sample[] = [recorder.sample()];
  const advance = (weight: number): Sample => {
    for (let second = 0; second < scenario.sampleSeconds; second += 1)
      recorder.add(service.next(weight));
    return recorder.sample();
  };
  while ((past.at(-1)?.t ?? 0) < scenario.pastSeconds) past.push(advance(0));
  let now = past.at(-1) as Sample;
  let move: Move = step(begun(scenario, early, past), { type: "entered", atMs: 1_000 * now.t });
  for (;;) {
    const rollout = move.state.rollout as Rollout;
    if (rollout.phase !== "stepping") return conducted(rollout, now.t - scenario.pastSeconds);
    const weight = (rollout.plan.steps[rollout.stepIndex]?.weightPercent ?? 0) / 100;
    // The bake and the last weight are not what is measured: the peers have none either.
    if (weight === 1)
      return conducted({ ...rollout, outcome: "promoted" }, now.t - scenario.pastSeconds);
    const atMs = 1_000 * now.t;
    if (move.effect.type === "route") {
      const routed = step(move.state, { type: "routed", atMs });
      // As the conductor does: it reads once as soon as the weight is there.
      const sample = recorder.isBefore({ weight })
        ? recorder.firstOfFresh(weight)
        : { ...now, weight };
      move = step(routed.state, { type: "sampled", atMs, sample });
      continue;
    }
    if (move.effect.type === "place-baseline") {
      move = step(move.state, { type: "baseline-placed", atMs });
      continue;
    }
    now = advance(weight);
    move = step(move.state, { type: "sampled", atMs: 1_000 * now.t, sample: now });
  }
}

function conducted({ outcome }: Rollout, at: number): Conducted {
  return { outcome: outcome === null || outcome === "failed" ? "inconclusive" : outcome, at };
}

function begun(scenario: Scenario, early: boolean, past: readonly Sample[]): RolloutState {
  const release = (version: string) => ({
    name: "service",
    version,
    commit: "",
    digest: `sha256:${version.repeat(64)}` as Digest,
  });
  const placed: RolloutState = {
    ...EMPTY_STATE,
    stable: { slot: "blue", release: release("1") },
    candidate: { slot: "green", release: release("2") },
  };
  const plan = planRollout({
    strategy: "canary",
    steps: [...PLAN, { weight: 1, seconds: 0 }].map(({ weight, seconds }) => ({
      weightPercent: 100 * weight,
      holdMs: 1_000 * seconds,
    })),
    bakeMs: 0,
    holdbackPercent: 0,
    sampleIntervalMs: 1_000 * scenario.sampleSeconds,
    leaseMs: 60_000,
    stepDeadlineMs: 1_800_000,
    minStepRequests: 50,
    onInconclusive: "rollback",
    early,
  });
  const verdict = settingsOf(scenario, DEFAULT_SETTINGS);
  const request = { digest: release("2").digest, id: "bench", plan, verdict };
  const entry = enter(placed, { ...request, past });
  if (entry.type !== "begin") throw new Error(entry.type);
  return entry.state;
}
