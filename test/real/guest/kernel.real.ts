import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { formatCpuList, parseCpuList } from "../../../lib/host-tune/cpu-set.ts";
import { PROFILE_NAMES } from "../../../lib/host-tune/profile.ts";
import { until } from "../../support/until.ts";
import type { Finding } from "./every-key.ts";
import { type Guest, SLUICE, startGuest } from "./guest.ts";
import { putSlot } from "./slot.ts";
import { TELL_THREADS, type Thread, threadsIn } from "./where.ts";

const ENGINE = [1, 2, 3];
/** A CPU that is emulated on a busy machine is slow. */
const LIMIT_MS = 480_000;
/** What there is to see of the engine's unit when it does not do what is waited for. */
const TELL_UNIT =
  "date; systemctl show engine@blue -p ActiveState,SubState,MainPID,NRestarts,WatchdogUSec,WatchdogTimestamp,NotifyAccess,ControlGroup; " +
  "ps -eo pid,ppid,stat,psr,etimes,args | grep -E 'engine|sluice|sleep|notify'; journalctl -q -o short-monotonic -u engine@blue -n 60";
const ENGINE_CPUS = formatCpuList(ENGINE);

/** One boot for all: it is what costs. */
describe("on a kernel of its own", { timeout: LIMIT_MS }, () => {
  const lacks = process.env.SLUICE_GUEST_LACKS ?? "";
  let guest: Guest;
  beforeAll(async () => {
    if (lacks !== "") return;
    const isolated = ["isolcpus", "nohz_full", "rcu_nocbs"].map((one) => `${one}=${ENGINE_CPUS}`);
    guest = await startGuest({ cpus: 4, boot: isolated.join(" ") });
  }, LIMIT_MS);
  beforeEach((context) => context.skip(lacks !== "", lacks));
  afterAll(() => guest?.close());

  const tune = (mode: string, inputs: Record<string, string> = {}, before = "") => {
    const all = { mode, profile: "low-latency", ...inputs };
    const env = Object.entries(all).map(
      ([name, value]) => `'INPUT_${name.toUpperCase()}=${value}'`,
    );
    return guest.run(
      `cd ${SLUICE} && ${before} env GITHUB_WORKSPACE=/tmp ${env.join(" ")} node scripts/run-action.ts host-tune`,
    );
  };
  const must = (command: string) => guest.must(command);

  it("sets every key of every profile, names each that drifts, and puts all back byte for byte", async () => {
    const findings: Finding[] = JSON.parse(
      await must(
        `cd ${SLUICE} && node --disable-warning=ExperimentalWarning test/real/guest/every-key.ts`,
      ),
    );
    expect(findings.map(({ profile }) => profile)).toEqual(PROFILE_NAMES);
    for (const {
      profile,
      keys,
      missing,
      kept,
      driftAfterApply,
      named,
      left,
      compared,
    } of findings) {
      console.log(
        `${profile}: ${keys.length} keys; lacking here: ${missing.join(", ") || "none"}; kept by the hardware: ${kept.length}; compared after revert: ${compared} files`,
      );
      expect(driftAfterApply, profile).toEqual([]);
      // A machine that is emulated has no clock to govern.
      expect(
        missing.filter((key) => key !== "governor"),
        profile,
      ).toEqual([]);
      expect(
        kept.every((key) => key.startsWith("irq-affinity ")),
        profile,
      ).toBe(true);
      const movable = keys.filter((key) => !missing.includes(key) && !kept.includes(key));
      // An interrupt of one CPU's own cannot leave it, and a machine that is emulated has no counter for that watchdog.
      const isFixed = (key: string) =>
        key.startsWith("irq-affinity ") || key === "kernel.nmi_watchdog";
      const tried = movable.filter((key) => key in named || !isFixed(key));
      expect(named, profile).toEqual(Object.fromEntries(tried.map((key) => [key, [key]])));
      expect(left, profile).toEqual([]);
      expect(compared).toBeGreaterThan(300);
    }
  });

  it("does the same as an action: applied, verified, drifted, named, put back", async () => {
    const before = await must("sysctl -n vm.swappiness kernel.timer_migration");
    const applied = await tune("apply");
    expect(applied.code, applied.stdout).toBe(0);
    expect(applied.stdout).toContain(`"engine":"${ENGINE_CPUS}"`);
    expect(applied.stdout).toContain(
      '{"name":"isolcpus","wanted":"1-3","found":"1-3","state":"as-wanted"}',
    );
    const verified = await tune("verify");
    expect(verified.code, verified.stdout).toBe(0);
    await must("sysctl -q -w vm.swappiness=33");
    const drifted = await tune("verify");
    expect(drifted.code).toBe(1);
    expect(drifted.stdout).toContain("1 settings differ: vm.swappiness is 33, not 1");
    const reverted = await tune("revert");
    expect(reverted.code, reverted.stdout).toBe(0);
    expect(await must("sysctl -n vm.swappiness kernel.timer_migration")).toBe(before);
  });

  it.each([
    ["a key that does not exist", "net.core.somaxcon=1", "", "did you mean net.core.somaxconn?"],
    [
      "a value out of range",
      "vm.swappiness=900",
      "",
      "vm.swappiness cannot be made 900 (it is 60): EINVAL",
    ],
    [
      "a read-only /proc/sys",
      "vm.swappiness=1",
      "unshare --mount sh -c 'mount --bind /proc/sys /proc/sys && mount -o remount,ro,bind /proc/sys && exec \"$@\"' sh",
      "the folder is read-only here",
    ],
    [
      "somebody who is not root",
      "vm.swappiness=1",
      "setpriv --reuid=65534 --clear-groups",
      "needs root; this runs as uid 65534",
    ],
  ])(
    "refuses %s with the reason, and leaves everything as it was",
    async (_, set, before, message) => {
      const was = await must(
        "sysctl -a 2>/dev/null | grep -E '^(net|vm)\\.' | grep -v -E 'nr_|_count|stat_refresh|random'",
      );
      const { code, stdout, stderr } = await tune("apply", { set, only: "net.*" }, before);
      expect(code).toBe(1);
      expect(`${stdout}${stderr}`).toContain(message);
      expect(
        await must(
          "sysctl -a 2>/dev/null | grep -E '^(net|vm)\\.' | grep -v -E 'nr_|_count|stat_refresh|random'",
        ),
      ).toBe(was);
    },
  );

  describe("with an engine in its unit", () => {
    let threads: Thread[];
    let pid = 0;
    beforeAll(async () => {
      if (lacks !== "") return;
      await putSlot(guest, ENGINE_CPUS);
      await must("systemctl start engine@blue");
      const listening = "journalctl -q -o cat -u engine@blue | grep '\"listening\"'";
      await until(
        "the engine listens",
        async () => (await guest.run(listening)).code === 0,
        200_000,
      );
      pid = Number(await must("systemctl show -p MainPID --value engine@blue"));
      threads = threadsIn(await must(TELL_THREADS));
    }, LIMIT_MS);

    it("has its hot threads each on the CPU that the plan says", async () => {
      const hot = threads.filter(({ pid: of, allowed }) => of === pid && /^\d+$/.test(allowed));
      const cpus = new Set(hot.map(({ allowed }) => Number(allowed)));
      expect([...cpus].sort()).toEqual(ENGINE);
      for (const { allowed, cpu } of hot) expect(cpu).toBe(Number(allowed));
    });

    it("has nothing else on those CPUs, but what the kernel keeps on each", () => {
      const isOnEngine = ({ allowed }: Thread) =>
        (parseCpuList(allowed) ?? []).some((cpu) => ENGINE.includes(cpu));
      const others = threads.filter(({ pid: of, isKernel }) => of !== pid && !isKernel);
      expect(others.length).toBeGreaterThan(5);
      const there = others.filter(({ cpu }) => ENGINE.includes(cpu));
      const watch = there.filter(({ name }) => ["sluice-watch", "sleep"].includes(name));
      expect(there.filter((one) => !watch.includes(one))).toEqual([]);
      expect(
        others.filter(isOnEngine).filter(({ name }) => !["sluice-watch", "sleep"].includes(name)),
      ).toEqual([]);
      // A thread of the kernel is there only when it belongs to that one CPU.
      const kernel = threads.filter(({ isKernel, cpu }) => isKernel && ENGINE.includes(cpu));
      expect(kernel.filter(({ allowed }) => !/^\d+$/.test(allowed))).toEqual([]);
    });

    it("is held to its CPUs and limits by control groups and the kernel", async () => {
      const group = await must("systemctl show -p ControlGroup --value engine@blue");
      const effective = await must(
        `cat /sys/fs/cgroup${group.trim()}/cpuset.cpus.effective /sys/fs/cgroup${group.trim()}/memory.max`,
      );
      expect(effective.trim().split("\n")).toEqual([ENGINE_CPUS, `${512 * 1024 ** 2}`]);
      expect((await must("cat /sys/fs/cgroup/system.slice/cpuset.cpus.effective")).trim()).toBe(
        "0",
      );
      const limits = await must(`cat /proc/${pid}/limits`);
      expect(limits).toMatch(/^Max open files\s+1048576\s+1048576/m);
      expect(limits).toMatch(/^Max realtime priority\s+0\s+0/m);
      expect(limits).toMatch(/^Max core file size\s+0\s+0/m);
      expect(limits).toMatch(/^Max locked memory\s+1073741824\s+1073741824/m);
    });

    it("is started again by its watchdog when it hangs", async () => {
      const restarted = async () => {
        // To ask costs an emulated machine more than to restart.
        await sleep(1_000);
        return (await must("systemctl show -p NRestarts --value engine@blue")).trim() !== "0";
      };
      const main = Number(await must("systemctl show -p MainPID --value engine@blue"));
      expect(main, "the engine is the one that was started").toBe(pid);
      await must(`kill -STOP ${main}`);
      const again = await until("systemd starts it again", restarted, 300_000).catch(String);
      expect(again, await must(TELL_UNIT)).toBe(true);
      expect(await must("journalctl -q -o cat -u engine@blue")).toContain("Watchdog timeout");
    });
  });
});
