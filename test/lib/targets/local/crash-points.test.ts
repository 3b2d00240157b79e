import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { nodeOptions, type Point, pointsIn, sampleOf } from "../../../support/crash/crash-point.ts";
import { crash, type Recorded, record } from "../../../support/crash/crash-run.ts";
import type { Releases } from "../../../support/crash/crash-steps.ts";
import { packService } from "../../../support/service-archive.ts";
import { temporaryFolder } from "../../../support/temporary-folder.ts";

/** SLUICE_CRASH_POINTS=all kills it everywhere, which takes minutes. */
const IS_FULL = process.env.SLUICE_CRASH_POINTS === "all";
/** Of the places in a step; whose order matters are more, as far as there are rounds. */
const SHARE = IS_FULL ? 1 : 0.25;
const ROUNDS = IS_FULL ? 60 : 10;
/** A hang, not a wait: some twenty supervisors are killed and started again in a round. */
const ROUND_LIMIT_MS = 900_000;

/**
 * A site lives from its first start to its last, through two releases and a rollout that is deserted. What its
 * supervisor does that outlives it (files, processes, signals, sockets) is written down; then it is killed in each
 * step of that life at one of these effects, another one in each round.
 */
describe("a supervisor that is killed before, amid or after an effect", () => {
  const pointsOf = new Map<string, Point[]>();
  const killedIn: string[] = [];
  const { NODE_OPTIONS = "", NODE_COMPILE_CACHE } = process.env;
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  let releases: Releases;
  let recorded: Recorded[];

  beforeAll(async () => {
    folder = await temporaryFolder();
    process.env.NODE_OPTIONS = nodeOptions(NODE_OPTIONS);
    // Hundreds of them are started.
    process.env.NODE_COMPILE_CACHE = join(folder.path, "compiled");
    const [stable, candidate] = [
      await packService(folder.path, "1.0.0"),
      await packService(folder.path, "1.1.0"),
    ];
    releases = { stable, candidate };
    recorded = await record(join(folder.path, "recorded"), releases);
    for (const [i, { name, effects }] of recorded.entries()) {
      const phase = (i % 3) / 3;
      pointsOf.set(name, sampleOf(pointsIn(effects), { share: SHARE, most: ROUNDS, phase }));
    }
  });
  afterAll(async () => {
    process.env.NODE_OPTIONS = NODE_OPTIONS;
    process.env.NODE_COMPILE_CACHE = NODE_COMPILE_CACHE;
    if (NODE_COMPILE_CACHE === undefined) delete process.env.NODE_COMPILE_CACHE;
    await folder.remove();
  });

  const rounds = Array.from({ length: ROUNDS }, (_, i) => [i + 1, ROUNDS]);
  it.each(rounds)(
    "loses nothing and leaves nothing behind: round %i of %i",
    { timeout: ROUND_LIMIT_MS },
    async (round) => {
      if (![...pointsOf.values()].some((points) => points.length >= round)) return;
      const site = join(folder.path, `round ${round}`);
      const died = await crash(
        site,
        releases,
        recorded,
        ({ name }) => pointsOf.get(name)?.[round - 1],
      );
      killedIn.push(...died);
    },
  );

  it("was killed in every step of its life, first of all around processes and what replaces a file", () => {
    expect([...new Set(killedIn)].sort()).toEqual(recorded.map(({ name }) => name).sort());
  });
});
