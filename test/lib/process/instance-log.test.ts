import { appendFile, mkdtemp, open, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { boundLog, tailOf } from "../../../lib/process/instance-log.ts";

it("keeps a log bounded under a writer that has it open", async () => {
  const folder = await mkdtemp(join(tmpdir(), "sluice log "));
  const path = join(folder, "blue-1.log");
  const writer = await open(path, "a");
  await writer.write("first\n");
  await boundLog(path, 10);
  expect(await readFile(path, "utf8")).toBe("first\n");
  await writer.write("second\n");
  await boundLog(path, 10);
  await writer.write("third\n");
  expect(await readFile(path, "utf8")).toBe("third\n");
  expect(await readFile(`${path}.1`, "utf8")).toBe("first\nsecond\n");
  await appendFile(path, "1\n2\n3\n4\n5\n6\n");
  expect(await tailOf(path, 3)).toBe("4\n5\n6");
  expect(await tailOf(join(folder, "none"))).toBe("");
  await writer.close();
  await rm(folder, { recursive: true });
});
