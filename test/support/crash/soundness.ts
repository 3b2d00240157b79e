import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { expect } from "vitest";
import { sameWeights } from "../../../lib/rollout/state.ts";
import { siteFolder } from "../../../lib/targets/local/site-folder.ts";
import type { SiteRecord } from "../../../lib/targets/local/supervisor/site-record.ts";
import { ALL_SLOTS, type Weights } from "../../../lib/targets/target.ts";
import { processesBelow } from "../processes-below.ts";
import { until } from "../until.ts";
import type { CrashingSite, Kept } from "./crashing-site.ts";

/** What holds whenever a supervisor has died, and still when the next one serves. */
export async function assertSoundFiles(site: CrashingSite, one: Kept, other: Kept): Promise<void> {
  const { weights, state } = await site.kept();
  expect([one.weights, other.weights]).toContainEqual(weights);
  expect([0, 100]).toContain(sumOf(weights));
  expect([one.state, other.state]).toContainEqual(state);
  const record = await site.record();
  expect(record.lastToken).toBeGreaterThanOrEqual(site.token);
  if (record.lease) expect(record.lease.token).toBe(record.lastToken);
}

/** What is held at its door ends by itself, which takes a moment. */
export async function assertAllKnown(site: CrashingSite): Promise<void> {
  let unknown: string[] = [];
  const isSo = async () => {
    const known = pidsIn(await site.record());
    const { root } = siteFolder(site.path);
    unknown = processesBelow(root).filter(
      (line) => !known.has(Number.parseInt(line, 10)) && !line.endsWith(` in ${root}`),
    );
    return unknown.length === 0;
  };
  await until("nothing runs that is not on record", isSo).catch((error: Error) => {
    throw new Error(`${error.message}: ${unknown.join("; ")}`);
  });
}

/** When a supervisor serves again: what it does by itself then, for a lease that ran out, may take a moment. */
export async function assertServes(site: CrashingSite, url: string): Promise<void> {
  if (url !== "") expect(site.url).toBe(url);
  await until("the release that has traffic serves", async () => {
    const [{ weights, slots }, record] = [await site.target.status(), await site.record()];
    if (!sameWeights(weights, record.weights)) return false;
    if (sumOf(weights) === 0) return true;
    const response = await fetch(site.url);
    await response.arrayBuffer();
    const serving = ALL_SLOTS.filter((slot) => weights[slot]);
    const versions = serving.map((slot) => slots[slot]?.release?.version);
    return response.ok && versions.includes(response.headers.get("x-sluice-version") ?? "");
  });
}

/** Of what was begun and not ended, nothing stays that nobody would ever look at again. */
export async function assertTidy(site: CrashingSite): Promise<void> {
  await expect.poll(() => leftovers(site)).toEqual([]);
}

async function leftovers(site: CrashingSite): Promise<string[]> {
  const folder = siteFolder(site.path);
  const releases = new Set(await readdir(folder.releases));
  const halves = [...releases].filter((name) => {
    const [hex] = name.split(".");
    const pair = [`${hex}.json`, `${hex}.tar.gz`];
    return !pair.includes(name) || !pair.every((one) => releases.has(one));
  });
  const { slots } = await site.record();
  const unpacked = await Promise.all(
    ALL_SLOTS.map(async (slot) => {
      const names = await readdir(join(folder.slots, slot)).catch(() => []);
      const paths = names.map((name) => join(folder.slots, slot, name));
      return paths.filter((path) => path !== slots[slot]?.folder);
    }),
  );
  return [...halves, ...unpacked.flat()];
}

function sumOf({ blue, green, baseline = 0 }: Weights): number {
  return blue + green + baseline;
}

function pidsIn({ slots, shadow }: SiteRecord): ReadonlySet<number> {
  const processes = ALL_SLOTS.flatMap((slot) => slots[slot]?.processes ?? []);
  return new Set([...processes, ...(shadow ? [shadow] : [])].map(({ pid }) => pid));
}
