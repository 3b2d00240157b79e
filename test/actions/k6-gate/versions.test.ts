import { writeFileSync } from "node:fs";
import { mkdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { readEnvironment } from "../../../lib/environment/read.ts";
import { EMPTY_STATE } from "../../../lib/rollout/state.ts";
import { type Site, startSite } from "../../../lib/targets/local/site.ts";
import { openTarget } from "../../../lib/targets/open.ts";
import type { PlaceableRelease, Target } from "../../../lib/targets/target.ts";
import { processesBelow } from "../../support/processes-below.ts";
import { packService, type ServiceBehaviour } from "../../support/service-archive.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";
import { BRIEF, HOWEVER_UNLIKE, ORDERS, run, script } from "./support.ts";

/** A site whose stable release the gate has to start again, away from its traffic. */
describe("versions that the gate starts itself", () => {
  let workspace: string;
  let temporary: string;
  let remove: () => Promise<void>;
  let site: Site;
  let target: Target;

  beforeAll(async () => {
    ({ path: workspace, remove } = await temporaryFolder());
    await mkdir(join(workspace, "environments"));
    writeFileSync(
      join(workspace, "environments/test.yaml"),
      `
name: test
service:
  name: service
  start: [node, service/main.ts]
  env: { HOST: "{host}", PORT: "{port}", METRICS_PORT: "{metrics-port}", SLOT: "{slot}", VERSION: "{version}" }
  health: { path: /health, deadline: 60s, every: 25ms }
  drain: 10s
target: { kind: local, site: ${JSON.stringify(join(workspace, "site"))}, listen: "127.0.0.1:0" }
rollout: { strategy: canary, steps: [100], interval: 1s }
`,
    );
    const environment = await readEnvironment(join(workspace, "environments/test.yaml"));
    site = await startSite(environment);
    // A folder of our own, so that another gate on this machine is not taken for what ours left behind.
    temporary = join(workspace, "tmp");
    await mkdir(temporary);
    vi.stubEnv("TMPDIR", temporary);
    target = await openTarget(environment);
    script(workspace, "orders.ts", ORDERS);
  });
  afterAll(async () => {
    vi.unstubAllEnvs();
    await site.close();
    await remove();
  });

  const gate = (release: PlaceableRelease, more: Record<string, string> = {}) =>
    run(workspace, {
      path: "orders.ts",
      "environment-file": "environments/test.yaml",
      archive: release.archivePath,
      digest: release.digest,
      ...BRIEF,
      ...more,
    });
  const pack = (version: string, behaviour: ServiceBehaviour = {}) =>
    packService(workspace, version, behaviour);
  const mine = () => processesBelow(temporary);

  it("are one alone when there is no stable release yet: thresholds, and the reason says so", async () => {
    const ran = await gate(await pack("1.0.0"));
    expect(ran).toMatchObject({ code: 0, gate: { outcome: "passed" } });
    expect(ran.gate.reason).toContain("nothing: no release is stable at test yet");
    expect(mine()).toEqual([]);
  });

  it("are the candidate and the stable release, both fresh and both gone afterwards", async () => {
    const stable = await pack("1.0.0");
    const { token } = await target.acquire({ key: "test", description: "test" }, 60_000);
    await target.place(stable, "blue", token);
    await target.route({ blue: 100, green: 0 }, token);
    const { version } = await target.read();
    const { archivePath: _, ...release } = stable;
    await target.write({ ...EMPTY_STATE, stable: { slot: "blue", release } }, version, token);
    await target.release(token);
    const before = await site.counters();
    // A busy machine may leave it undecided; that is asked about, and is no failure.
    const busy = { "on-inconclusive": "ask", ...HOWEVER_UNLIKE };
    const ran = await gate(await pack("1.1.0"), busy);
    expect(ran.log).toMatch(/baseline 1\.0\.0 .* is healthy at/);
    expect(ran.code, ran.log).toBe(0);
    expect(JSON.parse(ran.outputs.ratios ?? "")["orders.ts"].p50.ratio).toBeGreaterThan(0);
    expect(mine()).toEqual([]);
    const after = await site.counters();
    expect({ ...after, atMs: 0 }).toEqual({ ...before, atMs: 0 });
  });

  it("are others in each round, and all of them are gone afterwards", async () => {
    const more = { rounds: "4", duration: "3200ms", "max-duration": "3200ms" };
    const ran = await gate(await pack("1.1.1"), { ...more, "on-inconclusive": "ask" });
    expect(ran.code, ran.log).toBe(0);
    const urls = [...ran.log.matchAll(/is healthy at (\S+)/g)].map(([, url]) => url);
    expect(urls).toHaveLength(8);
    expect(ran.log).toContain("round 4 of at most 4");
    const report = JSON.parse(await readFile(join(workspace, "k6-gate/report.json"), "utf8"));
    expect(report.scripts[0].rounds).toHaveLength(4);
    expect(report.scripts[0].ratios.map(({ metric }: { metric: string }) => metric)).toContain(
      "p50",
    );
    expect(mine()).toEqual([]);
  });

  it("fail the gate when the candidate does not become healthy, and nothing stays", async () => {
    const ran = await gate(await pack("1.2.0", { exitAtStart: 3 }));
    expect(ran).toMatchObject({ code: 1, gate: { outcome: "failed" } });
    expect(ran.gate.reason).toContain("candidate exited with code 3");
    expect(mine()).toEqual([]);
  });

  it("fail the gate when the candidate answers with errors", async () => {
    // It ends when it is sure, which is later where blocks are spoilt by a busy machine.
    const ran = await gate(await pack("1.3.0", { errorShare: 0.3 }), { "max-duration": "20s" });
    expect(ran.gate.outcome).toBe("failed");
    expect(ran.gate.reason).toContain("error-rate is");
  });

  it("fail the gate when the candidate dies under the load", async () => {
    script(
      workspace,
      "deadly.js",
      ORDERS.replace(
        '__ENV.BASE_URL + "/"',
        '__ENV.BASE_URL + (__ENV.SLUICE_ARM === "candidate" ? "/fault/die" : "/")',
      ),
    );
    const ran = await gate(await pack("1.3.1"), { path: "deadly.js" });
    expect(ran).toMatchObject({ code: 1, gate: { outcome: "failed" } });
    expect(ran.gate.reason).toMatch(
      /candidate was ended by SIGKILL under the load|^candidate: each/,
    );
    expect(mine()).toEqual([]);
  });

  it("are refused when the archive is not the promised bytes", async () => {
    const [good, other] = [await pack("1.4.0"), await pack("1.5.0")];
    const ran = await gate({ ...good, digest: other.digest });
    expect(ran.log).toContain("digest-mismatch");
    expect(mine()).toEqual([]);
  });
});
