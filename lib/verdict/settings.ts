import { z } from "zod";
import { DURATION_ACCEPTED, parseDurationMs } from "../units/duration.ts";
import { PERCENTAGE_ACCEPTED, parsePercent } from "../units/percentage.ts";
import { type Breaker, DEFAULT_SETTINGS, type VerdictSettings } from "./terms.ts";

export { DEFAULT_SETTINGS, type VerdictSettings } from "./terms.ts";

const CHANCE = "a chance above 0 and below 0.5, as 0.01 or 1%";

/** `1%` and `0.01` are the same chance. */
const chance = (description: string) =>
  z
    .union([z.number(CHANCE), z.string(CHANCE).regex(/^\d+(\.\d+)?%$/, CHANCE)], CHANCE)
    .describe(description)
    .transform((given) => (typeof given === "number" ? given : Number.parseFloat(given) / 100))
    .refine((value) => value > 0 && value < 0.5, CHANCE);

const ratio = (description: string, largest: number) => {
  const accepted = `a number above 0 and up to ${largest}`;
  return z.number(accepted).positive(accepted).max(largest, accepted).describe(description);
};

/** A share with its sign, so that nobody wonders whether 0.5 is a half or half a percent. */
export const share = (description: string) => {
  const accepted = `${PERCENTAGE_ACCEPTED}, written with its sign: 5%`;
  return z
    .string(accepted)
    .regex(/%\s*$/, accepted)
    .refine((given) => parsePercent(given) !== undefined, accepted)
    .describe(description)
    .transform((given) => (parsePercent(given) ?? Number.NaN) / 100);
};

const seconds = (description: string) =>
  z
    .string(DURATION_ACCEPTED)
    .refine((given) => parseDurationMs(given) !== undefined, DURATION_ACCEPTED)
    .describe(description)
    .transform((given) => (parseDurationMs(given) ?? Number.NaN) / 1_000);

const metricWeights = z
  .strictObject(
    {
      latency: share("Share of the evidence that latency may contribute.").prefault("20%"),
      kinds: z
        .record(z.string().min(1), share("Share of the evidence of this kind of errors."))
        .describe("Kinds of errors that are counted apart.")
        .default({}),
    },
    "a mapping with the keys latency, kinds",
  )
  .refine(
    ({ latency, kinds }) => Object.values(kinds).reduce((sum, kind) => sum + kind, latency) < 1,
    "shares that are less than 100% together: the rest is for all errors",
  );

const warmUp = z
  .strictObject(
    {
      errors: seconds("How long errors are no evidence after the first traffic.").prefault("0s"),
      latency: seconds("How long latency is no evidence after the start.").prefault("60s"),
    },
    "a mapping with the keys errors, latency",
  )
  .transform(({ errors, latency }) => ({ errorsSeconds: errors, latencySeconds: latency }));

const breaker = z
  .strictObject(
    {
      "slower-than": seconds(
        "Requests slower than this are bad, at an edge of the histogram; without it, failed ones are.",
      ).optional(),
      above: share("Trips when more than this share of requests was bad."),
      "min-requests": z
        .int("a whole number from 1")
        .min(1, "a whole number from 1")
        .describe("Never trips on fewer.")
        .default(100),
      over: seconds("How far back it looks.").prefault("10s"),
    },
    "a mapping with the keys slower-than, above, min-requests, over",
  )
  .transform(
    (given): Breaker => ({
      bad:
        given["slower-than"] === undefined ? "errors" : { slowerThanSeconds: given["slower-than"] },
      above: given.above,
      minRequests: given["min-requests"],
      overSeconds: given.over,
    }),
  );

const keys = {
  alpha: chance(
    "Chance at most that a release which is not worse is ever rolled back, however often one looks.",
  ).prefault(DEFAULT_SETTINGS.alpha),
  beta: chance(
    "Chance at most that a release which is good-enough-ratio times as bad is called good.",
  ).prefault(DEFAULT_SETTINGS.beta),
  "tolerated-ratio": ratio(
    "The ratio of error rates, candidate to stable, that is tolerated.",
    100,
  ).default(DEFAULT_SETTINGS.toleratedRatio),
  "good-enough-ratio": ratio(
    "Good enough is an error rate that is shown to be below this many times stable's.",
    1000,
  ).default(DEFAULT_SETTINGS.goodEnoughRatio),
  "good-enough-rate": share(
    "An error rate that is good enough whatever stable's is. 0%: the ratio alone decides.",
  ).prefault("0%"),
  "tolerated-slow-ratio": ratio(
    "The ratio that is tolerated of requests slower than stable's usual quantiles.",
    100,
  ).default(DEFAULT_SETTINGS.toleratedSlowRatio),
  weights: metricWeights.prefault({}).describe("How the evidence is shared among metrics."),
  "warm-up": warmUp.prefault({}).describe("What a cold candidate does at first is no evidence."),
  baseline: z
    .enum(
      ["stable", "fresh"],
      "stable, or fresh with the strategy canary and a target of kind local",
    )
    .describe(
      "What the candidate is compared with. stable: the old processes, as they serve. fresh: processes of the old version that are started for the rollout, as cold as the candidate, with as much traffic.",
    )
    .default("stable"),
  breakers: z
    .array(breaker)
    .max(16, "up to 16 breakers")
    .describe("Absolute limits of the candidate: the first to trip rolls back at once.")
    .default([]),
  "assumed-clump": ratio(
    "Events are taken to come in clumps of this size until stable has shown how clumped they are.",
    1000,
  ).default(DEFAULT_SETTINGS.assumedClump),
};

/** The `verdict:` mapping as users write it, and the typed settings it becomes. Messages say what is accepted. */
export const VerdictSettingsYaml = z
  .strictObject(keys, `a mapping with the keys ${Object.keys(keys).join(", ")}`)
  .refine((given) => given["good-enough-ratio"] > given["tolerated-ratio"], {
    path: ["good-enough-ratio"],
    message: "more than tolerated-ratio",
  })
  .transform(
    (given): VerdictSettings => ({
      alpha: given.alpha,
      beta: given.beta,
      toleratedRatio: given["tolerated-ratio"],
      goodEnoughRatio: given["good-enough-ratio"],
      goodEnoughRate: given["good-enough-rate"],
      toleratedSlowRatio: given["tolerated-slow-ratio"],
      weights: given.weights,
      warmUp: given["warm-up"],
      baseline: given.baseline,
      breakers: given.breakers,
      assumedClump: given["assumed-clump"],
    }),
  );
