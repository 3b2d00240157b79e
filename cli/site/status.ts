import { SluiceError } from "../../lib/error.ts";
import type { Rollout, RolloutState } from "../../lib/rollout/state.ts";
import { LocalTarget } from "../../lib/targets/local/local-target.ts";
import { findSite } from "../../lib/targets/local/site.ts";
import {
  ALL_SLOTS,
  type Lease,
  type SlotStatus,
  type TargetStatus,
} from "../../lib/targets/target.ts";
import { formatDuration } from "../../lib/units/duration.ts";
import { chosenEnvironment } from "./environment.ts";

export async function status(file: string | undefined, asJson: boolean): Promise<void> {
  const environment = await chosenEnvironment(file);
  const site = await findSite(environment);
  if (!site)
    throw new SluiceError("target-unreachable", `${environment.name} is not up`, {
      hint: "start it with `sluice site up --environment FILE`",
    });
  const target = new LocalTarget(environment);
  const [now, { value }] = await Promise.all([target.status(), target.read()]);
  if (asJson) {
    const traffic = await site.counters();
    const all = { site: site.info, status: now, state: value, traffic };
    console.log(JSON.stringify(all, null, 2));
    return;
  }
  console.log(`${environment.name} at ${site.url} (supervisor ${site.info.pid})`);
  for (const line of statusLines(now, value, Date.now())) console.log(line);
}

/** For a person: slots, lease, rollout, what is kept. */
export function statusLines(now: TargetStatus, state: RolloutState, atMs: number): string[] {
  const kept = now.present.map(({ version }) => version).join(", ");
  return [
    ...ALL_SLOTS.flatMap((slot) => {
      const standing = now.slots[slot];
      return standing ? slotLines(standing, now.weights[slot] ?? 0, roleOf(slot, state)) : [];
    }),
    `lease     ${now.lease ? leaseText(now.lease, atMs) : "nobody"}`,
    `rollout   ${state.rollout ? rolloutText(state.rollout) : "none in hand"}`,
    `kept      ${kept || "nothing"}`,
  ];
}

function roleOf(slot: string, { stable, candidate }: RolloutState): string {
  if (slot === "baseline") return "fresh, to compare with";
  if (stable?.slot === slot) return "stable";
  return candidate?.slot === slot ? "candidate" : "";
}

function slotLines(slot: SlotStatus, weight: number, role: string): string[] {
  const release = slot.release ? `${slot.release.version} ${role}`.trimEnd() : "empty";
  const head = `${slot.slot.padEnd(8)}${String(weight).padStart(4)} %  ${release}, ${slot.inFlight} in hand`;
  return [
    head,
    ...slot.instances.map(
      ({ name, url, pid, healthy }) =>
        `  ${name}  ${healthy ? "healthy" : "NOT HEALTHY"}  ${url}  pid ${pid ?? "unknown"}`,
    ),
  ];
}

function leaseText(lease: Lease, atMs: number): string {
  const left = formatDuration(Math.max(0, lease.expiresAtMs - atMs));
  return `${lease.holder.description}, since ${new Date(lease.sinceMs).toISOString()}, ${left} left`;
}

function rolloutText({ release, phase, outcome, reason, parked }: Rollout): string {
  const how = phase === "finished" ? (outcome ?? "finished") : phase;
  const why = parked ?? reason;
  return `${release.version} ${how}${parked ? " (parked)" : ""}${why ? `: ${why}` : ""}`;
}
