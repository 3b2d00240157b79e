import type { HostsTargetSettings, ShadowSettings } from "../../environment/environment.ts";
import type { ShadowValues } from "../../process/placeholders.ts";
import type { ShadowRun, Slot } from "../target.ts";
import type { Host } from "./host.ts";
import { serverName } from "./hosts-status.ts";
import { unitFiles } from "./unit-files.ts";

export interface HostShadow {
  host: Host;
  slot: Slot;
  version: string;
  beside: Slot;
  stableVersion: string;
  token: number;
  settings: HostsTargetSettings;
  shadow: ShadowSettings;
  signal?: AbortSignal;
}

/** Runs the candidate's command once beside stable on one machine, by its program `sluice-host`. */
export async function runShadow(given: HostShadow): Promise<ShadowRun> {
  const { host, slot, beside, token, settings, shadow, signal } = given;
  const startedMs = performance.now();
  const instance = serverName(host.machine, slot);
  const { slots } = await host.list();
  if (!slots[beside]?.active) return { instance, end: { how: "alone" }, lastLines: "", tookMs: 0 };
  const files = unitFiles(
    { start: shadow.run, env: shadow.env },
    appOf(settings, slot),
    valuesOf(given),
  );
  const { code, isLate, lastLines } = await host.shadow(
    slot,
    token,
    shadow.timeoutMs,
    files,
    signal,
  );
  const tookMs = performance.now() - startedMs;
  return {
    instance,
    end: isLate ? { how: "too-late" } : { how: "exited", code },
    lastLines,
    tookMs,
  };
}

/** Where the release in a slot lies, whichever it is. */
function appOf({ folder }: HostsTargetSettings, slot: Slot): string {
  return `${folder}/slots/${slot}/app`;
}

function valuesOf(given: HostShadow): ShadowValues {
  const { host, slot, version, beside, stableVersion, settings } = given;
  const [own, other] = [settings.ports[slot], settings.ports[beside]];
  return {
    host: host.machine.address,
    port: own.service,
    "metrics-port": own.metrics,
    slot,
    version,
    "stable-port": other.service,
    "stable-metrics-port": other.metrics,
    "stable-slot": beside,
    "stable-version": stableVersion,
    "stable-folder": appOf(settings, beside),
  };
}
