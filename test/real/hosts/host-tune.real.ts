import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { runAction } from "../../support/action-process.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";

// Of this network namespace, which goes with the lab: the machine's own are never touched.
const KEYS = ["net.ipv4.tcp_rmem", "net.ipv4.tcp_wmem"];
const fileOf = (key: string) => `/proc/sys/${key.replaceAll(".", "/")}`;
const contents = () => Promise.all(KEYS.map((key) => readFile(fileOf(key), "utf8")));

const folder = await temporaryFolder();
afterAll(() => folder.remove());
const tune = (mode: string, only: readonly string[] = KEYS) =>
  runAction("host-tune", {
    workspace: folder.path,
    inputs: {
      mode,
      profile: "s1",
      only: only.join("\n"),
      "state-file": join(folder.path, "before.json"),
    },
  });

it("sets a real kernel's keys, finds the one that drifted, and puts them back byte for byte", async () => {
  const before = await contents();
  const applied = await tune("apply");
  expect(applied.code, applied.log).toBe(0);
  expect(await contents()).toEqual(["4096\t87380\t134217728\n", "4096\t65536\t134217728\n"]);
  expect((await tune("verify")).code).toBe(0);
  await writeFile(fileOf("net.ipv4.tcp_wmem"), "4096 4096 4096");
  const { code, log } = await tune("verify");
  expect(code).toBe(1);
  expect(log).toContain("net.ipv4.tcp_wmem is 4096 4096 4096, not 4096 65536 134217728");
  expect((await tune("revert")).code).toBe(0);
  expect(await contents()).toEqual(before);
});

it("names a key that is not there in this namespace, and goes on with the others", async () => {
  const { code, outputs } = await tune("plan", ["net.core.rmem_max", ...KEYS]);
  expect(code).toBe(0);
  const missing = JSON.parse(outputs.missing ?? "[]") as string[];
  const isThere = await readFile(fileOf("net.core.rmem_max")).then(
    () => true,
    () => false,
  );
  expect(missing).toEqual(isThere ? [] : ["net.core.rmem_max"]);
});
