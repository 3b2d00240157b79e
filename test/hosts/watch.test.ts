import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { chmod, mkdir, readFile, writeFile } from "node:fs/promises";
import { createServer, type Socket } from "node:net";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { beforeEach, expect, it } from "vitest";
import { loopbackPort } from "../engine/support/loopback-port.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";
import { until } from "../support/until.ts";

const program = fileURLToPath(new URL("../../hosts/programs/sluice-watch", import.meta.url));

beforeEach((context) => context.skip(!existsSync("/bin/bash"), "it needs bash"));

it("says of a service that it lives while it does not listen yet, and then as long as it answers", async () => {
  await using service = await startService();
  await service.close();
  await using watch = await startWatch(service.port);
  await until("a service that starts lives", async () => (await watch.notes()) >= 2);
  await service.listen("HTTP/1.1 503 Service Unavailable\r\n\r\n");
  const before = await watch.notes();
  await until("a service that answers lives", async () => (await watch.notes()) >= before + 2);
});

it("says nothing more of a service that answers no longer", async () => {
  await using service = await startService("HTTP/1.1 200 OK\r\n\r\n");
  await using watch = await startWatch(service.port);
  await until("a service that answers lives", async () => (await watch.notes()) >= 1);
  service.hang();
  await until("it is asked in vain", () => service.unanswered >= 1);
  const before = await watch.notes();
  await until("it is asked again", () => service.unanswered >= 3);
  expect(await watch.notes()).toBe(before);
});

it("says nothing of a service that listens and hangs before its first answer", async () => {
  await using service = await startService();
  await using watch = await startWatch(service.port);
  await until("it is asked again and again", () => service.unanswered >= 3);
  expect(await watch.notes()).toBe(0);
});

/** Accepts connections, and answers each with `answer`, or not at all. */
async function startService(answer?: string) {
  const sockets = new Set<Socket>();
  let says = answer;
  const server = createServer((socket) => {
    sockets.add(socket.on("error", () => {}).once("close", () => sockets.delete(socket)));
    if (says === undefined) service.unanswered += 1;
    else socket.end(says);
  });
  const open = async (port: number) => {
    server.listen(port, "127.0.0.1");
    await once(server, "listening");
  };
  // Not one that an outgoing connection may be given while the service is closed: by chance, one to this very port.
  const port = await loopbackPort();
  await open(port);
  const service = {
    port,
    unanswered: 0,
    hang() {
      says = undefined;
    },
    async listen(other: string) {
      says = other;
      await open(port);
    },
    async close() {
      for (const socket of sockets) socket.destroy();
      if (server.listening) await new Promise((resolve) => server.close(resolve));
    },
    [Symbol.asyncDispose]: () => service.close(),
  };
  return service;
}

/** sluice-watch, with a note in a file in place of each word to systemd. */
async function startWatch(port: number) {
  const folder = await temporaryFolder();
  const [notes, bin] = [join(folder.path, "notes"), join(folder.path, "bin")];
  await mkdir(bin);
  await writeFile(join(folder.path, "lab.host"), `address=127.0.0.1\nport_blue=${port}\n`);
  const notify = join(bin, "systemd-notify");
  await writeFile(notify, '#!/bin/sh\necho "$1" >>"$SLUICE_ETC/notes"\n');
  await chmod(notify, 0o755);
  const child = spawn("/bin/bash", [program, "lab", "blue", "1"], {
    env: { ...process.env, PATH: `${bin}:${process.env.PATH}`, SLUICE_ETC: folder.path },
    stdio: "ignore",
    // It leaves a child behind, as systemd wants it: ended by its group.
    detached: true,
  });
  await once(child, "exit");
  return {
    async notes() {
      const text = await readFile(notes, "utf8").catch(() => "");
      return text.split("\n").filter((line) => line === "WATCHDOG=1").length;
    },
    async [Symbol.asyncDispose]() {
      endGroup(child);
      await folder.remove();
    },
  };
}

function endGroup({ pid }: ChildProcess): void {
  if (pid !== undefined) process.kill(-pid, "SIGKILL");
}
