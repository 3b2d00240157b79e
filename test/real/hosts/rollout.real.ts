import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { isOverloaded } from "../../support/overloaded.ts";
import { Load } from "./load.ts";
import { LEASE_MS, type Releasing, releasing } from "./releasing.ts";

const REQUESTS_PER_SECOND = 500;
const otherJob = { GITHUB_RUN_ID: "2" };

/** One story over two edges and two hosts; the tests build on one another. */
describe("releases over two hosts behind two edges", () => {
  let r: Releasing;
  beforeAll(async () => {
    r = await releasing(2, 2);
    const first = await r.deploy("1.0.0");
    const { code, log } = await r.promote(first);
    expect(code, log).toBe(0);
  });
  afterAll(() => r?.close());

  const alike = (blue: number, green: number) => ({
    "edge-1": { blue, green },
    "edge-2": { blue, green },
  });

  it("promotes a good one under load, through a reload of HAProxy, without a request lost", async () => {
    const load = new Load(r.lab.urls, REQUESTS_PER_SECOND);
    const release = await r.deploy("1.1.0");
    const promoting = r.startPromoting(release);
    await promoting.shows("→ 25 % to the candidate");
    await r.lab.on("edge-1", "systemctl reload haproxy");
    const { code, log } = await promoting.ended;
    const { lost, byVersion } = await load.stop();
    expect(code, log).toBe(0);
    expect(lost).toEqual([]);
    expect(byVersion["1.0.0"]).toBeGreaterThan(100);
    expect(byVersion["1.1.0"]).toBeGreaterThan(100);
    expect(await r.weights()).toEqual(alike(0, 100));
  });

  it("takes a bad one back to 0 on all edges within a second of the verdict, without a request lost", async () => {
    const load = new Load(r.lab.urls, REQUESTS_PER_SECOND);
    const { outputs, code } = await r.promote(await r.deploy("1.2.0", { errorShare: 0.5 }));
    const { lost, failed } = await load.stop();
    expect(code).toBe(1);
    expect(outputs.outcome).toBe("rolled-back");
    expect(lost).toEqual([]);
    expect(failed).toBeGreaterThan(0);
    expect(await r.weights()).toEqual(alike(0, 100));
    const { value } = await r.target.read();
    const decided = value.rollout?.steps.at(-1)?.endedAtMs ?? Number.NaN;
    const tookMs = (value.rollout?.toZeroAtMs ?? Number.NaN) - decided;
    console.log(`from the verdict to none on any edge: ${tookMs} ms`);
    expect(tookMs).toBeLessThan(isOverloaded() ? LEASE_MS : 1_000);
  });

  it("takes one back that hides what it fails, by what the edges counted", async () => {
    const load = new Load(r.lab.urls, REQUESTS_PER_SECOND);
    const hiding = await r.deploy("1.2.1", { errorShare: 0.5, hidesErrors: true });
    const { outputs, code, log } = await r.promote(hiding);
    await load.stop();
    expect(code, log).toBe(1);
    expect(outputs.outcome, log).toBe("rolled-back");
    expect(await r.weights()).toEqual(alike(0, 100));
  });

  it("refuses a second rollout while one is running, and says who holds it", async () => {
    const promoting = r.startPromoting(await r.deploy("1.3.0"));
    await promoting.shows("→ 10 % to the candidate");
    const release = (await r.target.status()).slots.blue.release;
    if (!release) throw new Error("blue is empty");
    const second = await r.startPromoting({ ...release, archivePath: "" }, otherJob).ended;
    expect(second.code).toBe(1);
    expect(second.log).toContain("run 1 job canary-promote");
    promoting.child.kill("SIGINT");
    expect((await promoting.ended).code).toBe(1);
    expect(await r.weights()).toEqual(alike(0, 100));
  });

  it("goes back to stable by the guards when the runner is killed", async () => {
    const load = new Load(r.lab.urls, REQUESTS_PER_SECOND / 5);
    const promoting = r.startPromoting(await r.deploy("1.4.0"));
    await expect.poll(() => r.weights(), { timeout: 60_000 }).not.toEqual(alike(0, 100));
    promoting.child.kill("SIGKILL");
    const killedMs = performance.now();
    await expect
      .poll(() => r.weights(), { timeout: LEASE_MS + 60_000, interval: 50 })
      .toEqual(alike(0, 100));
    const tookMs = performance.now() - killedMs;
    console.log(`from kill -9 to stable: ${Math.round(tookMs)} ms with a lease of ${LEASE_MS} ms`);
    expect(tookMs).toBeLessThan(LEASE_MS + (isOverloaded() ? LEASE_MS : 2_000));
    expect((await load.stop()).lost).toEqual([]);
    await expect
      .poll(async () => (await r.target.read()).value.rollout?.reason, { timeout: 60_000 })
      .toContain("vanished");
    expect((await r.target.status()).lease).toBeNull();
    const { value } = await r.target.read();
    expect(value.stable?.release.version).toBe("1.1.0");
  });

  it("gives an edge that was restarted in the middle of a canary its weights back", async () => {
    const load = new Load(r.lab.urls, REQUESTS_PER_SECOND / 5);
    const promoting = r.startPromoting(await r.deploy("1.5.0"));
    await expect.poll(() => r.weights(), { timeout: 60_000 }).not.toEqual(alike(0, 100));
    // systemd may hear of its end later than a start is asked for, which would then be nothing to do.
    const pid = "systemctl show -p MainPID --value haproxy";
    await r.lab.on(
      "edge-2",
      `killed=$(${pid}); systemctl kill -s KILL haproxy || true; while [ "$(${pid})" = "$killed" ]; do sleep 0.1; done; systemctl reset-failed haproxy; systemctl start haproxy`,
    );
    const after = (await r.weights())["edge-2"];
    // Wherever the rollout is by then; what it would have by itself is no weight at all.
    const given = [0, 10, 25, 50, 100].map((blue) => alike(blue, 100 - blue)["edge-2"]);
    expect(given).toContainEqual(after);
    await promoting.ended;
    await load.stop();
  });
});
