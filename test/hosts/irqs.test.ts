import { spawnSync } from "node:child_process";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, expect, it } from "vitest";
import { temporaryFolder } from "../support/temporary-folder.ts";

const PROGRAM = fileURLToPath(new URL("../../hosts/programs/sluice-irqs", import.meta.url));
const FILES = [
  "proc/irq/4/smp_affinity_list",
  "proc/irq/24/smp_affinity_list",
  "proc/irq/default_smp_affinity",
  "proc/sys/kernel/watchdog_cpumask",
  "sys/devices/virtual/workqueue/cpumask",
];

/** A folder that stands for a kernel; a real one is moved in the guest. */
let folder: Awaited<ReturnType<typeof temporaryFolder>>;
beforeEach(async () => {
  folder = await temporaryFolder();
  for (const file of FILES) {
    await mkdir(dirname(join(folder.path, file)), { recursive: true });
    await writeFile(join(folder.path, file), "f\n");
  }
});
afterEach(() => folder.remove());

const move = (cpus: string) => {
  const env = { PATH: process.env.PATH, SLUICE_ROOT: folder.path };
  return spawnSync(PROGRAM, [cpus], { encoding: "utf8", env });
};
const contents = () =>
  Promise.all(FILES.map(async (file) => (await readFile(join(folder.path, file), "utf8")).trim()));

it.each([
  ["0", "00000001"],
  ["0-1,5", "00000023"],
  ["31", "80000000"],
  ["0,32-33,64", "00000001,00000003,00000001"],
])("moves interrupts and what the kernel repeats to CPUs %s", async (cpus, mask) => {
  expect(move(cpus)).toMatchObject({ status: 0, stdout: "", stderr: "" });
  expect(await contents()).toEqual([cpus, cpus, mask, cpus, mask]);
});

it("names interrupts that stay where they are, and moves the others", async () => {
  // As the kernel refuses it: what cannot be written.
  await mkdir(join(folder.path, "proc/irq/0/smp_affinity_list"), { recursive: true });
  expect(move("0")).toMatchObject({
    status: 0,
    stdout: "interrupts that stay on a CPU of their own: 0\n",
  });
  expect((await contents()).slice(0, 2)).toEqual(["0", "0"]);
});

it.each(["", "all", "0;id", "$(id)"])("takes %j for no list of CPUs", async (cpus) => {
  expect(move(cpus).status).toBe(2);
  expect(await contents()).toEqual(FILES.map(() => "f"));
});
