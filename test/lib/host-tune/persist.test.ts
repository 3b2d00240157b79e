import { expect, it } from "vitest";
import { persistentSettings } from "../../../lib/host-tune/persist.ts";
import { PROFILE_NAMES } from "../../../lib/host-tune/profile.ts";

const files = new URL("../../../hosts/roles/lowlatency/files/", import.meta.url).pathname;

it.each(PROFILE_NAMES)(
  "the playbook keeps the same values over a boot as the action sets: %s",
  async (name) => {
    const { sysctl, tmpfiles } = persistentSettings(name);
    await expect(sysctl).toMatchFileSnapshot(`${files}${name}.sysctl`);
    await expect(tmpfiles).toMatchFileSnapshot(`${files}${name}.tmpfiles`);
  },
);

it("passes over a key that a kernel lacks", () => {
  const { sysctl, tmpfiles } = persistentSettings("low-latency");
  expect(sysctl).toContain("\n-vm.swappiness = 1\n");
  expect(tmpfiles).toContain("\nw /sys/kernel/mm/transparent_hugepage/enabled - - - - never\n");
  expect(sysctl).not.toContain("transparent_hugepage");
});
