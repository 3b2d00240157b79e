import type { Gate } from "../../lib/evidence/record.ts";
import type { Change } from "../../lib/host-tune/tune.ts";
import type { Verification } from "../../lib/host-tune/verify.ts";
import type { HostTuneInputs } from "./host-tune.ts";

/** What this run found, in one line. */
export function gateOf(
  { mode, profile }: Pick<HostTuneInputs, "mode" | "profile">,
  { drift, missing, settings }: Pick<Verification, "drift" | "missing" | "settings">,
  changes: readonly Change[],
): Gate {
  const lacking = missing.length > 0 ? `; this kernel lacks ${missing.join(", ")}` : "";
  const kept = settings.filter(({ state }) => state === "kept").length;
  const keeping = kept > 0 ? `; the hardware keeps ${kept} interrupts where they are` : "";
  const gate = (outcome: Gate["outcome"], reason: string): Gate => ({
    name: "host-tune",
    outcome,
    reason: `${profile}: ${reason}${lacking}${keeping}`,
  });
  const differing = drift.map(({ key, found, wanted }) => `${key} is ${found}, not ${wanted}`);
  switch (mode) {
    case "plan":
      return gate("passed", `${drift.length} of ${settings.length} settings would be changed`);
    case "apply":
      return gate("passed", `${changes.length} settings changed and read back`);
    case "revert":
      return gate("passed", `${changes.length} settings put back`);
    case "verify":
      return drift.length > 0
        ? gate("failed", `${drift.length} settings differ: ${differing.join("; ")}`)
        : gate("passed", "every setting is as planned");
  }
}
