import { setTimeout as sleep } from "node:timers/promises";
import type { Target } from "../../lib/targets/target.ts";
import { ALL_SLOTS } from "../../lib/units/slot.ts";

/** From `atMs` on, these versions had these percentages. */
export interface WeightsAt {
  atMs: number;
  percent: Record<string, number>;
}

const LOOK_EVERY_MS = 100;

/** Looks at the target's own weights until `signal` fires, and tells each change. */
export async function watchWeights(
  target: Target,
  signal: AbortSignal,
  onChange: (weights: WeightsAt) => void,
): Promise<void> {
  let told = "";
  while (!signal.aborted) {
    const percent = await weightsByVersion(target).catch(() => undefined);
    const now = JSON.stringify(percent);
    if (percent && now !== told) {
      told = now;
      onChange({ atMs: Date.now(), percent });
    }
    await sleep(LOOK_EVERY_MS);
  }
}

async function weightsByVersion(target: Target): Promise<Record<string, number>> {
  const { slots, weights } = await target.status();
  const percent: Record<string, number> = {};
  for (const slot of ALL_SLOTS) {
    const version = slots[slot]?.release?.version;
    if (version) percent[version] = (percent[version] ?? 0) + (weights[slot] ?? 0);
  }
  return percent;
}

/** The percentage that `version` had at `atMs`. */
export function percentAt(history: readonly WeightsAt[], version: string, atMs: number): number {
  return history.findLast((entry) => entry.atMs <= atMs)?.percent[version] ?? 0;
}
