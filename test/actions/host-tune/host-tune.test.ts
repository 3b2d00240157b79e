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
