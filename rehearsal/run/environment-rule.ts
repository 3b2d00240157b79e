import { setTimeout as sleep } from "node:timers/promises";
import { formatDuration } from "../../lib/units/duration.ts";
import { matchesFilter } from "../event/filter.ts";
import { settingOf } from "./environment.ts";
import type { Leg } from "./job-matrix.ts";

/** Why this branch or tag may not deploy there; undefined when it may. */
export function whyBarred(leg: Leg, environment: string): string | undefined {
  const { setting } = leg.run;
  const rules = settingOf(setting.environments, environment);
  if (!rules?.branches && !rules?.tags) return undefined;
  const { refName, refType } = setting.event;
  const allowed = (refType === "tag" ? rules.tags : rules.branches) ?? [];
  if (matchesFilter(allowed, refName)) return undefined;
  const what = refType === "tag" ? "Tag" : "Branch";
  const known = allowed.length > 0 ? allowed.join(", ") : `no ${refType}`;
  return `${what} "${refName}" is not allowed to deploy to ${environment} due to environment protection rules; allowed: ${known}`;
}

/** GitHub's wait timer: told, and only with --real-time waited for. */
export async function waitTimer(leg: Leg, environment: string): Promise<void> {
  const { setting } = leg.run;
  const waitMs = settingOf(setting.environments, environment)?.waitMs ?? 0;
  if (waitMs === 0 || leg.signal.aborted) return;
  const wait = `the wait timer of ${environment}: ${formatDuration(waitMs)}`;
  const reason = setting.realTime
    ? wait
    : `${wait}, which GitHub would wait and the rehearsal does not`;
  setting.emit({ type: "job-waiting", job: leg.path, reason });
  if (setting.realTime) await sleep(waitMs, undefined, { signal: leg.signal }).catch(() => {});
}
