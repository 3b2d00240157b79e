import { inlineText, type Log, type Summary } from "../../lib/action/action.ts";
import type { Environment } from "../../lib/environment/environment.ts";
import { SluiceError } from "../../lib/error.ts";
import { type Drift, driftOf } from "../../lib/targets/tuning.ts";

/** Hosts that are not as `tune:` says stop the deploy, or are told, before anything is placed. */
export async function mustBeTuned(
  environment: Environment,
  { log, summary }: { log: Log; summary: Summary },
): Promise<void> {
  const { tune } = environment;
  if (tune === undefined) return;
  const drifts = await driftOf(environment);
  if (drifts.length === 0) {
    if (tune.drift !== "ignore") log.info(`every host is as the profile ${tune.profile} says`);
    return;
  }
  summary.heading(`Not as the profile ${tune.profile} says`).table(
    ["Host", "Key", "Found", "Wanted"],
    drifts.flatMap(({ host, found }) =>
      found.map(({ key, found: is, wanted }) => [host, key, is ?? "", wanted].map(inlineText)),
    ),
  );
  const message = `not as the profile ${tune.profile} says: ${drifts.map(words).join("; ")}`;
  if (tune.drift === "warn") {
    log.warning(message, { title: "deploy: kernel settings" });
    return;
  }
  throw new SluiceError("refused", message, {
    hint: "run the action host-tune with `mode: apply` on the hosts, or write `drift: warn` under `tune:`. Nothing was placed",
  });
}

function words({ host, found }: Drift): string {
  const keys = found.map(({ key, found: is, wanted }) => `${key} is ${is}, not ${wanted}`);
  return `${host}: ${keys.join(", ")}`;
}
