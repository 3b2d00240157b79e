import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { fakeTree, KERNEL } from "../../lib/host-tune/tree.ts";
import { runAction } from "../../support/action-process.ts";

let fake: Awaited<ReturnType<typeof fakeTree>>;
beforeEach(async () => {
  fake = await fakeTree({ ...KERNEL, "proc/self/status": "Cpus_allowed_list:\t0-7\n" });
});
afterEach(() => fake.remove());

const tune = (mode: string, inputs: Record<string, string> = {}) =>
  runAction("host-tune", {
    workspace: fake.root,
    inputs: {
      mode,
      profile: "s1",
      root: fake.root,
      "state-file": join(fake.root, "before.json"),
      ...inputs,
    },
  });

it("plans, applies, finds the one key that drifted, and puts everything back", async () => {
  const planned = await tune("plan");
  expect(planned.code, planned.log).toBe(0);
  expect(JSON.parse(planned.outputs.drift ?? "")).toHaveLength(4);
  expect(JSON.parse(planned.outputs.cpus ?? "")).toEqual({
    housekeeping: "0",
    engine: "1-7",
    exclusive: true,
    node: null,
  });
  expect((await tune("verify")).code).toBe(1);
  const applied = await tune("apply");
  expect(applied.code, applied.log).toBe(0);
  expect(JSON.parse(applied.outputs.changes ?? "")).toHaveLength(4);
  expect((await tune("verify")).code).toBe(0);
  await fake.write("proc/sys/net/core/rmem_max", "1\n");
  const drifted = await tune("verify");
  expect(drifted.code).toBe(1);
  expect(drifted.log).toContain("net.core.rmem_max is 1, not 134217728");
  expect(JSON.parse(drifted.outputs.gate ?? "").outcome).toBe("failed");
  expect(drifted.summary).toContain("net.core.rmem\\_max");
  expect((await tune("revert")).code).toBe(0);
  for (const [path, text] of Object.entries(KERNEL)) expect(await fake.read(path)).toBe(text);
});

it("tunes only what was chosen, and refuses a choice of nothing", async () => {
  const chosen = await tune("apply", { only: "net.core.*" });
  expect(JSON.parse(chosen.outputs.changes ?? "")).toHaveLength(2);
  const none = await tune("apply", { only: "vm.*" });
  expect(none.code).toBe(1);
  expect(none.log).toContain("names no key of s1");
});

it("names what this kernel lacks, and fails nothing for it", async () => {
  const { code, outputs } = await tune("apply", { profile: "low-latency" });
  expect(code).toBe(0);
  expect(JSON.parse(outputs.missing ?? "")).toContain("kernel.nmi_watchdog");
});

it("takes values of the user's own, and refuses what this kernel has not, or cannot mean", async () => {
  const applied = await tune("apply", { set: "net.core.rmem_max=1048576" });
  expect(applied.code, applied.log).toBe(0);
  expect(await fake.read("proc/sys/net/core/rmem_max")).toBe("1048576");
  const unknown = await tune("apply", { set: "net.core.rmem_maxx=1" });
  expect(unknown.code).toBe(1);
  expect(unknown.log).toContain("this kernel has no key net.core.rmem_maxx");
  expect(unknown.log).toContain("did you mean net.core.rmem_max?");
  const cpus = await tune("plan", { "engine-cpus": "2-99" });
  expect(cpus.code).toBe(1);
  expect(cpus.log).toContain("given 2-99; accepted: some of 0-7");
});

it("divides the CPUs as it was told to, and says what only a boot can change", async () => {
  await fake.write("proc/irq/24/smp_affinity_list", "0-7\n");
  await fake.write("proc/cmdline", "quiet isolcpus=4-7\n");
  const planned = await tune("plan", { profile: "low-latency", "engine-cpus": "4-7" });
  expect(planned.code, planned.log).toBe(0);
  expect(JSON.parse(planned.outputs.cpus ?? "")).toMatchObject({
    housekeeping: "0-3",
    engine: "4-7",
  });
  expect(JSON.parse(planned.outputs.boot ?? "")).toEqual([
    { name: "isolcpus", wanted: "4-7", found: "4-7", state: "as-wanted" },
    { name: "nohz_full", wanted: "4-7", found: null, state: "missing" },
    { name: "rcu_nocbs", wanted: "4-7", found: null, state: "missing" },
  ]);
  const keys = (JSON.parse(planned.outputs.drift ?? "[]") as Array<{ key: string }>).map(
    ({ key }) => key,
  );
  expect(keys).toContain("irq-affinity 24");
});
