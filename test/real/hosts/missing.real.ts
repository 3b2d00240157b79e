import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Load } from "./load.ts";
import { type Releasing, releasing } from "./releasing.ts";

/** One story; the tests build on one another. */
describe("releases while the first edge has no power", () => {
  let r: Releasing;
  beforeAll(async () => {
    r = await releasing(2, 2);
    const { code, log } = await r.promote(await r.deploy("1.0.0"));
    expect(code, log).toBe(0);
  });
  afterAll(() => r?.close());

  it("go on over the other one, and say what they did without", async () => {
    await r.lab.machine("edge-1").cutPower();
    const load = new Load(r.lab.urls.slice(1), 200);
    const { code, log, outputs } = await r.promote(await r.deploy("1.1.0"));
    expect(code, log).toBe(0);
    expect((await load.stop()).lost).toEqual([]);
    expect(JSON.parse(outputs.gate ?? "{}").reason).toContain(
      "without edge-1, which could not be reached",
    );
    expect((await r.target.read()).value.stable?.release.version).toBe("1.1.0");
  });

  it("stop nothing that it may still send requests to: it serves when it is back", async () => {
    await expect(r.deploy("1.2.0")).rejects.toThrow("edge-1 cannot be reached");
    await r.lab.machine("edge-1").boot();
    await r.lab.machine("edge-1").untilReachable(8080);
    const load = new Load(r.lab.urls, 200);
    await expect.poll(() => load.seen.answered, { timeout: 60_000 }).toBeGreaterThan(500);
    const { lost, byVersion } = await load.stop();
    expect(lost).toEqual([]);
    expect(Object.keys(byVersion).sort()).toEqual(["1.0.0", "1.1.0"]);
  });

  it("give it the weights that it missed, before anything is placed where it sent requests", async () => {
    const load = new Load(r.lab.urls, 200);
    const release = await r.deploy("1.2.0");
    expect(await r.weights()).toEqual({
      "edge-1": { blue: 0, green: 100 },
      "edge-2": { blue: 0, green: 100 },
    });
    const { code, log } = await r.promote(release);
    expect(code, log).toBe(0);
    expect(log).not.toContain("without edge-1");
    const { lost, byVersion } = await load.stop();
    expect(lost).toEqual([]);
    expect(byVersion["1.2.0"]).toBeGreaterThan(100);
  });
});
