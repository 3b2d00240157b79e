import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { ShadowSettings } from "../../../../lib/environment/environment.ts";
import { EMPTY_STATE } from "../../../../lib/rollout/state.ts";
import { LocalTarget } from "../../../../lib/targets/local/local-target.ts";
import { endOrphans } from "../../../../lib/targets/local/orphans.ts";
import { type LocalSite, localSite, RUNNER } from "../../../support/local-site.ts";
import { isAlive, until } from "../../../support/until.ts";
import { expectCode } from "../contract.ts";

const TIMEOUT_MS = 60_000;

/** What a command of the test service's release is made of: Node, and a program on its command line. */
const node = (program: string, ...words: string[]): string[] => ["node", "-e", program, ...words];

/** The tests share a site: 1.0.0 serves on blue, and 1.1.0 stands on green. */
describe("a command beside stable, on a local site", () => {
  let local: LocalSite;
  let token: number;

  beforeAll(async () => {
    local = await localSite();
    const { target } = local;
    token = (await target.acquire(RUNNER, 3_600_000)).token;
    const release = await local.pack("1.0.0");
    await target.place(release, "blue", token);
    await target.route({ blue: 100, green: 0 }, token);
    const { version } = await target.read();
    await target.write({ ...EMPTY_STATE, stable: { slot: "blue", release } }, version, token);
    await target.place(await local.pack("1.1.0"), "green", token);
  });
  afterAll(() => local[Symbol.asyncDispose]());

  /** As an environment file with this `service.shadow` would. */
  function beside(run: string[], more: Partial<ShadowSettings> = {}) {
    const { environment } = local;
    const none: Omit<ShadowSettings, "run"> = {
      env: {},
      timeoutMs: TIMEOUT_MS,
      onInconclusive: "fail",
    };
    const service = { ...environment.service, shadow: { ...none, run, ...more } };
    const target = new LocalTarget({ ...environment, service });
    return (signal?: AbortSignal, holding = token) =>
      target.shadow("green", "blue", holding, signal);
  }

  it("runs in the candidate's folder and knows both, with an environment of its own at low priority", async () => {
    const words = ["slot", "port", "version", "stable-slot", "stable-port", "stable-metrics-port"];
    const program = `console.log(JSON.stringify({ argv: process.argv.slice(1), env: Object.keys(process.env).sort(),
      mine: process.env.MINE, nice: os.getPriority(), own: JSON.parse(fs.readFileSync("service/service.json")).version,
      stable: JSON.parse(fs.readFileSync(process.env.STABLE + "/service/service.json")).version }))`;
    const run = beside(node(program, ...words.map((word) => `{${word}}`)), {
      env: { MINE: "{stable-version}", STABLE: "{stable-folder}" },
    });
    const [ran, ...others] = await run();
    expect(others).toEqual([]);
    expect(ran).toMatchObject({ instance: "green-1", end: { how: "exited", code: 0 } });
    const said = JSON.parse(ran?.lastLines ?? "");
    const { slots } = await local.target.status();
    const portOf = (url = "http://0:0") => new URL(url).port;
    const [green, blue] = [slots.green.instances[0], slots.blue.instances[0]];
    expect(said.argv).toEqual([
      ...["green", portOf(green?.url), "1.1.0"],
      ...["blue", portOf(blue?.url), portOf(blue?.metricsUrl)],
    ]);
    expect(said).toMatchObject({ mine: "1.0.0", own: "1.1.0", stable: "1.0.0" });
    expect(said.nice).toBeGreaterThanOrEqual(10);
    // Nothing of the service's own environment, nor of the job's.
    expect(said.env).not.toContain("METRICS_PORT");
    expect(said.env.filter((name: string) => /TOKEN|SECRET|VITEST|GITHUB/.test(name))).toEqual([]);
  });

  it("says how it ended, and what it wrote last", async () => {
    const run = beside(node("console.error('nothing to see'); process.exit(3)"));
    expect(await run()).toMatchObject([
      { end: { how: "exited", code: 3 }, lastLines: "nothing to see" },
    ]);
  });

  it("that is no program is one that failed", async () => {
    expect(await beside(["no-such-program"])()).toMatchObject([
      { end: { how: "exited", code: 127 } },
    ]);
  });

  it("is refused to a runner that does not hold the lease", async () => {
    await expectCode(beside(node("0"))(undefined, token + 1), "lease-lost");
  });

  /** Starts a process that outlives it, notes both, and waits. */
  const lingering = (file: string) => [
    ...["sh", "-c", 'trap "" TERM; sleep 600 & echo "$$ $!" >"$0.new"; mv "$0.new" "$0"; wait'],
    file,
  ];
  const pidsIn = async (file: string): Promise<number[]> => {
    const text = await until("it has begun", () => existsSync(file) && readFileSync(file, "utf8"));
    return text.split(" ").map(Number);
  };
  const allGone = (pids: number[]) => expect.poll(() => pids.filter(isAlive)).toEqual([]);

  let files = 0;
  const fresh = () => {
    files += 1;
    return join(local.folder, `pids-${files}`);
  };

  it("is ended after its time with all that it started, though it does not listen", async () => {
    const file = fresh();
    const running = beside(lingering(file), { timeoutMs: 10_000 })();
    const pids = await pidsIn(file);
    expect(await running).toMatchObject([{ end: { how: "too-late" } }]);
    await allGone(pids);
  });

  it("is ended when its runner goes away", async () => {
    const file = fresh();
    const runner = new AbortController();
    const running = beside(lingering(file))(runner.signal).catch((error: unknown) => error);
    const pids = await pidsIn(file);
    runner.abort(new Error("the runner is gone"));
    await running;
    await allGone(pids);
  });

  it("is ended by the next supervisor when its own was killed, and stable goes on", async () => {
    const file = fresh();
    const running = beside(lingering(file))().catch((error: unknown) => error);
    const pids = await pidsIn(file);
    await killSupervisor();
    await running;
    expect(pids.every(isAlive)).toBe(true);
    await local.restart();
    await allGone(pids);
    expect((await local.target.status()).slots.blue.instances[0]?.healthy).toBe(true);
  });

  it("is not run where nothing stands beside it, or where nothing is to run", async () => {
    await local.target.route({ blue: 0, green: 100 }, token);
    await local.target.retire("blue", token);
    expect(await beside(node("0"))()).toMatchObject([{ end: { how: "alone" } }]);
    await local.target.route({ blue: 0, green: 0 }, token);
    await local.target.retire("green", token);
    await expectCode(beside(node("0"))(), "refused");
  });

  it("is ended by who clears up after a supervisor that was killed", async () => {
    const file = fresh();
    await local.target.place(await local.pack("1.2.0"), "blue", token);
    await local.target.place(await local.pack("1.3.0"), "green", token);
    const running = beside(lingering(file))().catch((error: unknown) => error);
    const pids = await pidsIn(file);
    await killSupervisor();
    await running;
    await endOrphans(local.environment.target.site, 5_000);
    await allGone(pids);
  });

  async function killSupervisor(): Promise<void> {
    const { pid } = local.site.info;
    process.kill(pid, "SIGKILL");
    await until("the supervisor is gone", () => !isAlive(pid));
  }
});
