import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { siteFolder } from "../../../lib/targets/local/site-folder.ts";
import { type Effect, effectsOf, setPoint, takePointAway, type Where } from "./crash-point.ts";
import { type Releases, type Step, steps } from "./crash-steps.ts";
import { CrashingSite, type Kept } from "./crashing-site.ts";
import { assertAllKnown, assertServes, assertSoundFiles, assertTidy } from "./soundness.ts";

/** What a site does in each step when nobody kills it, and what it keeps before and after. */
export interface Recorded {
  name: string;
  effects: Effect[];
  before: Kept;
  after: Kept;
}

export type PointOf = (step: Recorded) => Where | undefined;

/** Runs the steps with nobody killed. */
export async function record(folder: string, releases: Releases): Promise<Recorded[]> {
  await using site = await emptySite(folder);
  const recorded: Recorded[] = [];
  let before = await site.kept();
  for (const { name, act } of steps(releases)) {
    setPoint(site.path, { id: name, nth: 0, when: "before" });
    await act(site);
    takePointAway(site.path);
    const after = await site.kept();
    recorded.push({ name, effects: effectsOf(site.path, name), before, after });
    before = after;
  }
  return recorded;
}

/** Runs the steps with the supervisor killed in each for which there is a point; gives the steps in which it was. */
export async function crash(
  folder: string,
  releases: Releases,
  recorded: readonly Recorded[],
  pointOf: PointOf,
): Promise<string[]> {
  await using site = await emptySite(folder);
  const died: string[] = [];
  for (const [i, step] of steps(releases).entries()) {
    const known = recorded[i];
    if (!known) throw new Error(`nothing is known of ${step.name}`);
    const point = pointOf(known);
    try {
      if (!(await isKilledIn(site, step, point))) continue;
      died.push(step.name);
      await goOn(site, known);
      await step.act(site);
    } catch (cause) {
      const where = point ? `${step.name}, ${point.when} effect ${point.nth}` : step.name;
      throw new Error(`${where}: ${cause instanceof Error ? cause.message : cause}`, { cause });
    }
  }
  await assertAllKnown(site);
  await assertTidy(site);
  return died;
}

async function isKilledIn(
  site: CrashingSite,
  step: Step,
  point: Where | undefined,
): Promise<boolean> {
  if (point) setPoint(site.path, { ...point, id: step.name });
  let failure: unknown;
  await step.act(site).catch((error: unknown) => {
    failure = error;
  });
  const died = point !== undefined && takePointAway(site.path);
  if (failure !== undefined && !died) throw failure;
  return died;
}

async function goOn(site: CrashingSite, { before, after }: Recorded): Promise<void> {
  const { url } = site;
  await site.gone();
  await assertSoundFiles(site, before, after);
  await assertAllKnown(site);
  await site.start();
  await assertSoundFiles(site, before, after);
  await assertAllKnown(site);
  await assertServes(site, url);
  await assertTidy(site);
}

/** Three releases are there from before, so that each new one lets the oldest go. */
async function emptySite(folder: string): Promise<CrashingSite> {
  const site = new CrashingSite(folder);
  const { releases } = siteFolder(site.path);
  await mkdir(releases, { recursive: true });
  for (const letter of ["a", "b", "c"]) {
    const hex = letter.repeat(64);
    const release = {
      name: "service",
      version: `0.0.${letter}`,
      commit: "",
      digest: `sha256:${hex}`,
    };
    await writeFile(join(releases, `${hex}.json`), JSON.stringify(release));
    await writeFile(join(releases, `${hex}.tar.gz`), "");
  }
  return site;
}
