import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Load } from "./load.ts";
import { type Releasing, ROLLING, releasing } from "./releasing.ts";

/** Three hosts, of which the second is the barrier; the tests build on one another. */
describe("a rolling release", () => {
  let r: Releasing;
  beforeAll(async () => {
    r = await releasing(1, 3, ROLLING);
    const { code, log } = await r.promote(await r.deploy("1.0.0"));
    expect(code, log).toBe(0);
  });
  afterAll(() => r?.close());

  /** What HAProxy has for each server, as `engine-1-blue`. */
  const servers = async (): Promise<Record<string, number>> => {
    const text = await r.lab.on(
      "edge-1",
      `echo 'show servers state engine' | socat -t 60 - UNIX-CONNECT:${r.lab.environment.target.socket} | awk 'NF > 7 && $1 != "#" { print $4, $8 }'`,
    );
    const rows = [...text.matchAll(/(\S+) (\d+)/g)];
    return Object.fromEntries(rows.map(([, name = "", weight]) => [name, Number(weight)]));
  };
  const over = async () =>
    Object.entries(await servers())
      .filter(([name, weight]) => name.endsWith("-green") && weight > 0)
      .map(([name]) => name.slice(0, "engine-1".length));

  it("takes the barrier host first and one after the other then, each judged, and loses nothing", async () => {
    const load = new Load(r.lab.urls, 500);
    const promoting = r.startPromoting(await r.deploy("1.1.0"));
    await expect.poll(servers, { timeout: 60_000 }).toEqual({
      "engine-1-blue": 100,
      "engine-1-green": 0,
      "engine-2-blue": 0,
      "engine-2-green": 100,
      "engine-3-blue": 100,
      "engine-3-green": 0,
    });
    await expect.poll(over, { timeout: 60_000 }).toEqual(["engine-1", "engine-2"]);
    const { code, log } = await promoting.ended;
    expect(code, log).toBe(0);
    expect((await load.stop()).lost).toEqual([]);
    const { value } = await r.target.read();
    expect(
      value.rollout?.steps.map(({ weightPercent, outcome }) => [weightPercent, outcome]),
    ).toEqual([
      [33, "passed"],
      [67, "passed"],
      [100, "passed"],
    ]);
  });

  it("takes a bad one off the barrier host, and no other host has served it", async () => {
    const load = new Load(r.lab.urls, 500);
    const { code, outputs } = await r.promote(await r.deploy("1.2.0", { errorShare: 0.5 }));
    expect(code).toBe(1);
    expect(outputs.outcome).toBe("rolled-back");
    expect((await load.stop()).lost).toEqual([]);
    const { value } = await r.target.read();
    expect(value.rollout?.steps.map(({ weightPercent }) => weightPercent)).toEqual([33]);
    expect(new Set(Object.values(await servers()))).toEqual(new Set([0, 100]));
    expect(await over()).toEqual(["engine-1", "engine-2", "engine-3"]);
  });

  it("starts a release on no other host when the barrier host finds it sick", async () => {
    const started = (host: string) =>
      r.lab.on(host, "journalctl -q -o cat -u engine@blue | grep -c Started || true");
    const before = await started("engine-1");
    await expect(r.deploy("1.3.0", { exitAtStart: 3 })).rejects.toThrow("engine-2-blue");
    expect(await started("engine-1")).toBe(before);
    expect(await started("engine-3")).toBe(before);
  });
});
