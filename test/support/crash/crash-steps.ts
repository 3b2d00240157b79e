import { rm, writeFile } from "node:fs/promises";
import { SluiceError } from "../../../lib/error.ts";
import { EMPTY_STATE, type RolloutState } from "../../../lib/rollout/state.ts";
import type { PlaceableRelease, Release } from "../../../lib/targets/target.ts";
import { processesBelow } from "../processes-below.ts";
import { rolloutIn } from "../rollout-states.ts";
import { until } from "../until.ts";
import type { CrashingSite } from "./crashing-site.ts";

/** Something a runner does with a site: done again, when its supervisor was killed meanwhile, it must succeed. */
export interface Step {
  name: string;
  act(site: CrashingSite): Promise<void>;
}

export interface Releases {
  stable: PlaceableRelease;
  candidate: PlaceableRelease;
}

const RUNS_OUT_MS = 200;

/** A life of a site: a first release, a rollout that its runner deserts, another one that ends well. */
export function steps({ stable, candidate }: Releases): Step[] {
  const blue: RolloutState = { ...EMPTY_STATE, stable: { slot: "blue", release: named(stable) } };
  const step = (name: string, act: Step["act"]): Step => ({ name, act });
  return [
    step("start", (site) => site.start()),
    step("acquire", (site) => site.acquire()),
    step("place stable", ({ target, token }) => done(target.place(stable, "blue", token))),
    step("route to stable", ({ target, token }) =>
      done(target.route({ blue: 100, green: 0 }, token)),
    ),
    step("write what is stable", (site) => site.write(blue)),
    step("place the candidate", ({ target, token }) =>
      done(target.place(candidate, "green", token)),
    ),
    step("shadow", shadow),
    step("write the rollout", (site) => site.write(stepping(site, stable, candidate))),
    step("place the baseline", ({ target, token }) => target.placeBaseline("blue", token)),
    step("split", ({ target, token }) =>
      done(target.route({ blue: 80, green: 10, baseline: 10 }, token)),
    ),
    step("renew", ({ target, token }) => done(target.renew(token, 600_000))),
    step("start after a kill", async (site) => {
      site.kill();
      await site.gone();
      await site.start();
    }),
    step("run out", runOut),
    step("acquire again", (site) => site.acquire()),
    step("route to the candidate", ({ target, token }) =>
      done(target.route({ blue: 0, green: 100 }, token)),
    ),
    step("write what was promoted", (site) =>
      site.write({
        ...EMPTY_STATE,
        stable: { slot: "green", release: named(candidate) },
        previous: named(stable),
      }),
    ),
    step("retire", ({ target, token }) => target.retire("blue", token)),
    step("release", async ({ target, token }) => {
      const { lease } = await target.status();
      // It was given back, and only the answer was lost.
      if (lease) await target.release(token);
    }),
    step("close", async (site) => {
      await site.close();
      await until("nothing runs", () => processesBelow(site.path).length === 0);
    }),
    step("start again", async (site) => {
      await site.start();
      await until("stable is back", async () => (await fetch(site.url)).ok);
    }),
  ];
}

async function done(work: Promise<unknown>): Promise<void> {
  await work;
}

function named({ archivePath: _, ...release }: PlaceableRelease): Release {
  return release;
}

function stepping(
  { environment }: CrashingSite,
  stable: PlaceableRelease,
  candidate: PlaceableRelease,
): RolloutState {
  const state = rolloutIn("stepping", environment, named(stable), named(candidate));
  return { ...state, rollout: state.rollout && { ...state.rollout, baseline: "placed" } };
}

/** The command goes on for ever unless it was on record: one that nobody knows would be found. */
async function shadow(site: CrashingSite): Promise<void> {
  await rm(site.gate, { force: true });
  const before = (await site.record()).shadow?.pid;
  let isOver = false;
  const running = site.target.shadow("green", "blue", site.token).finally(() => {
    isOver = true;
  });
  const opening = until("it is on record", async () => {
    const { shadow: known } = await site.record();
    return isOver || (known !== null && known.pid !== before);
  });
  await Promise.all([running, opening.then(() => (isOver ? undefined : writeFile(site.gate, "")))]);
}

/** The runner vanishes, and the target does by itself what must be done then. */
async function runOut(site: CrashingSite): Promise<void> {
  const { target, token } = site;
  await target.renew(token, RUNS_OUT_MS).catch((error: unknown) => {
    // It ran out already.
    if (!(error instanceof SluiceError && error.code === "lease-lost")) throw error;
  });
  await until("the site went back by itself", async () => {
    const { slots } = await target.status();
    const { lease, weights } = await site.record();
    return lease === null && weights.blue === 100 && !slots.baseline;
  });
}
