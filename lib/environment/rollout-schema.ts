import { z } from "zod";
import { share } from "../verdict/settings.ts";
import { duration, mapping, percent } from "./vocabulary.ts";

const WEIGHT_ACCEPTED = "a whole number from 1 to 100, or a mapping: { weight: 10, hold: 2m }";

const COUNT_ACCEPTED = "a whole number of at least 1";

const weight = percent("Percent of traffic for the candidate.", 1);

const step = z
  .union(
    [
      weight.transform((weightPercent) => ({ weight: weightPercent, hold: undefined })),
      mapping({
        weight,
        hold: duration(
          "Watched this long at this weight. When absent: interval, and at 100 nothing, since bake says that.",
        ).optional(),
      }),
    ],
    WEIGHT_ACCEPTED,
  )
  .describe("A weight, or a weight with its own hold.");

export const rolloutSchema = mapping({
  strategy: z
    .enum(["canary", "blue-green", "rolling"], "canary, blue-green or rolling")
    .default("canary")
    .describe("canary: by the steps. blue-green: all at once. rolling: by batches of hosts."),
  steps: z
    .array(step, "a list of weights: [10, 25, 50, 100]")
    .min(1, "a list of weights: [10, 25, 50, 100]")
    .max(50, "at most 50 weights")
    .optional()
    .describe("Weights, ascending, the last one 100. [10, 25, 50, 100]; of blue-green [100]."),
  interval: duration(
    "Hold of each step below 100 that has none of its own; at least five samples, whatever is said here.",
  ).prefault("5m"),
  bake: duration("Watched at the last weight before the old slot is retired.").prefault("0s"),
  holdback: percent(
    "Percent left with stable while baking, so that there is still something to compare with.",
  ).prefault(0),
  sample: duration("How often both arms' counters are read.").prefault("1s"),
  lease: duration(
    "Not renewed for this long (its runner is gone), the target goes back to stable by itself.",
  ).prefault("15s"),
  deadline: duration("No decision after this long in one step is inconclusive.").prefault("30m"),
  "min-requests": z
    .int(COUNT_ACCEPTED)
    .min(1, COUNT_ACCEPTED)
    .default(50)
    .describe(
      "A step that saw fewer requests on the candidate is not passed: it waits, up to deadline.",
    ),
  "must-find": share(
    "The last weight below 100 is not passed before a release that fails this share of requests would have been found there or before, with probability 1 - verdict.beta: it waits, up to deadline. Without it, a rollout with little traffic promotes what it could not have found, and says what that is.",
  ).optional(),
  "on-inconclusive": z
    .enum(["rollback", "hold", "ask"], "rollback, hold or ask")
    .default("rollback")
    .describe("What is done when the evidence decides nothing."),
  early: z
    .boolean("true or false")
    .default(false)
    .describe(
      "Pass a step before its hold is over (never before five samples and min-requests, never the bake) when that step alone has shown, at verdict.beta, that the release is good enough.",
    ),
});

export type RolloutFile = z.output<typeof rolloutSchema>;
