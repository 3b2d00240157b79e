import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import type { Phase } from "../../../../lib/rollout/state.ts";
import type { SiteEvent } from "../../../../lib/targets/local/site.ts";
import { type LocalSite, localSite, RUNNER } from "../../../support/local-site.ts";
import { rolloutIn } from "../../../support/rollout-states.ts";
import { until } from "../../../support/until.ts";

/** Long enough to be looked at on a machine that is late. */
const LEASE_MS = 3_000;
/** What is promised: traffic is back on stable this soon after the lease ran out. */
const REVERT_MS = 2_000;

/** Two releases, a rollout in `phase` with 25 % on the candidate, and nobody who holds the lease. */
async function rollingOut(local: LocalSite, phase: Phase): Promise<void> {
  const { target, environment } = local;
  const { token } = await target.acquire(RUNNER, 600_000);
  const [stable, candidate] = [await local.pack("1.0.0"), await local.pack("1.1.0")];
  await target.place(stable, "blue", token);
  await target.place(candidate, "green", token);
  const { version } = await target.read();
  await target.write(rolloutIn(phase, environment, stable, candidate), version, token);
  await target.route({ blue: 75, green: 25 }, token);
  await target.release(token);
}

async function firstEvent<K extends SiteEvent["kind"]>(
  { site }: LocalSite,
  kind: K,
  isIt: (event: Extract<SiteEvent, { kind: K }>) => boolean,
): Promise<Extract<SiteEvent, { kind: K }>> {
  const end = new AbortController();
  for await (const event of site.events(end.signal)) {
    if (event.kind !== kind) continue;
    const found = event as Extract<SiteEvent, { kind: K }>;
    if (!isIt(found)) continue;
    end.abort();
    return found;
  }
  throw new Error(`the site ended without a ${kind} event`);
}

describe("when the runner vanishes", () => {
  it("takes traffic back to stable by itself, less than 2 s after the lease ran out", async () => {
    await using local = await localSite();
    const { target, environment } = local;
    await rollingOut(local, "stepping");
    const reverted = firstEvent(local, "weights", ({ by }) => by === "lost-lease");
    const script = fileURLToPath(new URL("../../../support/runner-process.ts", import.meta.url));
    const args = [script, environment.target.site, String(LEASE_MS)];
    const runner = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "inherit"] });
    await once(runner.stdout, "data");
    expect((await target.status()).weights).toEqual({ blue: 75, green: 25 });
    runner.kill("SIGKILL");
    await once(runner, "exit");
    const { lease } = await target.status();
    if (!lease) throw new Error("the lease ended before it could be looked at");
    const { atMs, weights } = await reverted;
    expect(weights).toEqual({ blue: 100, green: 0 });
    expect(atMs).toBeGreaterThanOrEqual(lease.expiresAtMs);
    expect(atMs - lease.expiresAtMs).toBeLessThan(REVERT_MS);
    const rollout = await until("the state says so", async () => {
      const { value } = await target.read();
      return value.rollout?.phase === "finished" && value.rollout;
    });
    expect(rollout).toMatchObject({ outcome: "failed" });
    expect(rollout.toZeroAtMs).toBeGreaterThanOrEqual(atMs);
    expect(rollout.reason).toContain("run 7 job promote vanished");
    const status = await target.status();
    expect(status.lease).toBeNull();
    expect(status.slots.green.instances[0]?.healthy).toBe(true);
  });

  it("leaves the weights as they are when the only way was forward", async () => {
    for (const phase of ["promoting", "retiring"] as const) {
      await using local = await localSite();
      const { target } = local;
      await rollingOut(local, phase);
      const gone = firstEvent(local, "lease", ({ how }) => how === "ran-out");
      const { token } = await target.acquire(RUNNER, 600_000);
      await target.route({ blue: 0, green: 100 }, token);
      await target.renew(token, 200);
      await gone;
      await until("the lease is gone", async () => (await target.status()).lease === null);
      expect((await target.status()).weights).toEqual({ blue: 0, green: 100 });
      expect((await target.read()).value.rollout?.phase).toBe(phase);
    }
  });

  it("refuses the late runner everything, so that it cannot undo the revert", async () => {
    await using local = await localSite();
    const { target } = local;
    await rollingOut(local, "stepping");
    const { token } = await target.acquire(RUNNER, 100);
    await until("the lease is gone", async () => (await target.status()).lease === null);
    const { value, version } = await target.read();
    for (const late of [
      () => target.renew(token, LEASE_MS),
      () => target.route({ blue: 0, green: 100 }, token),
      () => target.write(value, version, token),
      () => target.retire("green", token),
      () => target.release(token),
    ])
      await expect(late()).rejects.toMatchObject({ code: "lease-lost" });
    expect((await target.status()).weights).toEqual({ blue: 100, green: 0 });
  });

  it("reverts after a restart too, when the supervisor was killed with the runner", async () => {
    await using local = await localSite();
    const { target, site } = local;
    await rollingOut(local, "stepping");
    const { expiresAtMs } = await target.acquire(RUNNER, 100);
    process.kill(site.info.pid, "SIGKILL");
    await until("the lease's time is over", () => Date.now() > expiresAtMs);
    await local.restart();
    expect((await target.status()).weights).toEqual({ blue: 100, green: 0 });
    expect((await target.read()).value.rollout).toMatchObject({
      phase: "finished",
      outcome: "failed",
    });
  });

  it("stops a placement that it had begun, and leaves the slot empty", async () => {
    await using local = await localSite();
    const { target } = local;
    const { token } = await target.acquire(RUNNER, 800);
    const release = await local.pack("1.0.0", { neverHealthy: true });
    await expect(target.place(release, "blue", token)).rejects.toMatchObject({
      code: "lease-lost",
    });
    expect((await target.status()).slots.blue.instances).toEqual([]);
  });
});
