import { z } from "zod";
import { defineAction, input } from "../../lib/action/action.ts";
import { Gate } from "../../lib/evidence/record.ts";
import { PROFILE_NAMES } from "../../lib/host-tune/profile.ts";

export default defineAction({
  name: "host-tune",
  description:
    "Sets a host's kernel up for low latency or throughput: planned with reasons, read back, checked for drift, and put back byte for byte.",
  branding: { icon: "sliders", color: "orange" },
  inputs: z.object({
    mode: input.enum(["plan", "apply", "verify", "revert"], {
      description:
        "plan: say what would change. apply: change it. verify: fail when something differs. revert: put back what was there before the first apply.",
      default: "plan",
    }),
    profile: input.enum(PROFILE_NAMES, {
      description:
        "throughput: many bytes or connections. low-latency: the slowest answers count. s1: 128 MB socket buffers, for few connections over long distances.",
      default: "low-latency",
    }),
    only: input.list({
      description:
        "Keys, or beginnings of keys that end in `*`, one per line: net.*. All when empty.",
      optional: true,
    }),
    "state-file": input.text({
      description: "Where on the host it is kept what was there before; absolute.",
      default: "/var/lib/sluice/host-tune.json",
    }),
    root: input.text({
      description:
        "Folder below which proc/ and sys/ are; absolute. Another one tries a profile out.",
      default: "/",
    }),
  }),
  outputs: z.object({
    gate: Gate.describe("What this gate found, as JSON."),
    changes: z.unknown().describe("What was changed or put back: key, path, from, to; as JSON."),
    drift: z.unknown().describe("What differs from the profile now: key, wanted, found; as JSON."),
    missing: z.unknown().describe("Keys that this kernel lacks, as JSON."),
    cpus: z
      .unknown()
      .describe(
        "Proposed CPUs for housekeeping and for the engine, as lists in JSON; null when unknown.",
      ),
  }),
  run: async (context) => (await import("./host-tune.ts")).hostTune(context),
});
