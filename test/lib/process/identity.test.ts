import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { signalGroup } from "../../../lib/process/group.ts";
import { isSameProcess, startTimeOf } from "../../../lib/process/identity.ts";
import { freshFolder } from "../../support/fresh-folder.ts";

describe("a process that is remembered", () => {
  it("is known by its pid and when it was started", async () => {
    const startTime = (await startTimeOf(process.pid)) ?? "";
    expect(await isSameProcess({ pid: process.pid, startTime })).toBe(true);
    expect(await isSameProcess({ pid: process.pid, startTime: "1" })).toBe(false);
  });

  it("is gone once it ended", async () => {
    const child = spawn("sleep", ["60"], { detached: true });
    await once(child, "spawn");
    const { pid = 0 } = child;
    const known = { pid, startTime: (await startTimeOf(pid)) ?? "" };
    expect(await isSameProcess(known)).toBe(true);
    expect(signalGroup(pid, "SIGKILL")).toBe(true);
    await once(child, "exit");
    expect(await isSameProcess(known)).toBe(false);
    expect(signalGroup(pid, "SIGKILL")).toBe(false);
  });

  it.runIf(process.platform === "linux")(
    "is not taken for gone when that cannot be told",
    async () => {
      const proc = freshFolder();
      expect(await startTimeOf(7, proc)).toBeNull();
      await mkdir(join(proc, "7", "stat"), { recursive: true });
      await expect(startTimeOf(7, proc)).rejects.toThrow(
        "it cannot be told whether process 7 still runs",
      );
    },
  );
});
