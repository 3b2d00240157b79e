import { expect, it } from "vitest";
import { findingsOfArms } from "../../../actions/k6-gate/comparison.ts";
import type { ArmEnded } from "../../../lib/load/arm-run.ts";

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
    totals: { baseline: NOTHING, candidate: NOTHING },
    arms: { baseline, candidate },
  });
  expect(found[0]?.message).toMatch(/^candidate: k6 ended with exit code 107/);
  expect(found.findIndex(({ message }) => message.startsWith("baseline: "))).toBeGreaterThan(0);
});
