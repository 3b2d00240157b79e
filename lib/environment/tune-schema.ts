import { z } from "zod";
import { parseCpuList } from "../host-tune/cpu-set.ts";
import { PROFILE_NAMES } from "../host-tune/profile.ts";
import { mapping } from "./vocabulary.ts";

const DRIFTS = "block, warn or ignore";
const PROFILES = PROFILE_NAMES.join(", ");
const CPUS_ACCEPTED = "a list of CPUs, as taskset -c takes it: 2-7";

/** `tune:` of the file. */
export const tuneSchema = mapping({
  profile: z
    .enum(PROFILE_NAMES, PROFILES)
    .describe(
      "What the kernel of every host has to be set to, as the action host-tune applies it.",
    ),
  drift: z
    .enum(["block", "warn", "ignore"], DRIFTS)
    .default("block")
    .describe(
      "What deploy does where a host is not as the profile says, before it places anything.",
    ),
  "engine-cpus": z
    .string(CPUS_ACCEPTED)
    .refine((text) => (parseCpuList(text) ?? []).length > 0, CPUS_ACCEPTED)
    .optional()
    .describe("CPUs that the service is given; those that host-tune proposes when absent."),
}).describe("The kernel settings that deploy holds every host to. Absent: nobody looks.");
export type TuneFile = z.output<typeof tuneSchema>;
