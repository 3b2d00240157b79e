import { readFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import { endOrphans } from "../../../../lib/targets/local/orphans.ts";
import type { Placement } from "../../../../lib/targets/target.ts";
import { type LocalSite, localSite, RUNNER } from "../../../support/local-site.ts";
import { isAlive, until } from "../../../support/until.ts";

/** Version 1.0.0 on blue with all traffic, 1.1.0 on green with none. */
async function placeBoth({ target, pack }: LocalSite): Promise<[Placement, Placement]> {
  const { token } = await target.acquire(RUNNER, 600_000);
  const [blue, green] = await Promise.all([
    target.place(await pack("1.0.0"), "blue", token),
    target.place(await pack("1.1.0"), "green", token),
  ]);
  await target.route({ blue: 100, green: 0 }, token);
  await target.release(token);
  return [blue, green];
}

function pidsOf(...placements: Placement[]): number[] {
  return placements.flatMap(({ instances }) => instances.flatMap(({ pid }) => pid ?? []));
}

async function untilGone(pids: number[]): Promise<void> {
  await until("the processes are gone", () => pids.every((pid) => !isAlive(pid)));
}

describe("a supervisor", () => {
  it("leaves no process behind when it is told to end", async () => {
    await using local = await localSite();
    const pids = pidsOf(...(await placeBoth(local)));
    process.kill(local.site.info.pid, "SIGTERM");
    await untilGone([...pids, local.site.info.pid]);
  });

  it("leaves no process behind when it is told to end while it places a release", async () => {
    await using local = await localSite();
    const { target } = local;
    const { token } = await target.acquire(RUNNER, 600_000);
    const release = await local.pack("1.0.0", { neverHealthy: true });
    const placing = target.place(release, "blue", token).catch((thrown: unknown) => thrown);
    const pid = await until("it is started", async () => {
      return (await target.status()).slots.blue.instances[0]?.pid;
    });
    await local.site.close();
    expect(await placing).toMatchObject({ code: "target-unreachable" });
    expect(isAlive(pid)).toBe(false);
  });

  it("leaves no process behind when it is told to end while stable is started again", async () => {
    await using local = await localSite();
    const [blue, green] = await placeBoth(local);
    for (const pid of pidsOf(blue)) process.kill(pid, "SIGKILL");
    const again = await until("it is being started again", async () => {
      const [instance] = (await local.target.status()).slots.blue.instances;
      return instance?.pid !== pidsOf(blue)[0] && instance?.pid;
    });
    await local.site.close();
    await untilGone([again, ...pidsOf(green)]);
  });

  it("finishes the answers it had begun before it ends", async () => {
    await using local = await localSite();
    await placeBoth(local);
    const slow = fetch(`${local.site.url}/?wait=4000`);
    await until(
      "it is in hand",
      async () => (await local.target.status()).slots.blue.inFlight === 1,
    );
    await local.site.close();
    expect((await slow).status).toBe(200);
  });

  it("takes over what still runs after it was killed, at the same address", async () => {
    await using local = await localSite();
    const [blue, green] = await placeBoth(local);
    const { url, info } = local.site;
    process.kill(info.pid, "SIGKILL");
    await untilGone([info.pid]);
    expect(pidsOf(blue, green).every(isAlive)).toBe(true);
    await local.restart();
    expect(local.site.url).toBe(url);
    expect(await (await fetch(url)).json()).toMatchObject({ pid: pidsOf(blue)[0] });
    const { slots, weights } = await local.target.status();
    expect(weights).toEqual({ blue: 100, green: 0 });
    expect(slots.green.release?.version).toBe("1.1.0");
    expect(slots.green.instances).toMatchObject(green.instances);
    const [pid] = pidsOf(green);
    if (pid) process.kill(pid, "SIGKILL");
    await until("the death of one that was taken over is noticed", async () => {
      const [instance] = (await local.target.status()).slots.green.instances;
      return instance?.healthy === false;
    });
  });

  it("starts stable again, but no candidate, when they died while it was gone", async () => {
    await using local = await localSite();
    const [blue, green] = await placeBoth(local);
    const pids = pidsOf(blue, green);
    process.kill(local.site.info.pid, "SIGKILL");
    for (const pid of pids) process.kill(pid, "SIGKILL");
    await untilGone([...pids, local.site.info.pid]);
    await local.restart();
    const answer = await until("stable serves", async () => {
      const response = await fetch(local.site.url);
      return response.ok && response;
    });
    expect(answer.headers.get("x-sluice-version")).toBe("1.0.0");
    expect((await local.target.status()).slots.green.instances).toEqual([]);
  });

  it("that was killed leaves nothing behind once its site is closed", async () => {
    await using local = await localSite();
    const pids = pidsOf(...(await placeBoth(local)));
    process.kill(local.site.info.pid, "SIGKILL");
    await untilGone([local.site.info.pid]);
    const ended = await endOrphans(local.environment.target.site, 5_000);
    expect(ended.map(({ pid }) => pid).sort()).toEqual(pids.sort());
    await untilGone(pids);
  });

  it("kills an instance that does not end when it is told to", async () => {
    await using local = await localSite((environment) => ({
      ...environment,
      service: { ...environment.service, drainDeadlineMs: 100 },
    }));
    const { token } = await local.target.acquire(RUNNER, 600_000);
    const release = await local.pack("1.0.0", { ignoresSigterm: true });
    const placement = await local.target.place(release, "blue", token);
    await local.target.retire("blue", token);
    await untilGone(pidsOf(placement));
  });

  it("waits for what a drained slot has in hand", async () => {
    await using local = await localSite();
    const { target, site } = local;
    await placeBoth(local);
    const { token } = await target.acquire(RUNNER, 600_000);
    const slow = fetch(`${site.url}/?wait=4000`, { method: "POST", body: "order" });
    await until("it is in hand", async () => (await target.status()).slots.blue.inFlight === 1);
    await target.route({ blue: 0, green: 100 }, token);
    await target.retire("blue", token);
    const response = await slow;
    expect(response.status).toBe(200);
    expect(response.headers.get("x-sluice-version")).toBe("1.0.0");
  });

  it("takes an instance that is sick out of rotation, and back in", async () => {
    await using local = await localSite();
    const { target, site } = local;
    const { token } = await target.acquire(RUNNER, 600_000);
    await target.place(await local.pack("1.0.0"), "blue", token);
    const { instances } = await target.place(await local.pack("1.1.0"), "green", token);
    await target.route({ blue: 50, green: 50 }, token);
    await fetch(`${instances[0]?.url}/fault/sick`);
    await until("it is found sick", async () => {
      const [instance] = (await target.status()).slots.green.instances;
      return instance?.healthy === false;
    });
    const versions = new Set<string | null>();
    for (let i = 0; i < 10; i += 1)
      versions.add((await fetch(site.url)).headers.get("x-sluice-version"));
    expect([...versions]).toEqual(["1.0.0"]);
    await fetch(`${instances[0]?.url}/fault/sick`);
    await until("it is in again", async () => {
      const response = await fetch(site.url);
      return response.headers.get("x-sluice-version") === "1.1.0";
    });
  });

  it("gives its instances nothing of the environment it was started in", async () => {
    process.env.SLUICE_TEST_SECRET = "not for the service";
    try {
      await using local = await localSite();
      const [pid] = pidsOf(...(await placeBoth(local)));
      if (process.platform === "linux")
        expect(await readFile(`/proc/${pid}/environ`, "utf8")).not.toContain("not for the service");
    } finally {
      delete process.env.SLUICE_TEST_SECRET;
    }
  });
});
