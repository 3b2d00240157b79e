import { spawn } from "node:child_process";
import { once } from "node:events";
import { expect, it } from "vitest";
import { endGroup, signalGroup } from "../../../lib/process/group.ts";

it("a program that could not be started has no group to signal", async () => {
  const child = spawn("./no-such-program", { detached: true });
  await once(child, "error");
  expect(signalGroup(child.pid, "SIGKILL")).toBe(false);
});

it("a group that ignores being asked is ended after its grace, with all that it started", async () => {
  const child = spawn("bash", ["-c", "trap '' TERM; echo ready; sleep 600; true"], {
    detached: true,
    stdio: ["ignore", "pipe", "ignore"],
  });
  await once(child.stdout, "data");
  endGroup(child, 100);
  const [, signal] = await once(child, "exit");
  expect(signal).toBe("SIGKILL");
});
