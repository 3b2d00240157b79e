import { z } from "zod";
import { defineAction, input } from "../../lib/action/action.ts";
import { Gate } from "../../lib/evidence/record.ts";

export default defineAction({
  name: "rollback",
  description:
    "Ends the rollout in hand, or takes an earlier release that is still present back to all traffic at once.",
  branding: { icon: "corner-up-left", color: "red" },
  inputs: z.object({
    "environment-file": input.path({
      description: "The environment: where the slots are.",
      default: "environments/production.yaml",
    }),
    to: input.text({
      description:
        "`stable` takes back a candidate that is placed or being rolled out; `previous` goes to the release before the one that serves; a version goes to that one, if it served before and is still present.",
      default: "previous",
    }),
    digest: input.digest({
      description:
        "With `to: stable`: the one release to take back. When another one is placed or being rolled out, that one is left alone.",
      optional: true,
    }),
    reason: input.text({
      description: "Why, for the record and for whoever is refused meanwhile.",
    }),
  }),
  outputs: z.object({
    gate: Gate.describe("What was done, as JSON."),
    from: z.string().nullable().describe("The version that had traffic, or was placed, before."),
    version: z.string().nullable().describe("The version that has all traffic now."),
  }),
  run: async (context) => (await import("./rollback.ts")).rollback(context),
});
