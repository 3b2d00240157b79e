import { once } from "node:events";
import { existsSync, readdirSync } from "node:fs";
import { type AddressInfo, createServer, type Socket } from "node:net";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { obtain } from "../../../lib/tools/ensure.ts";
import { type Obtainable, survey } from "../../../lib/tools/prospect.ts";
import { PATIENCE, type Patience } from "../../../lib/tools/release/patience.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";
import { sha256, tarGz, WIDGET_PROGRAM, zip } from "./archives.ts";
import { file, Mirror, stalling, status, truncated } from "./mirror.ts";
import { Machine, WIDGET } from "./widget.ts";

const PROGRAM = Buffer.from(WIDGET_PROGRAM);
const BRISK: Patience = { ...PATIENCE, backoffMs: 20 };

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let machine: Machine;
let mirror: Mirror;

beforeEach(async () => {
  folder = await temporaryFolder();
  machine = new Machine(folder.path);
  machine.pinRelease("widget", sha256(PROGRAM));
  mirror = new Mirror();
  await mirror.open();
});
afterEach(async () => {
  await mirror.close();
  await folder.remove();
});

const shop = (patience: Patience = BRISK, signal?: AbortSignal) =>
  machine.shop({ SLUICE_TOOL_MIRROR: mirror.url }, signal, patience);
const get = (patience?: Patience) => obtain(WIDGET, shop(patience));
const said = () => machine.said.join("\n");
const kept = () => {
  const widgets = join(folder.path, "cache", "widget", WIDGET.version);
  return existsSync(widgets) ? readdirSync(widgets) : [];
};

describe("the release of a tool", () => {
  it("is downloaded, and comes from the cache from then on", async () => {
    mirror.answers(file(PROGRAM));
    const { path, route } = await get();
    expect(route).toBe("download");
    expect(mirror.asked).toEqual(["/mirror/widgets/widget"]);
    expect(machine.said[0]).toContain(
      `widget 1.2.3: downloading ${mirror.url}/widgets/widget (PATH`,
    );
    expect(await get()).toEqual({ path, route: "cache" });
    expect(kept()).toHaveLength(1);
  });

  it("is preferred to building, and neither is begun by asking after it", async () => {
    machine.installGo();
    const prospect = (await survey(WIDGET, shop())) as Obtainable;
    expect(prospect.ways.map(({ route }) => route)).toEqual(["download", "source"]);
    expect(mirror.asked).toEqual([]);
  });

  it.each(["widget.tar.gz", "widget.zip"])("is taken out of %s", async (name) => {
    const files = { "widget-1.2.3/LICENSE": "free", "widget-1.2.3/widget": WIDGET_PROGRAM };
    const archive = name.endsWith(".zip") ? zip(files) : await tarGz(files);
    machine.pinRelease(name, sha256(archive), "widget-1.2.3/widget");
    mirror.answers(file(archive));
    expect((await get()).route).toBe("download");
  });

  it.each(["widget.tar.gz", "widget.zip"])("%s may not reach outside of itself", async (name) => {
    const files = { widget: WIDGET_PROGRAM, "../evil": "evil" };
    const archive = name.endsWith(".zip") ? zip(files) : await tarGz(files);
    machine.pinRelease(name, sha256(archive), "widget");
    mirror.answers(file(archive));
    await expect(get()).rejects.toMatchObject({
      code: "build-failed",
      cause: { message: 'the archive reaches outside of itself: "../evil"' },
    });
    expect(kept()).toEqual([]);
    expect(existsSync(join(folder.path, "cache", "widget", "evil"))).toBe(false);
  });

  it.each(["widget.tar.gz", "widget.zip"])("%s without the program is refused", async (name) => {
    const files = { other: WIDGET_PROGRAM };
    const archive = name.endsWith(".zip") ? zip(files) : await tarGz(files);
    machine.pinRelease(name, sha256(archive), "widget");
    mirror.answers(file(archive));
    await expect(get()).rejects.toMatchObject({ code: "build-failed" });
    expect(kept()).toEqual([]);
  });

  it("with wrong bytes stops everything, and both sums are named", async () => {
    machine.installGo();
    const wrong = Buffer.from("#!/bin/sh\necho widget 1.2.3 # and more\n");
    mirror.answers(file(wrong));
    const got = get();
    await expect(got).rejects.toMatchObject({ code: "digest-mismatch" });
    await expect(got).rejects.toThrow(`sha256 ${sha256(wrong)} instead of ${sha256(PROGRAM)}`);
    expect(mirror.asked).toHaveLength(1);
    expect(machine.goCalls()).toEqual([]);
    expect(kept()).toEqual([]);
  });

  it("that tells another version is refused", async () => {
    const other = Buffer.from("#!/bin/sh\necho widget 1.2.2\n");
    machine.pinRelease("widget", sha256(other));
    mirror.answers(file(other));
    await expect(get()).rejects.toMatchObject({ code: "build-failed" });
    expect(kept()).toEqual([]);
  });
});

describe("a server in trouble", () => {
  it("that breaks off in the middle is asked again", async () => {
    mirror.answers(truncated(PROGRAM), file(PROGRAM));
    expect((await get()).route).toBe("download");
    expect(said()).toMatch(/broke off after \d+ of \d+ bytes; trying again in 1 s/);
  });

  it("that stalls is asked again", async () => {
    mirror.answers(stalling(PROGRAM), file(PROGRAM));
    expect((await get({ ...BRISK, stallMs: 3_000 })).route).toBe("download");
    expect(said()).toContain("sent nothing for 3 s; trying again");
  });

  it.each([429, 503])("that answers %i is left alone as long as it asks", async (code) => {
    mirror.answers(status(code, { "retry-after": "1" }), file(PROGRAM));
    const startedAt = performance.now();
    expect((await get()).route).toBe("download");
    expect(performance.now() - startedAt).toBeGreaterThan(990);
    expect(said()).toContain(`answered ${code}; trying again in 1 s`);
  });

  it("may name the time as a date", async () => {
    const hence = () => new Date(Date.now() + 3_600_000).toUTCString();
    mirror.answers((request, response) =>
      status(429, { "retry-after": hence() })(request, response),
    );
    machine.installGo();
    expect((await get()).route).toBe("source");
    expect(said()).toMatch(/answered 429, to be asked again in 3\d{3}(\.\d+)? s/);
  });

  it("that wants an hour is not waited for", async () => {
    machine.installGo();
    mirror.answers(status(429, { "retry-after": "3600" }));
    expect((await get()).route).toBe("source");
    expect(said()).toContain("answered 429, to be asked again in 3600 s");
    expect(mirror.asked).toHaveLength(1);
  });

  it("that stays in trouble is given up, and the tool is built", async () => {
    machine.installGo();
    mirror.answers(status(500));
    expect((await get()).route).toBe("source");
    expect(mirror.asked).toHaveLength(1 + BRISK.retries);
    expect(said()).toContain("could not be downloaded");
    expect(said()).toContain("building from source with Go");
  });

  it("that drips for ever is given up", async () => {
    machine.installGo();
    mirror.answers((_request, response) => {
      response.writeHead(200, { "content-length": 1_000_000 });
      const drip = setInterval(() => response.write("."), 50);
      response.once("close", () => clearInterval(drip));
    });
    expect((await get({ ...BRISK, totalMs: 3_000 })).route).toBe("source");
    expect(said()).toContain("not there after 3 s");
  });

  it("that is slow is told how far it is", async () => {
    mirror.answers((_request, response) => {
      response.writeHead(200, { "content-length": PROGRAM.length });
      let sent = 0;
      const drip = setInterval(() => {
        if (sent < PROGRAM.length - 1) return response.write(PROGRAM.subarray(sent, ++sent));
        if (said().includes("downloading 0.0 of 0.0 MB")) response.end(PROGRAM.subarray(sent));
      }, 20);
      response.once("close", () => clearInterval(drip));
    });
    expect((await get({ ...BRISK, progressEveryMs: 0 })).route).toBe("download");
  });
});

describe("a server that has it not", () => {
  it("is asked once, and the tool is built", async () => {
    machine.installGo();
    mirror.answers(status(404));
    expect((await get()).route).toBe("source");
    expect(mirror.asked).toHaveLength(1);
    expect(said()).toContain("answered 404");
  });

  it("leaves nothing, and the message names every route, where there is no Go", async () => {
    mirror.answers(status(404));
    await expect(get()).rejects.toMatchObject({
      code: "unsupported",
      message: expect.stringMatching(
        /PATH: not there; cache: empty; source: Go is not on PATH; download: .*answered 404/,
      ),
    });
    expect(kept()).toEqual([]);
  });
});

describe("a redirect", () => {
  it("is followed", async () => {
    mirror.answers(status(302, { location: "/elsewhere?signature=secret" }), file(PROGRAM));
    expect((await get()).route).toBe("download");
    expect(mirror.asked[1]).toBe("/elsewhere?signature=secret");
    expect(said()).not.toContain("secret");
  });

  it("that never ends is not", async () => {
    machine.installGo();
    mirror.answers(status(302, { location: "/again" }));
    expect((await get()).route).toBe("source");
    expect(mirror.asked).toHaveLength(6);
    expect(said()).toContain("redirects more than 5 times");
  });

  it("to what is not https is not followed", async () => {
    machine.installGo();
    mirror.answers(status(302, { location: "http://widgets.example/widget" }));
    expect((await get()).route).toBe("source");
    expect(said()).toContain("redirects to http://widgets.example/widget, which is not https");
  });
});

describe("a machine that is offline", () => {
  it("goes on to the source soon", async () => {
    machine.installGo();
    // Nobody listens there, and nobody is given that port.
    const address = "http://127.0.0.1:1/mirror";
    const { route } = await obtain(
      WIDGET,
      machine.shop({ SLUICE_TOOL_MIRROR: address }, undefined, BRISK),
    );
    expect(route).toBe("source");
    expect(said()).toContain("is not reachable: ECONNREFUSED");
    expect(said().match(/trying again/g)).toHaveLength(1);
  });

  it("behind a proxy that never answers goes on to the source, too", async () => {
    machine.installGo();
    const sockets: Socket[] = [];
    const proxy = createServer((socket) => void sockets.push(socket.on("error", () => {})));
    await once(proxy.listen(0, "127.0.0.1"), "listening");
    const { port } = proxy.address() as AddressInfo;
    const env = { HTTPS_PROXY: `http://127.0.0.1:${port}` };
    const patience = { ...BRISK, connectMs: 300 };
    const { route } = await obtain(WIDGET, machine.shop(env, undefined, patience));
    expect(route).toBe("source");
    expect(sockets.length).toBe(2);
    expect(said()).toContain("github.com did not let itself be connected in 300 ms");
    for (const socket of sockets) socket.destroy();
    proxy.close();
  });

  it("need not even try", async () => {
    machine.installGo();
    const { route } = await obtain(WIDGET, machine.shop({ SLUICE_TOOL_MIRROR: "off" }));
    expect(route).toBe("source");
    expect(said()).toContain("download: SLUICE_TOOL_MIRROR is off");
  });
});

it("a mirror that is neither https nor on this machine is refused", async () => {
  const bad = machine.shop({ SLUICE_TOOL_MIRROR: "http://widgets.example/" });
  await expect(obtain(WIDGET, bad)).rejects.toMatchObject({ code: "invalid-input" });
});

it("a download that is cancelled leaves nothing", async () => {
  const cancel = new AbortController();
  const reason = new Error("stop");
  mirror.answers((request, response) => {
    stalling(PROGRAM)(request, response);
    cancel.abort(reason);
  });
  await expect(obtain(WIDGET, shop(BRISK, cancel.signal))).rejects.toBe(reason);
  expect(kept()).toEqual([]);
});
