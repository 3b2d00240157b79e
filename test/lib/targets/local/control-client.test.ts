import { mkdir } from "node:fs/promises";
import { createServer } from "node:http";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { ControlClient } from "../../../../lib/targets/local/control-client.ts";
import { siteFolder } from "../../../../lib/targets/local/site-folder.ts";
import { temporaryFolder } from "../../../support/temporary-folder.ts";

describe("a supervisor that is there and does not answer", () => {
  const server = createServer();
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  let client: ControlClient;

  beforeEach(async () => {
    folder = await temporaryFolder();
    const site = join(folder.path, "site");
    await mkdir(site);
    await new Promise<void>((resolve) => server.listen(siteFolder(site).socket, resolve));
    client = new ControlClient(site);
  });
  afterEach(async () => {
    vi.restoreAllMocks();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    await folder.remove();
  });

  it("is unreachable after a while", async () => {
    vi.spyOn(AbortSignal, "timeout").mockReturnValue(
      AbortSignal.abort(new DOMException("too long", "TimeoutError")),
    );
    await expect(client.call("GET", "/status")).rejects.toMatchObject({
      code: "target-unreachable",
    });
  });

  it("may work as long as it likes, until the caller cancels", async () => {
    const cancel = new AbortController();
    const working = client.work("/place", {}, cancel.signal);
    server.once("request", () => cancel.abort());
    await expect(working).rejects.toMatchObject({ code: "cancelled" });
  });

  it("is unreachable when it ends in the middle of its answer", async () => {
    server.once("request", (_, response) => {
      response.writeHead(200, { "content-length": 100 });
      response.write("{", () => response.destroy());
    });
    await expect(client.call("GET", "/status")).rejects.toMatchObject({
      code: "target-unreachable",
    });
  });
});
