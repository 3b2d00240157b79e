import { z } from "zod";
import { defineAction, input } from "../../lib/action/action.ts";
import { Gate } from "../../lib/evidence/record.ts";

export default defineAction({
  name: "deploy",
  description:
    "Places a release on the idle slot at weight 0: digest and signature checked, started, healthy, smoke-tested. Traffic is untouched.",
  branding: { icon: "download-cloud", color: "blue" },
  inputs: z.object({
    "environment-file": input.path({
      description: "The environment: what is started how, where, and how it is judged.",
      default: "environments/production.yaml",
    }),
    archive: input.path({
      description:
        "The archive that the build action made, or the folder that it was downloaded into.",
    }),
    digest: input.digest({
      description: "What the archive must be, byte for byte: the build action's `digest`.",
    }),
    bundle: input.path({
      description:
        "The bundle of its signature. By default `ARCHIVE.sigstore.json`, or the one beside it that names `digest`.",
      optional: true,
    }),
    version: input.text({ description: "The release's version, as people call it." }),
    commit: input.text({
      description: "The commit that it was built from.",
      default: "${{ github.sha }}",
    }),
    smoke: input.boolean({
      description:
        "Run the environment's smoke checks against the candidate before it counts as placed.",
      default: "true",
    }),
    shadow: input.boolean({
      description:
        "Run the environment's `service.shadow` beside stable before the candidate counts as placed; false for a release that is meant to do something else.",
      default: "true",
    }),
    timeout: input.duration({
      description:
        "How long the candidate may take to become healthy; the environment's deadline otherwise.",
      optional: true,
    }),
  }),
  outputs: z.object({
    gate: Gate.describe("What this gate found, as JSON."),
    slot: z.enum(["blue", "green"]).describe("The slot that the candidate stands on."),
    digest: z.string().describe("The digest of what was placed."),
    placement: z.unknown().describe("The candidate's instances and their addresses, as JSON."),
  }),
  run: async (context) => (await import("./deploy.ts")).deploy(context),
});
