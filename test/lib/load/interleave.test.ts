import { describe, expect, it } from "vitest";
import { interleaved } from "../../../lib/load/interleave.ts";
import { parseK6DurationMs } from "../../../lib/load/k6-duration.ts";
import { scenariosOf } from "../../../lib/load/scenario.ts";
import { ARMS, CYCLE, placeOf, type Schedule } from "../../../lib/load/schedule.ts";

const schedule: Schedule = { anchorMs: 0, blockMs: 100, warmUpCycles: 1, maxCycles: 5 };
const rate = {
  executor: "constant-arrival-rate",
  rate: 300,
  timeUnit: "1s",
  duration: "10m",
  preAllocatedVUs: 5,
};

/** What the stages ask for at a moment. */
function loadAt(stages: ReadonlyArray<{ target: number; duration: string }>, atMs: number): number {
  let sinceMs = 0;
  let level = 0;
  for (const { target, duration } of stages) {
    const ms = parseK6DurationMs(duration) ?? Number.NaN;
    if (atMs < sinceMs + ms) return level + ((target - level) * (atMs - sinceMs)) / ms;
    sinceMs += ms;
    level = target;
  }
  return level;
}

function stagesOf(given: Record<string, unknown>, arm: (typeof ARMS)[number]) {
  const scenario = scenariosOf({ scenarios: { s: given } }).s;
  if (!scenario) throw new Error("no scenario");
  return interleaved(scenario, arm, schedule);
}

describe("the load of two arms", () => {
  it("is in turns: whole for the one whose block it is, and none for the other", () => {
    for (let atMs = 10; atMs < 2_000; atMs += 20) {
      const { place } = placeOf(schedule, atMs);
      for (const arm of ARMS) {
        const expected = CYCLE[place] === arm ? 300 : 0;
        expect(loadAt(stagesOf(rate, arm).stages, atMs)).toBe(expected);
      }
    }
  });

  it("has the shape of a ramp in every block", () => {
    const ramp = {
      executor: "ramping-arrival-rate",
      startRate: 10,
      preAllocatedVUs: 5,
      stages: [
        { target: 100, duration: "1m" },
        { target: 100, duration: "3m" },
      ],
    };
    const { stages } = stagesOf(ramp, "baseline");
    expect(loadAt(stages, 0)).toBe(10);
    expect(loadAt(stages, 12.5)).toBe(55);
    expect(loadAt(stages, 99)).toBe(100);
    expect(loadAt(stages, 101)).toBe(0);
    expect(loadAt(stages, 300)).toBe(10);
  });

  it("goes on so long that an arm may begin late, however short its blocks are", () => {
    const lateMs = 48_000 + 10;
    expect(placeOf(schedule, lateMs).place).toBe(0);
    expect(loadAt(stagesOf(rate, "baseline").stages, lateMs)).toBe(300);
  });

  it("keeps VUs, function, tags and environment of the scenario", () => {
    const given = { executor: "per-vu-iterations", vus: 3, exec: "work", tags: { a: "b" } };
    expect(stagesOf(given, "candidate")).toMatchObject({
      executor: "ramping-vus",
      startVUs: 0,
      exec: "work",
      tags: { a: "b" },
    });
    expect(loadAt(stagesOf(given, "candidate").stages, 150)).toBe(3);
  });

  it("of a script without scenarios is what its shortcuts amount to", () => {
    expect(scenariosOf({ vus: 4, duration: "10s" })).toEqual({
      default: { executor: "constant-vus", vus: 4 },
    });
    expect(scenariosOf({})).toEqual({ default: { executor: "constant-vus", vus: 1 } });
  });

  it("that is controlled from outside is refused by name", () => {
    expect(() =>
      scenariosOf({ scenarios: { mine: { executor: "externally-controlled", vus: 1 } } }),
    ).toThrow("scenario mine cannot be run in blocks");
  });
});
