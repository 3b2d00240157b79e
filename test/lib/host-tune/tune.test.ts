import { access } from "node:fs/promises";
import { join } from "node:path";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { BeforeFile } from "../../../lib/host-tune/before.ts";
import { dividing } from "../../../lib/host-tune/dividing.ts";
import { parseOverrides } from "../../../lib/host-tune/overrides.ts";
import { plan } from "../../../lib/host-tune/plan.ts";
import { sysctl } from "../../../lib/host-tune/profile.ts";
import { PROFILES } from "../../../lib/host-tune/profiles.ts";
import { Tree } from "../../../lib/host-tune/tree.ts";
import { apply, revert } from "../../../lib/host-tune/tune.ts";
import { fakeTree, KERNEL } from "./tree.ts";

let fake: Awaited<ReturnType<typeof fakeTree>>;
let file: BeforeFile;
beforeEach(async () => {
  fake = await fakeTree(KERNEL);
  file = new BeforeFile(join(fake.root, "var/before.json"));
});
afterEach(() => fake.remove());

const contents = async () =>
  Object.fromEntries(
    await Promise.all(Object.keys(KERNEL).map(async (path) => [path, await fake.read(path)])),
  );
const planned = async (settings = PROFILES.s1.settings) =>
  plan(settings, await fake.tree.contents(settings.map(({ path }) => path)));

describe("tuning a host", () => {
  it("plans every key with its value and reason, and changes nothing", async () => {
    const found = await planned();
    expect(found.map(({ state }) => state)).toEqual(["differs", "differs", "differs", "differs"]);
    expect(found[2]).toMatchObject({
      key: "net.ipv4.tcp_rmem",
      found: "4096 131072 6291456",
      wanted: "4096 87380 134217728",
    });
    expect(await contents()).toEqual(KERNEL);
  });

  it("applies, reads back, and a second time has nothing to do", async () => {
    const { changes } = await apply(fake.tree, PROFILES.s1.settings, file);
    expect(changes).toHaveLength(4);
    expect((await planned()).every(({ state }) => state === "as-wanted")).toBe(true);
    expect((await apply(fake.tree, PROFILES.s1.settings, file)).changes).toEqual([]);
  });

  it("names the keys that this kernel lacks, and each CPU of a pattern", async () => {
    const found = await planned(PROFILES["low-latency"].settings);
    expect(found.find(({ key }) => key === "kernel.nmi_watchdog")?.state).toBe("missing");
    const governors = found.filter(({ key }) => key.startsWith("governor"));
    expect(governors.map(({ key, state }) => [key, state])).toEqual([
      ["governor cpu0", "differs"],
      ["governor cpu2", "as-wanted"],
      ["governor cpu10", "differs"],
    ]);
  });

  it("sees the one key that drifted", async () => {
    await apply(fake.tree, PROFILES.s1.settings, file);
    await fake.write("proc/sys/net/core/wmem_max", "4096\n");
    const drift = (await planned()).filter(({ state }) => state === "differs");
    expect(drift.map(({ key, found }) => [key, found])).toEqual([["net.core.wmem_max", "4096"]]);
  });

  it("goes back to what was there before the first change, also after a second profile", async () => {
    await apply(fake.tree, PROFILES.s1.settings, file);
    await apply(fake.tree, PROFILES.throughput.settings, file);
    await revert(fake.tree, file);
    const { "sys/kernel/mm/transparent_hugepage/enabled": _, ...rest } = KERNEL;
    expect(await contents()).toMatchObject(rest);
    expect(await revert(fake.tree, file)).toEqual([]);
  });

  it("leaves every file byte for byte as it was, whatever was in it", async () => {
    const blank = fc.constantFrom(" ", "\t");
    const numbers = fc.array(fc.nat(), { minLength: 1, maxLength: 3 });
    await fc.assert(
      fc.asyncProperty(numbers, blank, async (values, separator) => {
        const raw = `${values.join(separator)}\n`;
        await fake.write("proc/sys/net/core/rmem_max", raw);
        await apply(fake.tree, PROFILES.s1.settings, file);
        await revert(fake.tree, file);
        expect(await fake.read("proc/sys/net/core/rmem_max")).toBe(raw);
      }),
      { numRuns: 25 },
    );
  });

  it("puts back what it had changed when the kernel refuses one, and names that one", async () => {
    class Refusing extends Tree {
      override async write(path: string, raw: string): Promise<void> {
        if (path.endsWith("tcp_wmem")) throw new Error("EINVAL: invalid argument, write");
        await super.write(path, raw);
      }
    }
    const tree = new Refusing(fake.root);
    await expect(apply(tree, PROFILES.s1.settings, file)).rejects.toThrow(
      /net\.ipv4\.tcp_wmem cannot be made 4096 65536 134217728 .*EINVAL/,
    );
    expect(await contents()).toEqual(KERNEL);
    expect(await revert(fake.tree, file)).toEqual([]);
  });

  it("says so when a value was taken but is not there", async () => {
    class Deaf extends Tree {
      override async write(): Promise<void> {}
    }
    const tree = new Deaf(fake.root);
    await expect(apply(tree, [sysctl("net.core.rmem_max", "1", "why")], file)).rejects.toThrow(
      "is 212992 when read back",
    );
  });

  it("changes nothing when what was there before cannot be stored", async () => {
    const nowhere = new BeforeFile(join(fake.root, "proc/sys/net/core/rmem_max/before.json"));
    await expect(apply(fake.tree, PROFILES.s1.settings, nowhere)).rejects.toThrow();
    expect(await contents()).toEqual(KERNEL);
  });

  it("refuses a stored file that would write elsewhere", async () => {
    await file.write({ before: {}, kept: [] });
    for (const path of ["etc/passwd", "proc/sys/../../etc/passwd", "sys/./../etc/passwd"]) {
      const before = { [path]: "root::0:0::/:/bin/sh" };
      await fake.write("var/before.json", JSON.stringify({ schema: 1, before }));
      await expect(revert(fake.tree, file)).rejects.toThrow(
        "cannot be read as what was there before",
      );
    }
    await expect(access(join(fake.root, "etc/passwd"))).rejects.toThrow();
  });

  it("puts nothing back that was stored before the machine was booted", async () => {
    const earlier = new BeforeFile(join(fake.root, "var/before.json"), "boot 1");
    await apply(fake.tree, PROFILES.s1.settings, earlier);
    await fake.write("proc/sys/net/core/rmem_max", "5\n");
    const later = new BeforeFile(join(fake.root, "var/before.json"), "boot 2");
    expect(await revert(fake.tree, later)).toEqual([]);
    expect(await fake.read("proc/sys/net/core/rmem_max")).toBe("5\n");
  });

  it("goes on where the hardware keeps one interrupt, says which, and calls it no drift", async () => {
    class Keeping extends Tree {
      override async write(path: string, raw: string): Promise<void> {
        if (path === "proc/irq/0/smp_affinity_list") throw new Error("EIO: i/o error, write");
        await super.write(path, raw);
      }
    }
    await fake.write("proc/irq/0/smp_affinity_list", "0-3\n");
    await fake.write("proc/irq/24/smp_affinity_list", "0-3\n");
    const settings = dividing("0").filter(({ key }) => key === "irq-affinity");
    const { changes, kept } = await apply(new Keeping(fake.root), settings, file);
    expect(changes.map(({ key }) => key)).toEqual(["irq-affinity 24"]);
    expect(kept).toEqual(["proc/irq/0/smp_affinity_list"]);
    const contents = await fake.tree.contents(settings.map(({ path }) => path));
    const states = plan(settings, contents, (await file.read()).kept).map(({ state }) => state);
    expect(states).toEqual(["kept", "as-wanted"]);
    await revert(fake.tree, file);
    expect(await fake.read("proc/irq/24/smp_affinity_list")).toBe("0-3\n");
  });

  it("puts back what a setting displaced, and in the order that counts", async () => {
    const [ratio, bytes] = ["proc/sys/vm/dirty_ratio", "proc/sys/vm/dirty_bytes"];
    const other: Record<string, string> = { [ratio]: bytes, [bytes]: ratio };
    class Displacing extends Tree {
      override async write(path: string, raw: string): Promise<void> {
        await super.write(path, raw);
        const displaced = other[path];
        if (displaced) await super.write(displaced, "0\n");
      }
    }
    await fake.write(ratio, "0\n");
    await fake.write(bytes, "4096000\n");
    const tree = new Displacing(fake.root);
    const settings = PROFILES.throughput.settings.filter(({ key }) => key === "vm.dirty_ratio");
    await apply(tree, settings, file);
    expect(await fake.read(bytes)).toBe("0\n");
    await revert(tree, file);
    expect([await fake.read(ratio), await fake.read(bytes)]).toEqual(["0\n", "4096000\n"]);
  });

  it.each([
    ["EROFS: read-only file system, open", "EROFS", "read-only here, as in a container"],
    ["EACCES: permission denied, open", "EACCES", "run it as root"],
    ["EINVAL: invalid argument, write", "EINVAL", "give one that it takes"],
  ])("says what to do about %s", async (message, code, hint) => {
    class Refusing extends Tree {
      override async write(): Promise<void> {
        throw Object.assign(new Error(message), { code });
      }
    }
    const error = await apply(new Refusing(fake.root), PROFILES.s1.settings, file).catch(
      (one: unknown) => one,
    );
    expect(error).toMatchObject({
      code: "refused",
      message: `net.core.rmem_max cannot be made 134217728 (it is 212992): ${message}`,
      hint: expect.stringContaining(hint),
    });
  });

  it("names the values that a key offers when it does not take another", async () => {
    class Refusing extends Tree {
      override async write(): Promise<void> {
        throw new Error("EINVAL");
      }
    }
    const settings = parseOverrides(["thp=sometimes"], "low-latency");
    await expect(apply(new Refusing(fake.root), settings, file)).rejects.toThrow(
      "thp cannot be made sometimes (it is madvise): EINVAL; accepted: always, madvise, never",
    );
  });
});
