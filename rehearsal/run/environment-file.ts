import { z } from "zod";
import { SluiceError } from "../../lib/error.ts";
import { DURATION_ACCEPTED, parseDurationMs } from "../../lib/units/duration.ts";
import type { EnvironmentSettings, EnvironmentSettingsInput } from "./environment.ts";

const MAX_WAIT_MS = 30 * 24 * 3_600_000;

const EnvironmentFile = z.record(
  z.string(),
  z
    .strictObject({
      reviewers: z.array(z.string()).default([]),
      decision: z.enum(["approved", "rejected", "absent"]).optional(),
      secrets: z.record(z.string(), z.string()).default({}),
      vars: z.record(z.string(), z.string()).default({}),
      wait: z
        .string()
        .transform((text) => parseDurationMs(text))
        .refine((ms) => ms !== undefined && ms <= MAX_WAIT_MS, {
          error: `${DURATION_ACCEPTED}, 30 days at most, is accepted`,
        })
        .default(0),
      branches: z.array(z.string()).optional(),
      tags: z.array(z.string()).optional(),
    })
    .transform(({ wait, ...rest }) => ({ ...rest, waitMs: wait ?? 0 })),
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
      hint: 'Each is {"reviewers": [], "decision": "approved|rejected|absent", "secrets": {}, "vars": {}, "wait": "10m", "branches": ["main"], "tags": ["v*"]}.',
    },
  );
}
