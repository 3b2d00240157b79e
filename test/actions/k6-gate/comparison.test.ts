import { expect, it } from "vitest";
import { comparisonOf, findingsOfArms } from "../../../actions/k6-gate/comparison.ts";
import type { ArmEnded } from "../../../lib/load/arm-run.ts";
import type { Judgement } from "../../../lib/load/gate.ts";

const SUMMARY = { state: { testRunDurationMs: 1_000 }, metrics: {} };
const NOTHING = { iterations: 0, thrown: 0, requests: 0, failed: 0 };

it("tells first of the arm that ended by itself, and then of the one that was stopped because of it", () => {
  const baseline: ArmEnded = {
    exit: { signal: "SIGINT" },
    stopped: true,
    tail: [],
    summary: undefined,
  };
  const candidate: ArmEnded = { ...baseline, exit: { code: 107 }, stopped: false };
  const found = findingsOfArms({
    pairs: [],
    looks: 0,
    hanging: 0,
    totals: { baseline: NOTHING, candidate: NOTHING },
    arms: { baseline, candidate },
  });
  expect(found[0]?.message).toMatch(/^candidate: k6 ended with exit code 107/);
  expect(found.findIndex(({ message }) => message.startsWith("baseline: "))).toBeGreaterThan(0);
});

it("says in the reason how many requests hang", () => {
  const arm: ArmEnded = { exit: { code: 0 }, stopped: true, tail: [], summary: SUMMARY };
  const totals = { iterations: 9, thrown: 0, requests: 9, failed: 0 };
  const round = {
    pairs: [],
    looks: 1,
    totals: { baseline: totals, candidate: totals },
    arms: { baseline: arm, candidate: arm },
  };
  const judgement: Judgement = { decision: "failed", ratios: [], reason: "error-rate is worse" };
  const [one, other] = [
    { ...round, hanging: 2 },
    { ...round, hanging: 1 },
  ];
  const told = comparisonOf("orders.js", [one, other], judgement);
  expect(told.reason).toBe(
    "error-rate is worse; 3 of the candidate's iterations had no end when it was looked, and count as failed",
  );
  const none = comparisonOf("orders.js", [{ ...round, hanging: 0 }], judgement);
  expect(none.reason).toBe("error-rate is worse");
});
