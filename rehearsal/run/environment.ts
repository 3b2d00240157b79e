import { SluiceError } from "../../lib/error.ts";
import type { ApprovalState } from "../run-event.ts";

/** What `--environments` says: who must approve, what they decide, and what only these jobs may know. */
export interface EnvironmentSetting {
  readonly reviewers: readonly string[];
  readonly decision?: "approved" | "rejected" | "absent" | undefined;
  readonly secrets: { readonly [name: string]: string };
  readonly vars: { readonly [name: string]: string };
  /** How long GitHub would wait before the job; 0 for not at all. */
  readonly waitMs: number;
  /** Patterns of the branches and tags that may deploy; without both, all may. */
  readonly branches?: readonly string[] | undefined;
  readonly tags?: readonly string[] | undefined;
}

export interface EnvironmentSettings {
  readonly [name: string]: EnvironmentSetting;
}

/** The same as people write it: every part may be left out. */
export interface EnvironmentSettingsInput {
  readonly [name: string]: Partial<Omit<EnvironmentSetting, "waitMs">> & {
    /** A duration like 10m. */
    readonly wait?: string | undefined;
  };
}

/** `api`: somebody decides through the API's pending deployments. */
export type ApproveMode = "always" | "ask" | "never" | "api";

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
): EnvironmentSetting | undefined {
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
