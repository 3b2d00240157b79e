import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { PlaceableRelease } from "../../lib/targets/target.ts";
import { type OrderFlow, startOrderFlow } from "../../rehearsal/scenario/order-flow.ts";
import { type ReleasedSite, releasedSite } from "../support/released-site.ts";
import { until } from "../support/until.ts";

const REQUESTS_PER_SECOND = 400;
/** A weight that stays until something happens to the rollout, however late the test comes to look. */
const STAYS = { interval: "50s" };

let live: ReleasedSite;
let flow: OrderFlow;
let good: PlaceableRelease;
let serving = 0;

/** Every test begins with a new stable version that takes all the traffic. */
beforeAll(async () => {
  live = await releasedSite();
});
afterAll(async () => {
  await live.close();
});
beforeEach(async () => {
  serving += 1;
  const stable = await live.pack(`1.${serving}.0`);
  await live.deploy(stable);
  const first = await live.startPromoting(stable, {
    strategy: "blue-green",
    interval: "0s",
  }).ended;
  expect(first.code, first.log).toBe(0);
  good = await live.pack(`1.${serving}.1`);
  flow = startOrderFlow(live.site.url, REQUESTS_PER_SECOND, () => {});
});
afterEach(async () => {
  await flow.stop();
});

async function stableHasEverything(): Promise<void> {
  const { value } = await live.target.read();
  expect(value.stable?.release.version).toBe(`1.${serving}.0`);
  expect(await live.weightOf(`1.${serving}.0`)).toBe(100);
}

async function weightBecomes(version: string, percent: number): Promise<void> {
  await until(
    `${version} has ${percent} %`,
    async () => (await live.weightOf(version)) === percent,
  );
}

/** Or more: a weight that is held for a moment may be over when it is looked at. */
async function weightReaches(version: string, percent: number): Promise<void> {
  await until(`${version} has ${percent} %`, async () => (await live.weightOf(version)) >= percent);
}

describe("a release through deploy and canary-promote", () => {
  it("is promoted when it is as good as stable, and no request is lost", async () => {
    const deployed = await live.deploy(good);
    expect(deployed.code, deployed.log).toBe(0);
    expect(await live.weightOf(good.version)).toBe(0);
    const promoted = await live.startPromoting(good).ended;
    expect(promoted.code, promoted.log).toBe(0);
    expect(promoted.outputs.outcome).toBe("promoted");
    const rollout = JSON.parse(promoted.outputs.rollout ?? "");
    expect(rollout.steps.map((step: { weight: number }) => step.weight)).toEqual([10, 25, 50, 100]);
    expect(await live.weightOf(good.version)).toBe(100);
    const { total, losses } = await flow.stop();
    expect(losses).toEqual([]);
    expect(total.failed).toBe(0);
    const trace = await readFile(promoted.outputs.trace ?? "", "utf8");
    expect(trace.trim().split("\n").length).toBeGreaterThan(10);
  });

  it("is taken back when it is worse, says so, and no request is lost", async () => {
    const bad = await live.pack(`1.${serving}.2`, { errorShare: 0.5 });
    await live.deploy(bad);
    const taken = await live.startPromoting(bad).ended;
    expect(taken.code).toBe(1);
    expect(taken.outputs.outcome).toBe("rolled-back");
    expect(taken.log).toContain("::error title=canary-promote");
    expect(JSON.parse(taken.outputs.gate ?? "").outcome).toBe("failed");
    expect(Number(taken.outputs["seconds-to-zero"])).toBeGreaterThan(0);
    await stableHasEverything();
    expect((await flow.stop()).losses).toEqual([]);
  });

  it("loses no more than what it had in hand when its processes die at 25 %", async () => {
    await live.deploy(good);
    const promoting = live.startPromoting(good, { ...STAYS, steps: "25, 100" });
    await weightBecomes(good.version, 25);
    const { slots } = await live.status();
    const { value } = await live.target.read();
    const slot = value.candidate?.slot ?? "green";
    const pid = slots[slot].instances[0]?.pid;
    expect(pid).toBeGreaterThan(0);
    const { inHand } = flow.latest();
    process.kill(pid ?? 0, "SIGKILL");
    const ended = await promoting.ended;
    expect(ended.code).toBe(1);
    expect(ended.outputs.outcome).toBe("rolled-back");
    await stableHasEverything();
    const { total } = await flow.stop();
    // What was in hand of one process at that moment: a few at this rate, more where clients were kept from sending.
    expect(total.lost + total.failed).toBeLessThanOrEqual(10 + inHand);
  });

  it("holds when metrics stop, and is inconclusive at the deadline", async () => {
    await live.deploy(good);
    const promoting = live.startPromoting(good, {
      interval: "8s",
      steps: "25, 100",
      timeout: "8s",
    });
    await weightBecomes(good.version, 25);
    const { value } = await live.target.read();
    const slot = value.candidate?.slot ?? "green";
    const url = (await live.status()).slots[slot].instances[0]?.url;
    await fetch(`${url}/fault/metrics`);
    const ended = await promoting.ended;
    expect(ended.code).toBe(1);
    expect(ended.outputs.outcome).toBe("inconclusive");
    expect(JSON.parse(ended.outputs.gate ?? "").outcome).toBe("inconclusive");
    expect(ended.log).toContain("no decision at 25 %");
    await stableHasEverything();
  });

  it("gives everything back to stable on Ctrl-C and leaves no candidate behind", async () => {
    await live.deploy(good);
    const promoting = live.startPromoting(good, { ...STAYS, steps: "25, 100" });
    await weightBecomes(good.version, 25);
    promoting.child.kill("SIGINT");
    const ended = await promoting.ended;
    expect(ended.code).toBe(1);
    expect(ended.outputs.outcome).toBe("failed");
    expect(ended.log).toContain("SIGINT");
    await stableHasEverything();
    const { slots } = await live.status();
    expect(slots.blue.instances.length + slots.green.instances.length).toBe(1);
    expect((await flow.stop()).losses).toEqual([]);
  });

  it("refuses a second rollout meanwhile, and says who holds it since when", async () => {
    await live.deploy(good);
    const promoting = live.startPromoting(good, { interval: "8s", steps: "10, 100" });
    await weightBecomes(good.version, 10);
    const second = await live.pack(`1.${serving}.3`);
    const refused = await live.deploy(second, { GITHUB_RUN_ID: "2" });
    expect(refused.code).toBe(1);
    expect(refused.log).toContain("run 1 job canary-promote");
    expect(refused.log).toMatch(/since \d{4}-/);
    expect((await promoting.ended).code).toBe(0);
  });

  for (const weight of [10, 50, 100]) {
    it(`ends the same when its runner is killed at ${weight} % and the job runs again`, async () => {
      await live.deploy(good);
      const steps = [...new Set([weight, 100])].join();
      const killed = live.startPromoting(good, { interval: "3s", steps });
      await weightReaches(good.version, weight);
      killed.child.kill("SIGKILL");
      await killed.ended;
      const again = await live.startPromoting(good, {}, { GITHUB_RUN_ATTEMPT: "2" }).ended;
      expect(again.code, again.log).toBe(0);
      expect(again.outputs.outcome).toBe("promoted");
      expect(await live.weightOf(good.version)).toBe(100);
      expect((await flow.stop()).losses).toEqual([]);
    });
  }

  it("is taken back by the lease when its runner is killed and nobody comes", async () => {
    await live.deploy(good);
    const killed = live.startPromoting(good, { ...STAYS, steps: "25, 100" });
    await weightBecomes(good.version, 25);
    killed.child.kill("SIGKILL");
    await killed.ended;
    // How soon is asked of the site itself, where nothing else runs: test/lib/targets/local/lease.test.ts.
    await weightBecomes(good.version, 0);
    await stableHasEverything();
    // Traffic first, the record of it after.
    await expect
      .poll(async () => (await live.target.read()).value.rollout)
      .toMatchObject({
        phase: "finished",
        outcome: "failed",
        reason: expect.stringContaining("vanished"),
      });
    expect((await flow.stop()).losses).toEqual([]);
  });
});

describe("deploy", () => {
  it("refuses an archive that is not what was let through, before it touches a slot", async () => {
    const other = await live.pack(`1.${serving}.4`);
    const before = await live.status();
    const refused = await live.deploy({ ...good, archivePath: other.archivePath });
    expect(refused.code).toBe(1);
    expect(refused.log).toContain(good.digest);
    expect(refused.log).toContain(other.digest);
    expect((await live.status()).present.length).toBe(before.present.length);
    await stableHasEverything();
  });

  it("takes a candidate that never becomes healthy off its slot again", async () => {
    const sick = await live.pack(`1.${serving}.5`, { neverHealthy: true });
    const refused = await live.deploy(sick);
    expect(refused.code).toBe(1);
    expect(JSON.parse(refused.outputs.gate ?? "")).toMatchObject({
      name: "deploy",
      outcome: "failed",
    });
    expect((await live.target.read()).value.candidate).toBeNull();
    const { slots } = await live.status();
    expect(slots.blue.instances.length + slots.green.instances.length).toBe(1);
    await stableHasEverything();
  });

  it("tells what is wrong with a malformed environment file, with line and column", async () => {
    const { runAction } = await import("../support/action-process.ts");
    const { writeFile } = await import("node:fs/promises");
    const file = join(live.workspace, "environments/broken.yaml");
    await writeFile(file, "name: test\nservice: [\n");
    expect(existsSync(file)).toBe(true);
    const refused = await runAction("deploy", {
      workspace: live.workspace,
      inputs: {
        "environment-file": "environments/broken.yaml",
        archive: good.archivePath,
        digest: good.digest,
        version: "1",
        commit: "c",
      },
    });
    expect(refused.code).toBe(1);
    expect(refused.log).toMatch(/broken\.yaml:\d+:\d+/);
  });
});

describe("rollback", () => {
  it("takes the previous release back to all traffic, and loses no request", async () => {
    await live.deploy(good);
    await live.startPromoting(good, { interval: "100ms" }).ended;
    expect(await live.weightOf(good.version)).toBe(100);
    const back = await live.rollBack("previous");
    expect(back.code, back.log).toBe(0);
    expect(back.outputs.version).toBe(`1.${serving}.0`);
    await stableHasEverything();
    expect((await flow.stop()).losses).toEqual([]);
  });

  it("ends a rollout in hand by taking over from its runner", async () => {
    await live.deploy(good);
    const promoting = live.startPromoting(good, { ...STAYS, steps: "25, 100" });
    await weightBecomes(good.version, 25);
    const back = await live.rollBack("stable");
    expect(back.code, back.log).toBe(0);
    expect(back.log).toContain("taking over from");
    expect((await promoting.ended).code).toBe(1);
    await stableHasEverything();
  });

  it("refuses a version that is not present, and says which ones are", async () => {
    const refused = await live.rollBack("9.9.9");
    expect(refused.code).toBe(1);
    expect(refused.log).toContain("9.9.9 is not present");
    expect(refused.log).toContain(`1.${serving}.0 is serving`);
    await stableHasEverything();
  });
});
