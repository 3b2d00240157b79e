import { existsSync } from "node:fs";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readEnvironment } from "../../../lib/environment/read.ts";
import { LocalTarget } from "../../../lib/targets/local/local-target.ts";
import { type Site, startSite } from "../../../lib/targets/local/site.ts";
import type { PlaceableRelease } from "../../../lib/targets/target.ts";
import { type OrderFlow, startOrderFlow } from "../../../rehearsal/scenario/order-flow.ts";
import { runAction, startAction } from "../../support/action-process.ts";
import { lendPackages, packEngine } from "../../support/engine-release.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";
import { isAlive, until } from "../../support/until.ts";

const ORDERS_PER_SECOND = 300;
/** Longer than a busy machine stands still. */
const LEASE_MS = 8_000;
/** Its first orders wait for caches that fill; after them it is as quick as one that has served all day. */
const COLD = { coldMs: 60, coldOrders: 200 };

const environmentOf = (site: string, baseline: string) => `
name: cold
verify: off
service:
  name: engine
  start: [node, engine/main.ts]
  env: { HOST: "{host}", PORT: "{port}", METRICS_PORT: "{metrics-port}", SLOT: "{slot}", VERSION: "{version}" }
  health: { path: /health, deadline: 30s, every: 50ms }
  metrics: { latency: { metric: http_request_duration_seconds } }
  drain: 5s
target: { kind: local, site: ${JSON.stringify(site)}, listen: "127.0.0.1:0" }
rollout: { steps: [20, 50, 100], interval: 6s, sample: 250ms, lease: ${LEASE_MS}ms, deadline: 40s, min-requests: 50 }
verdict: { baseline: ${baseline}, warm-up: { latency: 0s }, weights: { latency: 50% }, assumed-clump: 1 }
`;

/** One story: the engine of a cold start that serves in the end was promoted beside fresh processes of the first. */
describe("an engine that is slow until its caches are full", { timeout: 180_000 }, () => {
  let workspace: string;
  let site: Site;
  let target: LocalTarget;
  let flow: OrderFlow;
  let remove: () => Promise<void>;

  beforeAll(async () => {
    ({ path: workspace, remove } = await temporaryFolder());
    lendPackages(workspace);
    await mkdir(join(workspace, "environments"));
    for (const baseline of ["stable", "fresh"]) {
      const text = environmentOf(join(workspace, "site"), baseline);
      await writeFile(join(workspace, fileOf(baseline)), text);
    }
    const environment = await readEnvironment(join(workspace, fileOf("fresh")));
    site = await startSite(environment);
    target = new LocalTarget(environment);
    const first = await deployed("1.0.0", COLD);
    const { code, log } = await promoting(first, "fresh").ended;
    expect(code, log).toBe(0);
    flow = startOrderFlow(site.url, ORDERS_PER_SECOND, () => {});
    await warm();
  }, 120_000);
  afterAll(async () => {
    await flow?.stop();
    await site?.close();
    await remove?.();
  });

  const fileOf = (baseline: string) => `environments/${baseline}.yaml`;

  async function deployed(version: string, fault: Record<string, number>) {
    const release = await packEngine(workspace, version, fault);
    const { archivePath: archive, digest, commit } = release;
    const inputs = { "environment-file": fileOf("fresh"), archive, digest, version, commit };
    const { code, log } = await runAction("deploy", { workspace, inputs });
    expect(code, log).toBe(0);
    return release;
  }

  function promoting({ digest }: PlaceableRelease, baseline: string) {
    const inputs = { "environment-file": fileOf(baseline), digest };
    return startAction("canary-promote", { workspace, inputs });
  }

  /** Stable has served its cold orders, and enough since that its past shows how quick it is now. */
  async function warm(): Promise<void> {
    const served = flow.latest().total.requests + 10 * COLD.coldOrders;
    await until("stable is warm", () => flow.latest().total.requests >= served, 60_000);
  }

  /** The fresh process of stable, once all three have traffic. */
  async function baselineProcess(): Promise<number> {
    await until("all three have traffic", async () => (await target.status()).weights.baseline);
    return (await target.status()).slots.baseline?.instances[0]?.pid ?? 0;
  }

  async function onlyStable(version: string): Promise<void> {
    const { weights, slots } = await target.status();
    const standing = [slots.blue, slots.green].filter(({ instances }) => instances.length > 0);
    expect(standing.map(({ release }) => release?.version)).toContain(version);
    expect(Object.values(weights).sort()).toEqual([0, 100]);
    expect(slots.baseline).toBeUndefined();
  }

  it("is taken for a worse one beside the warm processes of stable, though it is the same", async () => {
    const same = await deployed("1.1.0", COLD);
    const { outputs, log } = await promoting(same, "stable").ended;
    expect(outputs.outcome, log).not.toBe("promoted");
    expect(JSON.parse(outputs.rollout ?? "").steps.at(-1).explanation).toContain("Slower than");
    await onlyStable("1.0.0");
  });

  it("takes its traffic back and ends the fresh processes too, when its runner is killed with SIGKILL", async () => {
    const same = await deployed("1.2.0", COLD);
    const runner = promoting(same, "fresh");
    const pid = await baselineProcess();
    expect(isAlive(pid)).toBe(true);
    const before = flow.latest().total;
    runner.child.kill("SIGKILL");
    await runner.ended;
    await until("the lease ran out", async () => !(await target.status()).weights.baseline);
    await until("the fresh process is gone", () => !isAlive(pid));
    await until("its slot is empty", async () => !(await target.status()).slots.baseline);
    await onlyStable("1.0.0");
    const { rollout } = (await target.read()).value;
    expect(rollout).toMatchObject({ phase: "finished", outcome: "failed", baseline: "gone" });
    await sleep(500);
    expect(flow.latest().total.lost).toBe(before.lost);
  });

  it("is still rolled back beside fresh processes when it really is slower, by a second runner when the first was killed", async () => {
    const slow = await deployed("1.3.0", { ...COLD, latencyMs: 30 });
    const killed = promoting(slow, "fresh");
    const pid = await baselineProcess();
    killed.child.kill("SIGKILL");
    await killed.ended;
    const runner = promoting(slow, "fresh");
    await runner.shows("going on with the rollout that was stepping");
    expect(await baselineProcess()).toBe(pid);
    const { outputs, log, summary } = await runner.ended;
    expect(outputs.outcome, log).toBe("rolled-back");
    expect(log).toContain("of fresh stable's");
    expect(summary).toContain("Fresh stable failed");
    expect(isAlive(pid)).toBe(false);
    await onlyStable("1.0.0");
  });

  it("is promoted beside processes that are as cold, and no order is lost on the way", async () => {
    const same = await deployed("1.4.0", COLD);
    const { outputs, log } = await promoting(same, "fresh").ended;
    expect(outputs.outcome, log).toBe("promoted");
    expect(log).toContain("beside fresh processes of stable with 20 % → 50 % → 0 %");
    const { plan, steps } = JSON.parse(outputs.rollout ?? "");
    expect(plan.baseline).toBe("fresh");
    expect(steps.map((step: { baselineWeight: number }) => step.baselineWeight)).toEqual([
      20, 50, 0,
    ]);
    await onlyStable("1.4.0");
    const { losses, total } = await flow.stop();
    expect(losses).toEqual([]);
    expect(total.failed).toBe(0);
    await recordsBothAsArms(outputs.trace ?? "");
  });

  /** Past lines are stable's own; from the first weight on, the baseline of the trace is the fresh process. */
  async function recordsBothAsArms(path: string): Promise<void> {
    expect(existsSync(path)).toBe(true);
    const lines = (await readFile(path, "utf8")).trim().split("\n");
    // On a busy machine a scrape may come too late, and is null.
    const trace = lines.map((line) => JSON.parse(line)).filter(({ baseline }) => baseline !== null);
    const last = trace.findLast(({ weight }) => weight === 0);
    const first = trace.find(({ weight }) => weight > 0);
    expect(first.baseline.requests).toBeLessThan(last.baseline.requests);
    const compared = trace.findLast(({ weight, candidate }) => weight === 0.2 && candidate);
    const ratio = compared.candidate.requests / compared.baseline.requests;
    expect(ratio).toBeGreaterThan(0.7);
    expect(ratio).toBeLessThan(1.4);
  }
});
