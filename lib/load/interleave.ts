import type { Scenario } from "./scenario.ts";
import { type Arm, CYCLE, cycleMs, type Schedule } from "./schedule.ts";

export interface Stage {
  target: number;
  duration: string;
}

/** A scenario as it is written into k6's options. */
export type K6Scenario = Readonly<Record<string, unknown>> & { stages: Stage[] };

/**
 * How much later than the other an arm may begin, each being a k6 that a busy machine starts when it can. Whoever is
 * first has to go on until the cycles are over that both are in; what is not needed of it is not run.
 */
const SPARE_MS = 60_000;
const MIN_SPARE_CYCLES = 3;

/**
 * The scenario's load in the arm's own blocks, and none in the other's. One executor for the whole run, since a
 * scenario for each block would cut off what is under way at its end, and slow answers would go missing.
 */
export function interleaved(scenario: Scenario, arm: Arm, schedule: Schedule): K6Scenario {
  const spareCycles = Math.max(MIN_SPARE_CYCLES, Math.ceil(SPARE_MS / cycleMs(schedule)));
  const cycles = schedule.warmUpCycles + schedule.maxCycles + spareCycles;
  const shape = shapeOf(scenario, schedule.blockMs);
  const cycle = CYCLE.flatMap((owner) => (owner === arm ? shape : silence(schedule.blockMs)));
  const stages = Array.from({ length: cycles }, () => cycle).flat();
  return { ...executorOf(scenario), ...handedOn(scenario), stages };
}

/** What is left of the load outside of the arm's blocks. */
function silence(blockMs: number): Stage[] {
  return [jump(0), { target: 0, duration: `${blockMs}ms` }];
}

function jump(target: number): Stage {
  return { target, duration: "0s" };
}

/** The load during one block. A ramp keeps its shape, and is squeezed into the block. */
function shapeOf(scenario: Scenario, blockMs: number): Stage[] {
  const constant = (target: number) => [jump(target), { target, duration: `${blockMs}ms` }];
  switch (scenario.executor) {
    case "constant-arrival-rate":
      return constant(scenario.rate);
    case "ramping-arrival-rate":
      return squeezed(scenario.startRate ?? 0, scenario.stages, blockMs);
    case "ramping-vus":
      return squeezed(scenario.startVUs ?? 1, scenario.stages, blockMs);
    case "constant-vus":
    case "per-vu-iterations":
    case "shared-iterations":
      return constant(scenario.vus ?? 1);
  }
}

function squeezed(
  start: number,
  stages: ReadonlyArray<{ target: number; duration: number }>,
  blockMs: number,
): Stage[] {
  const wholeMs = stages.reduce((ms, stage) => ms + stage.duration, 0) || 1;
  let endMs = 0;
  let doneMs = 0;
  const ramp = stages.map(({ target, duration }) => {
    endMs += (duration * blockMs) / wholeMs;
    // Rounded at the ends, so that the stages together are exactly a block.
    const ms = Math.round(endMs) - doneMs;
    doneMs += ms;
    return { target, duration: `${ms}ms` };
  });
  return [jump(start), ...ramp];
}

function executorOf(scenario: Scenario): Readonly<Record<string, unknown>> {
  switch (scenario.executor) {
    case "constant-arrival-rate":
    case "ramping-arrival-rate":
      return {
        executor: "ramping-arrival-rate",
        startRate: 0,
        timeUnit: `${scenario.timeUnit ?? 1_000}ms`,
        preAllocatedVUs: scenario.preAllocatedVUs,
        ...(scenario.maxVUs ? { maxVUs: scenario.maxVUs } : {}),
      };
    default:
      return { executor: "ramping-vus", startVUs: 0, gracefulRampDown: "30s" };
  }
}

function handedOn({ exec, env, tags }: Scenario): Readonly<Record<string, unknown>> {
  return { ...(exec && { exec }), ...(env && { env }), ...(tags && { tags }) };
}
