import { z } from "zod";

/** What the verdict is asked to hold to; `verdict:` of an environment file. */
export interface VerdictSettings {
  /** Chance at most that a release which is not worse is ever rolled back, however often one looks. */
  alpha: number;
  /** Chance at most that a release which is `goodEnoughRatio` times as bad is called good. */
  beta: number;
  /** r0: the ratio of event rates that is tolerated. */
  toleratedRatio: number;
  /** r1 of the mirrored non-inferiority test. */
  goodEnoughRatio: number;
}

export const DEFAULT_SETTINGS: VerdictSettings = {
  alpha: 0.01,
  beta: 0.05,
  toleratedRatio: 1,
  goodEnoughRatio: 2,
};

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

/** The `verdict:` mapping as users write it, and the typed settings it becomes. Messages say what is accepted. */
export const VerdictSettingsYaml = z
  .strictObject(
    {
      alpha: chance(
        "Chance at most that a release which is not worse is ever rolled back, however often one looks.",
      ).default(DEFAULT_SETTINGS.alpha),
      beta: chance(
        "Chance at most that a release which is good-enough-ratio times as bad is called good.",
      ).default(DEFAULT_SETTINGS.beta),
      "tolerated-ratio": ratio(
        "The ratio of error rates, candidate to stable, that is tolerated.",
        100,
      ).default(DEFAULT_SETTINGS.toleratedRatio),
      "good-enough-ratio": ratio(
        "Good enough is an error rate that is shown to be below this many times stable's.",
        1000,
      ).default(DEFAULT_SETTINGS.goodEnoughRatio),
    },
    "a mapping with the keys alpha, beta, tolerated-ratio, good-enough-ratio",
  )
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
    }),
  );
