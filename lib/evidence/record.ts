import { z } from "zod";
import { Statement } from "./statement.ts";

const DIGEST = /^sha256:[0-9a-f]{64}$/;

/** What a gate found. `skipped` is only ever by request, and says whose. */
export const GateOutcome = z.enum(["passed", "failed", "inconclusive", "skipped"]);

export const Gate = z.object({
  name: z.string().describe("build, deploy, approval, canary-promote, …"),
  outcome: GateOutcome,
  reason: z.string().describe("one sentence for a person"),
  statement: Statement.optional().describe("what the gate saw, by digest of what it let through"),
});

/** A gate as the record keeps it: its statement by digest, so that what was seen stands once and can be checked. */
export const RecordedGate = Gate.omit({ statement: true }).extend({
  statement: z
    .string()
    .regex(DIGEST)
    .optional()
    .describe("digest of the gate's statement, a key of `statements`"),
});

export const Evidence = z.object({
  worse: z.number(),
  threshold: z.number(),
  goodEnough: z.number(),
  goodEnoughThreshold: z.number(),
  candidate: z.object({ requests: z.number(), errors: z.number() }),
  baseline: z.object({ requests: z.number(), errors: z.number() }),
  metrics: z
    .record(z.string(), z.number())
    .optional()
    .describe("what each metric says by itself: errors, errors:KIND, latency:SECONDS, instances"),
  control: z
    .number()
    .optional()
    .describe("evidence that stable differs from itself; at the threshold nothing is proved"),
});

export const RolloutStep = z.object({
  weight: z.number().describe("percent of traffic"),
  baselineWeight: z
    .number()
    .optional()
    .describe(
      "percent of traffic on the fresh processes of stable that it was compared with; absent when that was stable itself",
    ),
  startedAt: z.iso.datetime(),
  endedAt: z.iso.datetime().nullable(),
  outcome: z.enum(["running", "passed", "rollback", "inconclusive", "interrupted"]),
  evidence: Evidence.nullable(),
  explanation: z
    .string()
    .optional()
    .describe("what was compared, how sure it is, and what would change it, for a person"),
  early: z.string().optional().describe("why it was passed before its hold was over"),
});

export const Rollout = z.object({
  plan: z.object({
    strategy: z.enum(["canary", "blue-green", "rolling"]),
    steps: z.array(z.object({ weight: z.number(), holdMs: z.number() })),
    baseline: z
      .enum(["stable", "fresh"])
      .optional()
      .describe("what the candidate was compared with; stable when absent"),
  }),
  steps: z.array(RolloutStep),
  secondsToZero: z
    .number()
    .nullable()
    .describe("from the candidate's first traffic to its last, if it was pulled back; else null"),
});

/** Null is "nobody counted", which is not the same as none. */
const count = z.int().nonnegative().nullable();

export const Traffic = z.object({
  requests: count.describe(
    "asked while the release went through its gates; null when nobody counted",
  ),
  failed: count.describe("answered with an error"),
  lost: count.describe("not answered at all; only who asked can count these"),
});

export const ReleaseRecord = z.object({
  version: z.string(),
  commit: z.string(),
  digest: z.string().nullable().describe("null when nothing was built"),
  outcome: z.enum(["promoted", "rolled-back", "inconclusive", "failed"]),
  gates: z.array(RecordedGate),
  statements: z
    .record(z.string().regex(DIGEST), Statement)
    .default({})
    .describe("what the gates saw: in-toto statements by the digest of their canonical JSON"),
  rollout: Rollout.nullable(),
  traffic: Traffic,
});

/** record.json: what was released, through which gates, on what evidence. */
export const Record = z.object({
  schema: z.literal(1),
  releases: z.array(ReleaseRecord),
});

export type Gate = z.infer<typeof Gate>;
export type RecordedGate = z.infer<typeof RecordedGate>;
export type GateOutcome = z.infer<typeof GateOutcome>;
export type RolloutStep = z.infer<typeof RolloutStep>;
export type ReleaseRecord = z.infer<typeof ReleaseRecord>;
export type Record = z.infer<typeof Record>;
export type Evidence = z.infer<typeof Evidence>;
export type Traffic = z.infer<typeof Traffic>;
export type RolloutEvidence = z.infer<typeof Rollout>;
