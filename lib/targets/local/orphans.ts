import { setTimeout as sleep } from "node:timers/promises";
import { signalGroup } from "../../process/group.ts";
import { isSameProcess } from "../../process/identity.ts";
import { siteFolder } from "./site-folder.ts";
import { endShadow } from "./supervisor/shadow-run.ts";
import { type ProcessRecord, readRecord } from "./supervisor/site-record.ts";

const POLL_MS = 20;

/**
 * Ends what a supervisor that was killed left running, and says what that was. Only for a site that is not
 * up: a supervisor that is started again takes them over instead.
 */
export async function endOrphans(site: string, graceMs: number): Promise<ProcessRecord[]> {
  const { slots, shadow } = await readRecord(siteFolder(site).record);
  if (shadow) await endShadow(shadow);
  const known = Object.values(slots).flatMap((occupant) => occupant?.processes ?? []);
  const alive = await Promise.all(
    known.map(async (one) => ((await isSameProcess(one)) ? one : null)),
  );
  const orphans = alive.filter((one) => one !== null);
  await Promise.all(orphans.map((one) => end(one, graceMs)));
  return orphans;
}

async function end(orphan: ProcessRecord, graceMs: number): Promise<void> {
  signalGroup(orphan.pid, "SIGTERM");
  const deadline = performance.now() + graceMs;
  while ((await isSameProcess(orphan)) && performance.now() < deadline) await sleep(POLL_MS);
  signalGroup(orphan.pid, "SIGKILL");
  while (await isSameProcess(orphan)) await sleep(POLL_MS);
}
