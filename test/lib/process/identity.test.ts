import { spawn } from "node:child_process";
import { once } from "node:events";
import { describe, expect, it } from "vitest";
import { signalGroup } from "../../../lib/process/group.ts";
import { isSameProcess, startTimeOf } from "../../../lib/process/identity.ts";

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
});
