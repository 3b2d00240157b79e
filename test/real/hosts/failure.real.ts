import { execFile } from "node:child_process";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Load } from "./load.ts";
import { type Releasing, releasing } from "./releasing.ts";

const run = promisify(execFile);

/** One story; what is broken in one test is mended before the next. */
describe("when something fails", () => {
  let r: Releasing;
  beforeAll(async () => {
    r = await releasing(2, 2);
    const first = await r.deploy("1.0.0");
    const { code, log } = await r.promote(first);
    expect(code, log).toBe(0);
  });
  afterAll(() => r?.close());

  it("runs the service in a unit that systemd finds well confined", async () => {
    const text = await r.lab.on(
      "engine-1",
      "systemd-analyze security --no-pager engine@blue.service | tail -1",
    );
    const exposure = Number(/level for engine@blue\.service: ([\d.]+)/.exec(text)?.[1]);
    console.log(`exposure: ${exposure}`);
    expect(exposure).toBeLessThanOrEqual(1.5);
    const status = await r.lab.on(
      "engine-1",
      "ps -o user= -p $(systemctl show -p MainPID --value engine@blue)",
    );
    expect(status.trim()).toBe("engine");
  });

  it("lets the service pin its threads, and nothing else of that kind", async () => {
    const properties = await r.lab.on(
      "engine-1",
      "systemctl show -p SystemCallFilter --value engine@blue",
    );
    const allowed = properties.split(/\s+/);
    expect(allowed).toContain("sched_setaffinity");
    for (const call of ["sched_setscheduler", "mbind", "ptrace", "mount", "reboot"])
      expect(allowed).not.toContain(call);
  });

  it("loses nothing that may be asked twice when an engine is killed, and starts it again", async () => {
    const load = new Load(r.lab.urls, 100);
    await sleep(1_000);
    await r.lab.on("engine-1", "kill -KILL $(systemctl show -p MainPID --value engine@blue)");
    await sleep(3_000);
    expect((await load.stop()).lost).toEqual([]);
    await expect
      .poll(
        async () => (await r.target.status()).slots.blue.instances.map(({ healthy }) => healthy),
        {
          timeout: 15_000,
        },
      )
      .toEqual([true, true]);
  });

  it("sends traffic elsewhere within 5 s when a host loses its power", async () => {
    const load = new Load(r.lab.urls, 100);
    await sleep(500);
    await r.lab.machine("engine-2").cutPower();
    const cutMs = load.nowMs();
    await sleep(7_000);
    const { lost } = await load.stop();
    const times = lost.map(({ sentAtMs }) => Math.round(sentAtMs - cutMs));
    console.log(`lost of 100 requests a second, by ms from the cut: ${times.join(", ") || "none"}`);
    expect(Math.max(...times, 0)).toBeLessThan(5_000);
    await r.lab.machine("engine-2").boot();
    await r.lab.on("engine-2", "systemctl start engine@blue");
    await expect
      .poll(
        async () => (await r.target.status()).slots.blue.instances.map(({ healthy }) => healthy),
        {
          timeout: 15_000,
        },
      )
      .toEqual([true, true]);
  });

  it("leaves no edge on the candidate's weight when one is cut off from the runner, and names it", async () => {
    const load = new Load(r.lab.urls, 100);
    const promoting = r.startPromoting(await r.deploy("1.1.0"));
    await expect
      .poll(async () => (await r.weights())["edge-2"], { timeout: 20_000 })
      .toEqual({ blue: 90, green: 10 });
    // Only the runner cannot reach it: the edge still reaches the hosts.
    await run("ip", ["route", "add", "blackhole", "10.77.0.12/32"]);
    const { code, log } = await promoting.ended;
    await run("ip", ["route", "del", "blackhole", "10.77.0.12/32"]);
    await load.stop();
    expect(code).toBe(1);
    expect(log).toContain("edge-2");
    await expect
      .poll(() => r.weights(), { timeout: 15_000 })
      .toEqual({ "edge-1": { blue: 100, green: 0 }, "edge-2": { blue: 100, green: 0 } });
    await expect
      .poll(async () => (await r.target.read()).value.rollout?.phase, { timeout: 10_000 })
      .toBe("finished");
  });
});
