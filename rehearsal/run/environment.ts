import { z } from "zod";
import { SluiceError } from "../../lib/error.ts";
import type { ApprovalState } from "../run-event.ts";

const EnvironmentSetting = z.strictObject({
  reviewers: z.array(z.string()).default([]),
  decision: z.enum(["approved", "rejected", "absent"]).optional(),
  secrets: z.record(z.string(), z.string()).default({}),
  vars: z.record(z.string(), z.string()).default({}),
});

/** What `--environments` says: who must approve, what they decide, and what only these jobs may know. */
export const EnvironmentSettings = z.record(z.string(), EnvironmentSetting);
export type EnvironmentSettings = z.infer<typeof EnvironmentSettings>;
export type EnvironmentSettingsInput = z.input<typeof EnvironmentSettings>;

export type ApproveMode = "always" | "ask" | "never";

export interface ApprovalRequest {
  readonly job: string;
  readonly environment: string;
  readonly reviewers: readonly string[];
}

/** Asks a person; false rejects. */
export type Ask = (request: ApprovalRequest, signal: AbortSignal) => Promise<boolean>;

export interface Approval {
  readonly state: Exclude<ApprovalState, "requested">;
  readonly reason: string;
}

/** Names are the same whatever their case, as on GitHub. */
export function settingOf(
  settings: EnvironmentSettings,
  name: string,
): z.infer<typeof EnvironmentSetting> | undefined {
  const key = Object.keys(settings).find((known) => known.toLowerCase() === name.toLowerCase());
  return key === undefined ? undefined : settings[key];
}

/** What the file decides on its own; "ask" when `--approve` has to. */
export function decisionOf(
  settings: EnvironmentSettings,
  request: ApprovalRequest,
): Approval | "ask" {
  const setting = settingOf(settings, request.environment);
  const { environment } = request;
  switch (setting?.decision) {
    case "approved":
      return { state: "approved", reason: `${environment} was approved${by(setting.reviewers)}` };
    case "rejected":
      return { state: "rejected", reason: `${environment} was rejected${by(setting.reviewers)}` };
    case "absent":
      return {
        state: "absent",
        reason: `nobody of ${setting.reviewers.join(", ") || "its reviewers"} decided about ${environment}; GitHub would wait 30 days and then fail the job`,
      };
    case undefined:
      if (setting && setting.reviewers.length === 0) {
        return { state: "not-required", reason: `${environment} needs no approval` };
      }
      return "ask";
  }
}

/** What `--approve` decides. */
export async function approve(
  mode: ApproveMode,
  request: ApprovalRequest,
  ask: Ask | undefined,
  signal: AbortSignal,
): Promise<Approval> {
  const { environment } = request;
  if (mode === "never") {
    return { state: "rejected", reason: `${environment} was rejected (--approve never)` };
  }
  if (mode === "always") {
    return { state: "approved", reason: `${environment} was approved (--approve always)` };
  }
  if (!ask) {
    throw new SluiceError("invalid-input", "--approve ask needs a terminal to ask on", {
      hint: "Use --approve always or --approve never.",
    });
  }
  const approved = await ask(request, signal);
  return approved
    ? { state: "approved", reason: `${environment} was approved on the terminal` }
    : { state: "rejected", reason: `${environment} was rejected on the terminal` };
}

function by(reviewers: readonly string[]): string {
  return reviewers.length > 0 ? ` by ${reviewers.join(", ")}` : "";
}
