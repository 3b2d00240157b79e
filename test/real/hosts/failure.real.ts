import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { until } from "../../support/until.ts";
import { Load } from "./load.ts";
import { LEASE_MS, type Releasing, releasing } from "./releasing.ts";

const run = promisify(execFile);
const REQUESTS_PER_SECOND = 500;
/** `inter 200ms fall 2` of the edges. */
const CHECKS_MS = 400;

/** The kernel's own clock, which all machines of the lab share, and nobody sets. */
const TELL_UPTIME = "cut -d ' ' -f 1 /proc/uptime";
const uptimeAgo = (told: string) =>
  1_000 * (Number(readFileSync("/proc/uptime", "utf8").split(" ")[0]) - Number(told));

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

  /** 500 requests a second, of which every second one is a POST, and some of them answered already. */
  async function underLoad(): Promise<Load> {
    const load = new Load(r.lab.urls, REQUESTS_PER_SECOND, ["GET", "POST"]);
    await until("requests are answered", () => load.seen.answered > 2 * REQUESTS_PER_SECOND);
    return load;
  }

  /** Ends the load when it is known how long the failure of `agoMs` ago was felt, and holds it to the limit. */
  async function over(load: Load, agoMs: number, limitMs: number): Promise<void> {
    const failedMs = load.nowMs() - agoMs;
    await sleep(limitMs + 2_000);
    const { lost } = await load.stop();
    const felt = load.disturbance(failedMs, limitMs);
    console.log(
      `from the failure on, at 500 a second: ${JSON.stringify(felt)}, lost ${lost.length}`,
    );
    // Where a request takes longer than HAProxy's two checks anyway, it is this machine whom a time tells of.
    if (felt.usualWaitMs > CHECKS_MS) return;
    expect(felt.lastLostMs, JSON.stringify(lost.slice(-5))).toBeLessThan(limitMs);
    // Also those that are answered in the end must not wait for longer, but for what they wait here anyway.
    expect(felt.longestWaitMs).toBeLessThan(limitMs + felt.usualWaitMs);
  }

  const bothAreHealthy = () =>
    expect
      .poll(
        async () => (await r.target.status()).slots.blue.instances.map(({ healthy }) => healthy),
        { timeout: 60_000 },
      )
      .toEqual([true, true]);

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

  it("sends traffic elsewhere within 1 s when an engine is killed, loses nothing that may be asked twice, and starts it again", async () => {
    const load = await underLoad();
    const killed = await r.lab.on(
      "engine-1",
      `pid=$(systemctl show -p MainPID --value engine@blue); ${TELL_UPTIME}; kill -KILL $pid`,
    );
    await over(load, uptimeAgo(killed), 1_000);
    const lost = load.seen.lost.filter(({ method }) => method === "GET");
    // Of those in hand, a machine that answers slower than two checks of HAProxy gives some up with their server.
    const { usualWaitMs } = load.disturbance(load.nowMs(), 0);
    if (usualWaitMs < CHECKS_MS) expect(lost).toEqual([]);
    else console.log(`${lost.length} GETs lost, where one may take ${usualWaitMs} ms anyway`);
    await bothAreHealthy();
  });

  it("sends traffic elsewhere within 5 s when a host loses its power, and back to it when it has it again", async () => {
    const load = await underLoad();
    const cutMs = load.nowMs();
    await r.lab.machine("engine-2").cutPower();
    await over(load, load.nowMs() - cutMs, 5_000);
    await r.lab.machine("engine-2").boot();
    // Nobody starts it: it is there again with its machine.
    await bothAreHealthy();
  });

  it("leaves no edge on the candidate's weight when one is cut off from the runner, and names it", async () => {
    const load = new Load(r.lab.urls, 100);
    const promoting = r.startPromoting(await r.deploy("1.1.0"));
    await promoting.shows("→ 10 % to the candidate");
    // Only the runner cannot reach it: the edge still reaches the hosts.
    await run("ip", ["route", "add", "blackhole", "10.77.0.12/32"]);
    try {
      const { code, log, outputs } = await promoting.ended;
      expect(code, log).toBe(1);
      expect(JSON.parse(outputs.gate ?? "{}"), log).toMatchObject({
        outcome: "failed",
        reason: expect.stringContaining("edge-2 was lost in the middle of the rollout"),
      });
      // Told by those who are left, and done where it can be done: nobody waits for a lease to run out.
      const { value } = await r.target.read();
      expect(value.rollout).toMatchObject({
        phase: "finished",
        outcome: "failed",
        reason: expect.stringContaining("edge-2"),
      });
      expect(await r.weightsOn("edge-1")).toEqual({ blue: 100, green: 0 });
    } finally {
      await run("ip", ["route", "del", "blackhole", "10.77.0.12/32"]);
    }
    // Its own guard takes it back, to what the state says.
    await expect
      .poll(() => r.weightsOn("edge-2"), { timeout: LEASE_MS + 60_000 })
      .toEqual({ blue: 100, green: 0 });
    await load.stop();
  });

  it("gives the edge that is back its part in the next release", async () => {
    const load = new Load(r.lab.urls, 100);
    const { code, log } = await r.promote(await r.deploy("1.2.0"));
    await load.stop();
    expect(code, log).toBe(0);
    expect(log).not.toContain("without edge-2");
    expect(await r.weights()).toEqual({
      "edge-1": { blue: 0, green: 100 },
      "edge-2": { blue: 0, green: 100 },
    });
  });
});
