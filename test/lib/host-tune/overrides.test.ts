import { afterAll, describe, expect, it } from "vitest";
import { parseOverrides, refuseUnknown } from "../../../lib/host-tune/overrides.ts";
import { settingsOf } from "../../../lib/host-tune/verify.ts";
import { fakeTree, KERNEL } from "./tree.ts";

const fake = await fakeTree(KERNEL);
afterAll(() => fake.remove());

describe("values of the user's own", () => {
  it("take the place of the profile's, or stand beside them", () => {
    const overrides = parseOverrides(["net.core.rmem_max = 1048576", "vm.nr_hugepages=8"], "s1");
    const settings = settingsOf("s1", null, overrides);
    expect(settings.map(({ key, value }) => [key, value])).toEqual([
      ["net.core.wmem_max", "134217728"],
      ["net.ipv4.tcp_rmem", "4096 87380 134217728"],
      ["net.ipv4.tcp_wmem", "4096 65536 134217728"],
      ["net.core.rmem_max", "1048576"],
      ["vm.nr_hugepages", "8"],
    ]);
  });

  it.each([
    "net.core.rmem_max",
    "=1",
    "net.core.rmem_max=",
    "../etc/passwd=x",
    "a..b=1",
    "thp=never",
  ])("are refused when they are written wrong: %s", (line) => {
    expect(() => parseOverrides([line], "s1")).toThrow(/^set: given .*; accepted: KEY=VALUE/);
  });

  it("are refused when one key has two", () => {
    expect(() => parseOverrides(["vm.swappiness=1", "vm.swappiness=2"], "s1")).toThrow(
      "vm.swappiness is given twice",
    );
  });

  it("are refused when this kernel has no such key, with the one that was meant", async () => {
    await expect(
      refuseUnknown(fake.tree, parseOverrides(["net.core.rmem_maxx=1"], "s1")),
    ).rejects.toMatchObject({
      message: "set: this kernel has no key net.core.rmem_maxx",
      hint: "did you mean net.core.rmem_max?",
    });
    await refuseUnknown(fake.tree, parseOverrides(["net.core.rmem_max=1"], "s1"));
  });
});
