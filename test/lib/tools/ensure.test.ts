import { existsSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { ensure, obtain } from "../../../lib/tools/ensure.ts";
import { PLATFORM } from "../../../lib/tools/platform.ts";
import { survey } from "../../../lib/tools/prospect.ts";
import { cacheFolderOf } from "../../../lib/tools/shop.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";
import { Machine, WIDGET } from "./widget.ts";

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let machine: Machine;

beforeEach(async () => {
  folder = await temporaryFolder();
  machine = new Machine(folder.path);
});
afterEach(() => folder.remove());

/** What the cache holds of the widget. */
function kept(): string[] {
  const widgets = join(folder.path, "cache", "widget", WIDGET.version);
  return existsSync(widgets) ? readdirSync(widgets) : [];
}

describe("a tool", () => {
  it("is taken from PATH when it is there at the right version, and nothing is written", async () => {
    const path = machine.installWidget("1.2.3");
    expect(await obtain(WIDGET, machine.shop())).toEqual({ path, route: "path" });
    expect(existsSync(join(folder.path, "cache"))).toBe(false);
    expect(machine.said).toEqual([`widget 1.2.3: on PATH, ${path}`]);
  });

  it("is made from source when PATH has another version, and comes from the cache from then on", async () => {
    const other = machine.installWidget("1.2.4");
    machine.installGo();
    const made = await obtain(WIDGET, machine.shop());
    expect(made.route).toBe("source");
    expect(machine.said[0]).toContain(`PATH: ${other} is 1.2.4; cache: empty`);
    expect(await obtain(WIDGET, machine.shop())).toEqual({ path: made.path, route: "cache" });
    expect(machine.builds()).toBe(1);
    expect(kept()).toHaveLength(1);
  });

  it("is made again when what it is made from has changed", async () => {
    machine.installGo();
    const first = await obtain(WIDGET, machine.shop());
    machine.pin({ "go.sum": "example.org/x v1.0.0 h1:x=\n" });
    const second = await obtain(WIDGET, machine.shop());
    expect(second.route).toBe("source");
    expect(second.path).not.toBe(first.path);
  });

  it("is made anew when the cache's is spoilt", async () => {
    machine.installGo();
    const { path } = await obtain(WIDGET, machine.shop());
    writeFileSync(path, "half a progr");
    expect(await obtain(WIDGET, machine.shop())).toEqual({ path, route: "source" });
    expect(machine.said.join("\n")).toContain(`cache: ${path} does`);
    expect(kept()).toHaveLength(1);
  });

  it("that cannot be had says where it was looked for and how to get it", async () => {
    await expect(obtain(WIDGET, machine.shop())).rejects.toMatchObject({
      code: "unsupported",
      message: `widget 1.2.3 is not to be had here (PATH: not there; cache: empty; download: no checksum is pinned for ${PLATFORM}; source: Go is not on PATH)`,
      hint: "install Go 1.26.3 or later (https://go.dev/dl), or put widget on PATH",
    });
  });

  it("that was made at another version is refused, and not kept", async () => {
    machine.installGo();
    const shop = machine.shop({ PLAYED_GO_MAKES: "1.2.2" });
    await expect(obtain(WIDGET, shop)).rejects.toMatchObject({
      code: "build-failed",
      message: expect.stringContaining("widget is 1.2.2"),
    });
    expect(kept()).toEqual([]);
  });

  it("whose modules cannot be fetched is told from one whose modules are wrong", async () => {
    machine.installGo();
    const away = machine.shop({ PLAYED_GO_REFUSES: "dial tcp: connection refused" });
    await expect(obtain(WIDGET, away)).rejects.toMatchObject({ code: "target-unreachable" });
    const sums = "verifying x@v1.0.0: checksum mismatch\n downloaded: h1:a=\n go.sum: h1:b=";
    const wrong = machine.shop({ PLAYED_GO_REFUSES: sums });
    await expect(obtain(WIDGET, wrong)).rejects.toMatchObject({
      code: "digest-mismatch",
      message: expect.stringMatching(/h1:a=\n.*h1:b=/),
    });
    const broken = machine.shop({ PLAYED_GO_REFUSES: "missing go.sum entry for module x" });
    await expect(obtain(WIDGET, broken)).rejects.toMatchObject({ code: "build-failed" });
    expect(kept()).toEqual([]);
  });

  it("that this machine's Go is too old for says so", async () => {
    machine.installGo();
    const old = "go: go.mod requires go >= 1.25.0 (running go 1.22.1; GOTOOLCHAIN=local)";
    const shop = machine.shop({ PLAYED_GO_REFUSES: old });
    await expect(obtain(WIDGET, shop)).rejects.toMatchObject({
      code: "unsupported",
      hint: "install Go 1.26.3 or later (https://go.dev/dl), or put widget on PATH",
    });
  });

  it("can be asked after without anything being made", async () => {
    await expect(survey(WIDGET, machine.shop())).rejects.toMatchObject({ code: "unsupported" });
    machine.installGo();
    expect((await survey(WIDGET, machine.shop())).route).toBe("source");
    expect(machine.goCalls()).toEqual([]);
    expect(existsSync(join(folder.path, "cache"))).toBe(false);
    await obtain(WIDGET, machine.shop());
    expect((await survey(WIDGET, machine.shop())).route).toBe("cache");
  });

  it("is kept where the environment says, the most particular first", () => {
    const all = { HOME: "/h", XDG_CACHE_HOME: "/x", RUNNER_TOOL_CACHE: "/r" };
    expect(cacheFolderOf({ ...all, SLUICE_TOOL_CACHE: "/s" })).toBe("/s");
    expect(cacheFolderOf(all)).toBe("/r");
    expect(cacheFolderOf({ HOME: "/h", XDG_CACHE_HOME: "/x" })).toBe("/x/sluice/tools");
    expect(cacheFolderOf({ HOME: "/h" })).toBe("/h/.cache/sluice/tools");
  });
});

describe("a tool of the catalogue", () => {
  it("is called by a name that is there", async () => {
    await expect(ensure("acionlint", "1.7.12", machine.shop())).rejects.toMatchObject({
      code: "invalid-input",
      message: expect.stringMatching(
        /^no tool is called `acionlint`; there are .*cosign.*k6, .*trivy/,
      ),
      hint: "did you mean `actionlint`?",
    });
  });

  it("at a version that is not pinned comes from PATH or not at all", async () => {
    machine.installGo();
    await expect(ensure("k6", "1.0.0", machine.shop())).rejects.toMatchObject({
      code: "unsupported",
      hint: "use 2.2.0, or put 1.0.0 on PATH",
    });
    await expect(ensure("k6", "latest", machine.shop())).rejects.toMatchObject({
      code: "invalid-input",
      message: "`latest` is no exact version of k6; such a one is 2.2.0",
    });
    const path = machine.install("k6", "#!/bin/sh\necho 'k6 v1.0.0 (go1.26.8, linux/amd64)'\n");
    expect(await ensure("k6", "1.0.0", machine.shop())).toEqual({ path, route: "path" });
    expect(await ensure("k6", "v1.0.0", machine.shop())).toEqual({ path, route: "path" });
  });
});
