import { execFileSync } from "node:child_process";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { parseContents } from "../../../lib/host-tune/contents.ts";
import { PROFILE_NAMES } from "../../../lib/host-tune/profile.ts";
import { filesToRead, verify } from "../../../lib/host-tune/verify.ts";
import { fakeTree, KERNEL } from "./tree.ts";

const HOST: Record<string, string> = {
  ...KERNEL,
  "proc/self/status": "Name:\tx\nCpus_allowed_list:\t0\n",
  "proc/cmdline": "quiet isolcpus=1-3 nohz_full=1-3\n",
  "sys/devices/system/cpu/isolated": "1-3\n",
  "sys/devices/system/node/node0/cpulist": "0-3\n",
  "proc/irq/0/smp_affinity_list": "0-3\n",
  "proc/irq/24/smp_affinity_list": "0\n",
  "proc/irq/default_smp_affinity": "f\n",
};

let fake: Awaited<ReturnType<typeof fakeTree>>;
beforeEach(async () => {
  fake = await fakeTree(HOST);
});
afterEach(() => fake.remove());

describe("verifying a host from what its files held", () => {
  it("names what differs, what is missing, and which CPUs do what", async () => {
    const found = verify("low-latency", new Map(Object.entries(HOST)));
    expect(found.cpus).toEqual({
      housekeeping: [0],
      engine: [1, 2, 3],
      exclusive: true,
      node: 0,
    });
    expect(found.drift.map(({ key, found }) => [key, found])).toEqual([
      ["thp", "madvise"],
      ["governor cpu0", "powersave"],
      ["governor cpu10", "powersave"],
      ["irq-affinity 0", "0-3"],
      ["irq-affinity-default", "0-3"],
    ]);
    expect(found.missing).toContain("net.core.busy_read");
    expect(found.boot.map(({ name, state }) => [name, state])).toEqual([
      ["isolcpus", "as-wanted"],
      ["nohz_full", "as-wanted"],
      ["rcu_nocbs", "missing"],
    ]);
  });

  it("does not call drift what an earlier apply found to be immovable", () => {
    const kept = ["proc/irq/0/smp_affinity_list"];
    const { drift } = verify("low-latency", new Map(Object.entries(HOST)), { kept });
    expect(drift.map(({ key }) => key)).not.toContain("irq-affinity 0");
  });

  it("takes the engine's CPUs from whoever chose them", () => {
    const { cpus, drift } = verify("low-latency", new Map(Object.entries(HOST)), {
      engineCpus: [3],
    });
    expect(cpus?.housekeeping).toEqual([0, 1, 2]);
    expect(drift.find(({ key }) => key === "irq-affinity 0")?.wanted).toBe("0-2");
  });

  it.each(PROFILE_NAMES)(
    "reads a host that has only sh as well as one with Node: %s",
    async (name) => {
      const files = filesToRead(name);
      const printed = execFileSync("sh", ["-c", `grep -sH '' ${files.join(" ")} || true`], {
        cwd: fake.root,
        encoding: "utf8",
      });
      expect(verify(name, parseContents(printed))).toEqual(
        verify(name, await fake.tree.contents(files)),
      );
    },
  );

  it("knows nothing of CPUs where the host does not say which may be used", () => {
    const found = verify("low-latency", new Map());
    expect(found.cpus).toBeNull();
    expect(found.drift).toEqual([]);
  });
});
