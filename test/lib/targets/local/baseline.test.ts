import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import type { RolloutState } from "../../../../lib/rollout/state.ts";
import { endOrphans } from "../../../../lib/targets/local/orphans.ts";
import { type LocalSite, localSite, RUNNER } from "../../../support/local-site.ts";
import { rolloutIn } from "../../../support/rollout-states.ts";
import { isAlive, until } from "../../../support/until.ts";

/** 1.0.0 serves beside fresh processes of it, and 1.1.0 is on trial; nobody holds the lease. */
async function comparing(local: LocalSite): Promise<number> {
  const { target, environment } = local;
  const { token } = await target.acquire(RUNNER, 600_000);
  const [stable, candidate] = [await local.pack("1.0.0"), await local.pack("1.1.0")];
  await target.place(stable, "blue", token);
  await target.place(candidate, "green", token);
  await target.placeBaseline("blue", token);
  const { version } = await target.read();
  const state = rolloutIn("stepping", environment, stable, candidate);
  await target.write(withBaseline(state), version, token);
  await target.route({ blue: 50, green: 25, baseline: 25 }, token);
  await target.release(token);
  const pid = (await target.status()).slots.baseline?.instances[0]?.pid;
  if (pid === undefined) throw new Error("the baseline has no process");
  return pid;
}

function withBaseline(state: RolloutState): RolloutState {
  return { ...state, rollout: state.rollout && { ...state.rollout, baseline: "placed" } };
}

async function hasEnded({ target }: LocalSite, pid: number): Promise<void> {
  await until("the baseline is stopped", () => !isAlive(pid));
  await until("its slot is empty", async () => !(await target.status()).slots.baseline);
  const { weights, slots } = await target.status();
  expect(weights).toEqual({ blue: 100, green: 0 });
  expect(slots.blue.instances[0]?.healthy).toBe(true);
  expect((await target.read()).value.rollout).toMatchObject({
    phase: "finished",
    outcome: "failed",
    baseline: "gone",
  });
}

describe("a fresh baseline", () => {
  it("is stopped by the site itself when the runner vanishes, after its share went back to stable", async () => {
    await using local = await localSite();
    const pid = await comparing(local);
    await local.target.acquire(RUNNER, 300);
    await hasEnded(local, pid);
  });

  it("answers what it has in hand before it is stopped", async () => {
    await using local = await localSite();
    const pid = await comparing(local);
    const slow = Array.from({ length: 8 }, () => fetch(`${local.site.url}/?wait=4000`));
    await until(
      "the baseline has some in hand",
      async () => ((await local.target.status()).slots.baseline?.inFlight ?? 0) > 0,
    );
    await local.target.acquire(RUNNER, 100);
    const answers = await Promise.all(slow);
    expect(answers.map(({ status }) => status)).toEqual(slow.map(() => 200));
    await hasEnded(local, pid);
  });

  it("is stopped after a restart, when the supervisor was killed with the runner", async () => {
    await using local = await localSite();
    const pid = await comparing(local);
    const { expiresAtMs } = await local.target.acquire(RUNNER, 100);
    process.kill(local.site.info.pid, "SIGKILL");
    await until("the lease's time is over", () => Date.now() > expiresAtMs);
    await local.restart();
    await hasEnded(local, pid);
  });

  it("goes on beside a supervisor that is started again while the rollout is held", async () => {
    await using local = await localSite();
    const pid = await comparing(local);
    process.kill(local.site.info.pid, "SIGKILL");
    await local.restart();
    const { weights, slots } = await local.target.status();
    expect(weights).toEqual({ blue: 50, green: 25, baseline: 25 });
    expect(slots.baseline?.instances[0]).toMatchObject({ pid, healthy: true });
  });

  it("is not started again when it dies, and its share is answered by the others", async () => {
    await using local = await localSite();
    const pid = await comparing(local);
    process.kill(pid, "SIGKILL");
    await until("it is seen", async () => {
      const [instance] = (await local.target.status()).slots.baseline?.instances ?? [];
      return instance?.healthy === false;
    });
    for (let i = 0; i < 20; i += 1) expect((await fetch(`${local.site.url}/`)).status).toBe(200);
    await sleep(500);
    const [instance] = (await local.target.status()).slots.baseline?.instances ?? [];
    expect(instance).toMatchObject({ pid, healthy: false });
  });

  it("is ended by who clears up after a supervisor that was killed", async () => {
    await using local = await localSite();
    const first = await comparing(local);
    process.kill(local.site.info.pid, "SIGKILL");
    await until("the supervisor is gone", () => !isAlive(local.site.info.pid));
    const ended = await endOrphans(local.environment.target.site, 5_000);
    expect(ended.map(({ pid }) => pid)).toContain(first);
    await until("the baseline is gone", () => !isAlive(first));
  });

  it("whose placing its runner did not live to see leaves nothing behind", async () => {
    await using local = await localSite();
    const { target } = local;
    const { token } = await target.acquire(RUNNER, 600_000);
    await target.place(await local.pack("1.0.0"), "blue", token);
    await target.route({ blue: 100, green: 0 }, token);
    await target.placeBaseline("blue", token);
    const pid = (await target.status()).slots.baseline?.instances[0]?.pid ?? 0;
    await target.acquire(RUNNER, 100);
    await until("it is stopped", () => !isAlive(pid));
    await until("its slot is empty", async () => !(await target.status()).slots.baseline);
  });
});
