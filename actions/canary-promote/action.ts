import { z } from "zod";
import { defineAction, input, percentageKind } from "../../lib/action/action.ts";
import { Gate, Rollout } from "../../lib/evidence/record.ts";

export default defineAction({
  name: "canary-promote",
  description:
    "Gives a placed candidate traffic step by step, judges it against stable on raw counters, and promotes it or takes it back.",
  branding: { icon: "trending-up", color: "green" },
  inputs: z.object({
    "environment-file": input.path({
      description:
        "The environment: where the slots are, the plan, and how the candidate is judged.",
      default: "environments/production.yaml",
    }),
    digest: input.digest({
      description: "The release to promote: the deploy action's `digest`.",
    }),
    strategy: input.enum(["canary", "blue-green", "rolling"], {
      description: "The environment's strategy otherwise.",
      optional: true,
    }),
    steps: input.listOf(percentageKind, {
      description: "Weights in percent, ascending, the last one 100; the environment's otherwise.",
      optional: true,
    }),
    interval: input.duration({
      description: "How long each weight is watched; the environment's otherwise.",
      optional: true,
    }),
    bake: input.duration({
      description: "How long the last weight is watched before the old slot is retired.",
      optional: true,
    }),
    holdback: input.percentage({
      description: "Percent that stays with stable while baking, to compare with.",
      optional: true,
    }),
    timeout: input.duration({
      description: "No decision after this long at one weight is inconclusive.",
      optional: true,
    }),
    trace: input.path({
      description: "Where the trace of raw counters is written; `sluice replay` reads it.",
      default: "rollout-trace.jsonl",
    }),
  }),
  outputs: z.object({
    gate: Gate.describe("What this gate found, as JSON."),
    outcome: z
      .enum(["promoted", "rolled-back", "inconclusive", "failed"])
      .describe("How the rollout ended."),
    held: z
      .boolean()
      .describe(
        "Whether it ended undecided and the candidate was left at its weight, as `on-inconclusive` says.",
      ),
    rollout: Rollout.describe("Plan, steps and evidence, as JSON: a part of the release record."),
    trace: z.string().describe("Path of the trace."),
    "seconds-to-zero": z
      .number()
      .nullable()
      .describe("From the candidate's first traffic to none, when it was taken back."),
  }),
  run: async (context) => (await import("./promote.ts")).promote(context),
});
