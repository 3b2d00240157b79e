import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { examineTools } from "../../cli/pinned-tools.ts";
import { openShop } from "../../lib/tools/shop.ts";
import { Machine } from "../lib/tools/widget.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let machine: Machine;

beforeEach(async () => {
  folder = await temporaryFolder();
  machine = new Machine(folder.path);
});
afterEach(() => folder.remove());

const look = async (env: NodeJS.ProcessEnv = {}) => {
  const tools = await examineTools(openShop({ env: { ...machine.env, ...env } }));
  return new Map(tools.map((tool) => [tool.name, tool]));
};

describe("sluice doctor tells of each tool", () => {
  it("where it is", async () => {
    const path = machine.install("k6", "#!/bin/sh\necho 'k6 v2.2.0 (go1.26.8, linux/amd64)'\n");
    expect((await look()).get("k6")).toMatchObject({
      route: "path",
      account: `on PATH: ${path}`,
    });
  });

  it("how it would be obtained, and how long that takes", async () => {
    machine.installGo();
    const { account } = (await look({ SLUICE_TOOL_MIRROR: "off" })).get("trivy") ?? {};
    expect(account).toBe(
      "not here yet; made by building from source with Go, which takes about 1100 s",
    );
  });

  it("what to do where it is not to be had", async () => {
    const found = (await look({ SLUICE_TOOL_MIRROR: "off" })).get("cosign");
    expect(found).toMatchObject({
      route: null,
      remedy: "install Go 1.26.3 or later (https://go.dev/dl), or put cosign on PATH",
    });
    expect(found?.account).toContain("download: SLUICE_TOOL_MIRROR is off");
  });
});
