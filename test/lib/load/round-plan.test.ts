import { describe, expect, it } from "vitest";
import { type RoundInputs, refusalOfRounds, roundPlan } from "../../../lib/load/round-plan.ts";

const inputs: RoundInputs = {
  rounds: undefined,
  durationMs: 60_000,
  maxDurationMs: 180_000,
  blockMs: 500,
  renewable: true,
};

describe("the rounds of a comparison", () => {
  it("are twelve where processes can be started anew and there is time, with looks between rounds", () => {
    expect(roundPlan(inputs)).toEqual({ kind: "several", cycles: 3, looks: [12, 24, 36] });
  });

  it("are one with URLs, and when there is no time for more", () => {
    expect(roundPlan({ ...inputs, renewable: false }).kind).toBe("one");
    expect(roundPlan({ ...inputs, durationMs: 8_000, maxDurationMs: 12_000 })).toEqual({
      kind: "one",
      looks: [4, 6],
    });
    expect(roundPlan({ ...inputs, rounds: 1 }).kind).toBe("one");
  });

  it("are as many as were asked for", () => {
    const plan = { ...inputs, rounds: 5, maxDurationMs: 60_000 };
    expect(roundPlan(plan)).toEqual({ kind: "several", cycles: 6, looks: [5] });
  });

  it.each([
    [{ rounds: 3 }, "1, or 4 to 100"],
    [{ rounds: 4.5 }, "1, or 4 to 100"],
    [{ rounds: 8, renewable: false }, "the gate cannot restart what it did not start"],
    [{ rounds: 20 }, "20 rounds of at least 8 blocks need a duration of 80000ms"],
  ])("%j is refused", (more, message) => {
    expect(refusalOfRounds({ ...inputs, ...more })).toContain(message);
  });

  it("are accepted otherwise", () => {
    for (const rounds of [undefined, 1, 4, 15]) {
      expect(refusalOfRounds({ ...inputs, rounds })).toBeUndefined();
    }
  });
});
