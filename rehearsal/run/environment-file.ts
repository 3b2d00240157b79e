import { z } from "zod";
import { SluiceError } from "../../lib/error.ts";
import type { EnvironmentSettings, EnvironmentSettingsInput } from "./environment.ts";

const EnvironmentFile = z.record(
  z.string(),
  z.strictObject({
    reviewers: z.array(z.string()).default([]),
    decision: z.enum(["approved", "rejected", "absent"]).optional(),
    secrets: z.record(z.string(), z.string()).default({}),
    vars: z.record(z.string(), z.string()).default({}),
  }),
);

/** Checks what `--environments` holds, telling all that is wrong at once. */
export function readEnvironments(given: EnvironmentSettingsInput): EnvironmentSettings {
  const read = EnvironmentFile.safeParse(given);
  if (read.success) return read.data;
  const faults = read.error.issues.map((issue) => `${issue.path.join(".")}: ${issue.message}`);
  throw new SluiceError(
    "invalid-input",
    `The environments are not readable: ${faults.join("; ")}`,
    {
      hint: 'Each is {"reviewers": [], "decision": "approved|rejected|absent", "secrets": {}, "vars": {}}.',
    },
  );
}
