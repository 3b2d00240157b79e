import type { ReleaseRecord } from "../../../lib/evidence/record.ts";

const DIGEST = `sha256:${"ab".repeat(32)}`;

/** A release with one step, for tests of what is shown of it. */
export function releaseOf(
  version: string,
  outcome: ReleaseRecord["outcome"],
  reason = "the candidate failed more often",
): ReleaseRecord {
  const promoted = outcome === "promoted";
  return {
    version,
    commit: "0123456789abcdef0123456789abcdef01234567",
    digest: DIGEST,
    outcome,
    statements: {},
    gates: [
      { name: "build", outcome: "passed", reason: "the archive was built" },
      { name: "canary-promote", outcome: promoted ? "passed" : "failed", reason },
    ],
    rollout: {
      plan: { strategy: "canary", steps: [{ weight: 10, holdMs: 3_000 }] },
      steps: [
        {
          weight: 10,
          startedAt: "2026-11-21T02:00:00.000Z",
          endedAt: "2026-11-21T02:00:03.000Z",
          outcome: promoted ? "passed" : "rollback",
          evidence: {
            worse: promoted ? 0.5 : 150,
            threshold: 100,
            goodEnough: 1,
            goodEnoughThreshold: 20,
            candidate: { requests: 200, errors: 9 },
            baseline: { requests: 1_800, errors: 2 },
          },
        },
      ],
      secondsToZero: promoted ? null : 3.1,
    },
    traffic: { requests: 2_000, failed: 11, lost: 0 },
  };
}
