import { plannedLooks } from "./looks.ts";
import { MIN_ROUNDS } from "./ratio.ts";
import { CYCLE } from "./schedule.ts";

/** Rounds that are taken where processes can be started anew, if there is time for them: see docs/load-gate.md. */
const DEFAULT_ROUNDS = 12;
/** Cycles that a round must have at least. */
const MIN_CYCLES = 2;
const MAX_ROUNDS = 100;

export interface RoundInputs {
  /** Undefined: as many as there is time for, one or DEFAULT_ROUNDS. */
  rounds: number | undefined;
  durationMs: number;
  maxDurationMs: number;
  blockMs: number;
  /** Whether both versions can be started anew. */
  renewable: boolean;
}

/** How a comparison is taken: in one round with several looks, or in several with looks between them. */
export type RoundPlan =
  | { kind: "one"; looks: number[] }
  | { kind: "several"; cycles: number; looks: number[] };

/** What is planned, before anything is run; `looks` are cycles of the one round, or rounds. */
export function roundPlan(inputs: RoundInputs): RoundPlan {
  const { durationMs, maxDurationMs, blockMs } = inputs;
  const oneCycleMs = CYCLE.length * blockMs;
  const rounds = inputs.rounds ?? defaultRounds(inputs);
  if (rounds === 1) {
    return { kind: "one", looks: plannedLooks({ durationMs, maxDurationMs }, oneCycleMs) };
  }
  const cycles = Math.max(MIN_CYCLES, Math.round(durationMs / rounds / oneCycleMs));
  const roundMs = durationMs / rounds;
  return { kind: "several", cycles, looks: plannedLooks({ durationMs, maxDurationMs }, roundMs) };
}

function defaultRounds({ durationMs, blockMs, renewable }: RoundInputs): number {
  const isEnough = durationMs >= leastMs(DEFAULT_ROUNDS, blockMs);
  return renewable && isEnough ? DEFAULT_ROUNDS : 1;
}

function leastMs(rounds: number, blockMs: number): number {
  return rounds * MIN_CYCLES * CYCLE.length * blockMs;
}

/** What is wrong with the number of rounds; undefined when it can be taken. */
export function refusalOfRounds(inputs: RoundInputs): string | undefined {
  const { rounds, durationMs, blockMs, renewable } = inputs;
  if (rounds === undefined || rounds === 1) return undefined;
  if (!Number.isInteger(rounds) || rounds < MIN_ROUNDS || rounds > MAX_ROUNDS) {
    return `1, or ${MIN_ROUNDS} to ${MAX_ROUNDS}`;
  }
  if (!renewable) return "only 1 with URLs: the gate cannot restart what it did not start";
  const needed = leastMs(rounds, blockMs);
  if (durationMs >= needed) return undefined;
  return `${rounds} rounds of at least ${MIN_CYCLES * CYCLE.length} blocks need a duration of ${needed}ms`;
}
