import { access, readdir } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { siteFolder } from "../../../../lib/targets/local/site-folder.ts";
import { readRecord } from "../../../../lib/targets/local/supervisor/site-record.ts";
import { localSite, RUNNER } from "../../../support/local-site.ts";
import { isAlive, until } from "../../../support/until.ts";

describe("placing a release", () => {
  it("gives up when it is not healthy in time, and says what it was asked and what it answered", async () => {
    await using local = await localSite((environment) => ({
      ...environment,
      service: {
        ...environment.service,
        health: { ...environment.service.health, deadlineMs: 10_000 },
      },
    }));
    const { token } = await local.target.acquire(RUNNER, 600_000);
    const release = await local.pack("1.0.0", { neverHealthy: true });
    await expect(local.target.place(release, "blue", token)).rejects.toMatchObject({
      code: "unhealthy",
      message: expect.stringMatching(/not healthy within 10000 ms: \/health answered 503/),
      hint: expect.stringContaining("blue-1.log"),
    });
    const { slots } = siteFolder(local.environment.target.site);
    expect(await readdir(join(slots, "blue"))).toEqual([]);
  });

  it("names a program that cannot be started", async () => {
    await using local = await localSite((environment) => ({
      ...environment,
      service: { ...environment.service, start: ["no-such-program"] },
    }));
    const { token } = await local.target.acquire(RUNNER, 600_000);
    const error = await local.target
      .place(await local.pack("1.0.0"), "blue", token)
      .catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({
      code: "unhealthy",
      message: expect.stringMatching(/exited with code 127; .*no-such-program/s),
      hint: expect.stringContaining("`service.start` names a program"),
    });
  });

  it("stops at once when it is cancelled, and leaves nothing", async () => {
    await using local = await localSite();
    const { target } = local;
    const { token } = await target.acquire(RUNNER, 600_000);
    const cancel = new AbortController();
    const release = await local.pack("1.0.0", { neverHealthy: true });
    const placing = target.place(release, "blue", token, cancel.signal);
    const pid = await until("it is started", async () => {
      const [instance] = (await target.status()).slots.blue.instances;
      return instance?.pid;
    });
    cancel.abort();
    await expect(placing).rejects.toMatchObject({ code: "cancelled" });
    await until("it is stopped", () => !isAlive(pid));
    await until("the slot is empty", async () => {
      return (await target.status()).slots.blue.release === null;
    });
  });

  it("does nothing when the same release is there already and healthy", async () => {
    await using local = await localSite();
    const { target } = local;
    const { token } = await target.acquire(RUNNER, 600_000);
    const release = await local.pack("1.0.0");
    const first = await target.place(release, "blue", token);
    expect(await target.place(release, "blue", token)).toEqual(first);
  });

  it("asks what was taken over whether it is healthy, before it counts as placed", async () => {
    await using local = await localSite((environment) => ({
      ...environment,
      service: {
        ...environment.service,
        health: { ...environment.service.health, deadlineMs: 3_000 },
      },
    }));
    const { target } = local;
    const release = await local.pack("1.0.0", { neverHealthy: true });
    const { token } = await target.acquire(RUNNER, 600_000);
    const placing = target.place(release, "blue", token).catch((thrown: unknown) => thrown);
    await until("it is started, and on record", async () => {
      const { slots } = await readRecord(siteFolder(local.environment.target.site).record);
      return slots.blue?.processes[0] !== undefined;
    });
    const { pid } = local.site.info;
    process.kill(pid, "SIGKILL");
    expect(await placing).toMatchObject({ code: "target-unreachable" });
    await until("the supervisor is gone", () => !isAlive(pid));
    await local.restart();
    await expect(target.place(release, "blue", token)).rejects.toMatchObject({ code: "unhealthy" });
  });

  it("replaces what the slot held, process and folder", async () => {
    await using local = await localSite();
    const { target, environment } = local;
    const { token } = await target.acquire(RUNNER, 600_000);
    const [old] = (await target.place(await local.pack("1.0.0"), "blue", token)).instances;
    await target.place(await local.pack("1.1.0"), "blue", token);
    expect(old?.pid && isAlive(old.pid)).toBe(false);
    const { slots, releases } = siteFolder(environment.target.site);
    expect(await readdir(join(slots, "blue"))).toHaveLength(1);
    expect((await readdir(releases)).filter((name) => name.endsWith(".tar.gz"))).toHaveLength(2);
    await access(join(environment.target.site, "logs/blue-1.log"));
  });
});
