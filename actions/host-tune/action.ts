import { z } from "zod";
import { defineAction, input } from "../../lib/action/action.ts";
import { Gate } from "../../lib/evidence/record.ts";
import { PROFILE_NAMES } from "../../lib/host-tune/profile.ts";

const change = z.object({ key: z.string(), path: z.string(), from: z.string(), to: z.string() });
const drift = z.object({
  key: z.string(),
  path: z.string(),
  wanted: z.string(),
  found: z.string().nullable(),
  reason: z.string(),
});
const boot = z.object({
  name: z.string(),
  wanted: z.string().nullable(),
  found: z.string().nullable(),
  state: z.enum(["as-wanted", "differs", "missing"]),
});
const cpus = z.object({
  housekeeping: z.string(),
  engine: z.string(),
  exclusive: z.boolean(),
  node: z.number().nullable(),
});

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
    set: input.list({
      description:
        "Values of your own, in place of the profile's or beside them, one per line: net.core.somaxconn=8192.",
      optional: true,
    }),
    "engine-cpus": input.text({
      description:
        "CPUs that the engine is given, as `2-7`: all else moves to the others. Empty: those that the kernel isolated at boot, or else a proposal.",
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
    changes: z
      .array(change)
      .describe("What was changed or put back: key, path, from, to; as JSON."),
    drift: z
      .array(drift)
      .describe("What differs from the profile now: key, path, wanted, found, reason; as JSON."),
    missing: z.array(z.string()).describe("Keys that this kernel lacks, as JSON."),
    kept: z
      .array(z.string())
      .describe(
        "Keys that the hardware does not let anybody change, such as a timer's interrupt; as JSON.",
      ),
    boot: z
      .array(boot)
      .describe(
        "Boot parameters: name, wanted, found, state (as-wanted, differs, missing); as JSON.",
      ),
    cpus: cpus
      .nullable()
      .describe(
        "CPUs for housekeeping and for the engine, as lists, and the engine's memory node; JSON, null when unknown.",
      ),
  }),
  run: async (context) => (await import("./host-tune.ts")).hostTune(context),
});
