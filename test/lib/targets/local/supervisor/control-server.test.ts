import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { ControlClient } from "../../../../../lib/targets/local/control-client.ts";
import type { SiteInfo } from "../../../../../lib/targets/local/protocol.ts";
import { siteFolder } from "../../../../../lib/targets/local/site-folder.ts";
import { ControlServer } from "../../../../../lib/targets/local/supervisor/control-server.ts";
import type { Supervisor } from "../../../../../lib/targets/local/supervisor/supervisor.ts";
import { temporaryFolder } from "../../../../support/temporary-folder.ts";

const INFO: SiteInfo = { environment: "test", url: "http://127.0.0.1:1", pid: 1, startedAtMs: 0 };

describe("the control socket", () => {
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  let path: string;
  beforeEach(async () => {
    folder = await temporaryFolder();
    path = siteFolder(folder.path).socket;
  });
  afterEach(() => folder.remove());

  const ask = () => new ControlClient(folder.path).call("GET", "/info");

  it("is one supervisor's until that has ended, also while it starts and while it drains", async () => {
    const control = await ControlServer.claim(path);
    const second = () => ControlServer.claim(path);
    await expect(second()).rejects.toMatchObject({ code: "refused" });
    control.serve({} as Supervisor, INFO, () => {});
    await expect(second()).rejects.toMatchObject({ code: "refused" });
    control.hangUp();
    await expect(second()).rejects.toMatchObject({ code: "refused" });
    await expect(ask()).rejects.toMatchObject({ code: "target-unreachable" });
    await control.close();
    await (await second()).close();
  });

  it("lets whoever asks while the site starts wait until it serves", async () => {
    const control = await ControlServer.claim(path);
    const asked = ask();
    control.serve({} as Supervisor, INFO, () => {});
    expect(await asked).toEqual(INFO);
    await control.close();
  });
});
