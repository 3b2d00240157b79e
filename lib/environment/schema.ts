import { z } from "zod";
import { VerdictSettingsYaml } from "../verdict/settings.ts";
import { rolloutSchema } from "./rollout-schema.ts";
import { serviceSchema } from "./service-schema.ts";
import { targetSchema } from "./target-schema.ts";
import { tuneSchema } from "./tune-schema.ts";
import { verifySchema } from "./verify-schema.ts";
import { mapping, text } from "./vocabulary.ts";

/** environments/NAME.yaml as it is written: kebab-case, durations and percentages with their units. */
export const environmentSchema = mapping({
  $schema: z.string().optional().describe("For editors; not read."),
  name: text("Name of the environment; the file's name when absent.").optional(),
  service: serviceSchema,
  target: targetSchema,
  rollout: rolloutSchema.prefault({}),
  verdict: VerdictSettingsYaml.prefault({}),
  verify: verifySchema.optional(),
  tune: tuneSchema.optional(),
});

export type EnvironmentFile = z.output<typeof environmentSchema>;
