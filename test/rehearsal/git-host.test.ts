import { once } from "node:events";
import { createServer } from "node:http";
import { type AddressInfo, connect } from "node:net";
import { expect, it, onTestFinished } from "vitest";
import type { Hub } from "../../rehearsal/api/hub.ts";
import { GitHost } from "../../rehearsal/service/git-host.ts";
import { repository } from "./rehearsed.ts";

it("git does not wait for the rest of a request whose sender has gone before it was started", async () => {
  const path = repository({ file: "text" });
  const hub = { facts: { repository: "own/repository" } } as Hub;
  const host = new GitHost(hub, [{ repository: "other/one", ref: undefined, path }]);
  const answered = Promise.withResolvers<void>();
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? "/", "http://localhost");
    // As when the copy of the repository has to be made first.
    response.once("close", () => {
      host.answer(url, request, response).then(answered.resolve, answered.reject);
    });
    socket.destroy();
  });
  onTestFinished(() => void server.close());
  await once(server.listen(0, "127.0.0.1"), "listening");
  const socket = connect((server.address() as AddressInfo).port, "127.0.0.1");
  const type = "content-type: application/x-git-upload-pack-request";
  const head = ["POST /git/other/one/git-upload-pack HTTP/1.1", "host: x", type];
  socket.write([...head, "content-length: 100", "", "0"].join("\r\n"));
  await answered.promise;
  expect(server.listening).toBe(true);
});
