import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, it } from "vitest";
import { processesWith } from "../../run/marked.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";
import { until } from "../../support/until.ts";
import { runIsolated } from "./namespaces.ts";

/** Takes no notice of being told to end, nor does what it leaves to itself. */
const STUBBORN = `trap "" TERM INT
mount -t tmpfs tmpfs /mnt
setsid sh -c 'trap "" TERM INT; sleep 600' &
touch up
while true; do sleep 600; done`;

it("ends all that runs in the lab when it is stopped, though none of it takes notice", async () => {
  const folder = await temporaryFolder();
  try {
    const stopped = new AbortController();
    const ended = runIsolated({
      mark: folder.path,
      command: ["sh", "-c", STUBBORN],
      cwd: folder.path,
      env: { ...process.env, MARK: folder.path },
      signal: stopped.signal,
    });
    await until("it is up", () => existsSync(join(folder.path, "up")), 60_000);
    expect((await processesWith(folder.path)).length).toBeGreaterThan(2);
    stopped.abort();
    expect(await ended).toBe(143);
    await until("all of it is gone", async () => (await processesWith(folder.path)).length === 0);
    expect(await readFile("/proc/self/mountinfo", "utf8")).not.toContain(" /mnt ");
  } finally {
    await folder.remove();
  }
});
