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
const chance = z
  .union([z.number(), z.string().regex(/^\d+(\.\d+)?%$/, CHANCE)])
  .transform((given) => (typeof given === "number" ? given : Number.parseFloat(given) / 100))
  .refine((value) => value > 0 && value < 0.5, CHANCE);

/** The `verdict:` mapping as users write it, and the typed settings it becomes. */
export const VerdictSettingsYaml = z
  .strictObject({
    alpha: chance.default(DEFAULT_SETTINGS.alpha),
    beta: chance.default(DEFAULT_SETTINGS.beta),
    "tolerated-ratio": z.number().positive().max(100).default(DEFAULT_SETTINGS.toleratedRatio),
    "good-enough-ratio": z.number().positive().max(1000).default(DEFAULT_SETTINGS.goodEnoughRatio),
  })
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
