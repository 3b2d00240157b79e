import { type ChildProcess, type StdioOptions, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, readdir, readFile, stat } from "node:fs/promises";
import { createServer } from "node:net";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { LocalTarget } from "../../../../lib/targets/local/local-target.ts";
import {
  findSite,
  type SiteEvent,
  type SiteInfo,
  startSite,
} from "../../../../lib/targets/local/site.ts";
import { siteFolder } from "../../../../lib/targets/local/site-folder.ts";
import { localSite, RUNNER } from "../../../support/local-site.ts";
import { serviceEnvironment } from "../../../support/service-environment.ts";
import { temporaryFolder } from "../../../support/temporary-folder.ts";
import { isAlive, until } from "../../../support/until.ts";

describe("a site", () => {
  it("lets only its own user talk to it", async () => {
    await using local = await localSite();
    const { mode } = await stat(siteFolder(local.environment.target.site).socket);
    expect(mode & 0o777).toBe(0o600);
  });

  it("is refused a second supervisor", async () => {
    await using local = await localSite();
    await expect(startSite(local.environment)).rejects.toMatchObject({
      code: "refused",
      message: expect.stringContaining(local.site.url),
    });
    expect(await findSite(local.environment)).toMatchObject({ url: local.site.url });
  });

  it("names the port that is in use, and who has it", async () => {
    const folder = await temporaryFolder();
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const address = server.address();
    const port = typeof address === "object" ? (address?.port ?? 0) : 0;
    const environment = serviceEnvironment(join(folder.path, "site"));
    const target = { ...environment.target, listen: { host: "127.0.0.1", port } };
    const start = startSite({ ...environment, target });
    await expect(start).rejects.toMatchObject({ code: "port-in-use" });
    await expect(start).rejects.toThrow(`port ${port} on 127.0.0.1 is in use`);
    if (process.platform === "linux") await expect(start).rejects.toThrow(`pid ${process.pid}`);
    server.close();
    await folder.remove();
  });

  it("may lie deeper than the path of a socket can be long", async () => {
    const folder = await temporaryFolder();
    const environment = serviceEnvironment(join(folder.path, "deep ".repeat(20), "site"));
    const site = await startSite(environment);
    expect((await new LocalTarget(environment).status()).weights).toEqual({ blue: 0, green: 0 });
    await site.close();
    await folder.remove();
  });

  it("that is not up says how to start it, whatever is asked of it", async () => {
    const target = new LocalTarget(serviceEnvironment("/nonexistent/site"));
    for (const ask of [
      () => target.read(),
      () => target.status(),
      () => target.acquire(RUNNER, 1_000),
      () => target.observe(),
      () => target.route({ blue: 100, green: 0 }, 1),
    ])
      await expect(ask()).rejects.toMatchObject({
        code: "target-unreachable",
        hint: expect.stringContaining("sluice site up --environment FILE"),
      });
    expect(await findSite(serviceEnvironment("/nonexistent/site"))).toBeUndefined();
  });

  it.each([
    ["ends with whoever started it, even when that is killed", false],
    ["goes on without whoever started it when it is detached", true],
  ])("%s", async (_, detached) => {
    const folder = await temporaryFolder();
    const environment = serviceEnvironment(join(folder.path, "site"));
    const script = fileURLToPath(
      new URL("../../../support/site-parent-process.ts", import.meta.url),
    );
    const args = [script, environment.target.site, ...(detached ? ["detached"] : [])];
    const parent = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "inherit"] });
    const [line] = (await once(parent.stdout, "data")) as [Buffer];
    const { pid } = JSON.parse(line.toString()) as SiteInfo;
    parent.kill("SIGKILL");
    await once(parent, "exit");
    if (detached) {
      await sleep(300);
      const site = await findSite(environment);
      expect(site?.info.pid).toBe(pid);
      await site?.close();
    }
    await until("the supervisor is gone", () => !isAlive(pid));
    await folder.remove();
  });

  /** As `startSite` does, of a site that was up before. */
  function supervisorOf(folder: string): ChildProcess {
    const main = new URL("../../../../lib/targets/local/supervisor/main.ts", import.meta.url);
    const stdio: StdioOptions = ["ignore", "ignore", "ignore", "ipc"];
    return spawn(process.execPath, [fileURLToPath(main), folder], { stdio });
  }

  it("ends by itself when whoever started it is gone before it serves", async () => {
    await using local = await localSite();
    await local.site.close();
    const supervisor = supervisorOf(local.environment.target.site);
    const ended = once(supervisor, "exit");
    supervisor.disconnect();
    expect(await ended).toEqual([0, null]);
    expect(await findSite(local.environment)).toBeUndefined();
  });

  it("is not touched by a second supervisor, not even what it is about to unpack", async () => {
    await using local = await localSite();
    const { root, record, slots } = siteFolder(local.environment.target.site);
    const unpacking = join(slots, "blue", "1.unpacking");
    await mkdir(unpacking, { recursive: true });
    const before = await readFile(record, "utf8");
    const second = supervisorOf(root);
    const [[message], [code]] = await Promise.all([once(second, "message"), once(second, "exit")]);
    expect(message).toMatchObject({ kind: "failed", code: "refused" });
    expect(code).toBe(1);
    expect(await readdir(join(slots, "blue"))).toEqual(["1.unpacking"]);
    expect(await readFile(record, "utf8")).toBe(before);
    expect((await local.target.status()).weights).toEqual({ blue: 0, green: 0 });
  });

  it("tells at once what happens to it, and each second what went through it", async () => {
    await using local = await localSite();
    const { site, target } = local;
    const end = new AbortController();
    const seen: SiteEvent[] = [];
    const listening = (async () => {
      for await (const event of site.events(end.signal)) seen.push(event);
    })();
    const saw = (what: string, isIt: (event: SiteEvent) => boolean) =>
      until(what, () => seen.some(isIt));
    await saw("the weights of now", ({ kind }) => kind === "weights");
    const { token } = await target.acquire(RUNNER, 600_000);
    const { instances } = await target.place(await local.pack("1.0.0"), "blue", token);
    await target.route({ blue: 100, green: 0 }, token);
    for (let i = 0; i < 5; i += 1) await fetch(site.url);
    await saw(
      "the traffic",
      (event) => event.kind === "traffic" && event.slots.blue.requests === 5,
    );
    if (instances[0]?.pid) process.kill(instances[0].pid, "SIGKILL");
    await saw("the death", (event) => event.kind === "instance" && !event.up);
    await target.route({ blue: 0, green: 0 }, token);
    await target.retire("blue", token);
    await target.release(token);
    await saw("the end of the lease", (event) => event.kind === "lease" && event.holder === null);
    expect(seen.filter(({ kind }) => kind !== "traffic").map(({ kind }) => kind)).toEqual(
      expect.arrayContaining(["weights", "lease", "instance", "placed", "retired"]),
    );
    expect((await site.counters()).slots.blue.requests).toBe(5);
    end.abort();
    await listening;
  });
});
