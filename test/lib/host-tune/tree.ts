import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { Tree } from "../../../lib/host-tune/tree.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";

/** A folder that stands for `/`, with these files below it. */
export async function fakeTree(files: Record<string, string>) {
  const { path: root, remove } = await temporaryFolder();
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), text);
  }
  return {
    root,
    remove,
    tree: new Tree(root),
    read: (path: string) => readFile(join(root, path), "utf8"),
    async write(path: string, text: string) {
      await mkdir(dirname(join(root, path)), { recursive: true });
      await writeFile(join(root, path), text);
    },
  };
}

/** As a kernel shows what the profiles ask for, with other values. */
export const KERNEL: Record<string, string> = {
  "proc/sys/net/core/rmem_max": "212992\n",
  "proc/sys/net/core/wmem_max": "212992\n",
  "proc/sys/net/ipv4/tcp_rmem": "4096\t131072\t6291456\n",
  "proc/sys/net/ipv4/tcp_wmem": "4096\t16384\t4194304\n",
  "sys/kernel/mm/transparent_hugepage/enabled": "always [madvise] never\n",
  "sys/devices/system/cpu/cpu0/cpufreq/scaling_governor": "powersave\n",
  "sys/devices/system/cpu/cpu10/cpufreq/scaling_governor": "powersave\n",
  "sys/devices/system/cpu/cpu2/cpufreq/scaling_governor": "performance\n",
  "sys/devices/system/cpu/cpufreq/boost": "1\n",
};
