import { createServer, type IncomingMessage } from "node:http";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { WebSocket, WebSocketServer } from "ws";
import type { Backend } from "../../../../../../lib/targets/local/supervisor/proxy/backend.ts";
import type { Slot } from "../../../../../../lib/targets/target.ts";
import { TestDoor } from "../../../../../support/front-door.ts";

let at: TestDoor;
beforeEach(async () => {
  at = await TestDoor.open();
});
afterEach(() => at[Symbol.asyncDispose]());

describe("a WebSocket through the front door", () => {
  async function socketBackend(slot: Slot): Promise<Backend> {
    const server = createServer();
    const sockets = new WebSocketServer({ server });
    sockets.on("connection", (socket) => {
      socket.on("message", (data) => socket.send(`${slot}: ${String(data)}`));
      socket.on("error", () => {});
    });
    return at.join(slot, server);
  }

  function opened(): Promise<{ socket: WebSocket; headers: IncomingMessage["headers"] }> {
    return new Promise((resolve, reject) => {
      const socket = new WebSocket(`ws://127.0.0.1:${at.port}/stream?x=1`);
      let headers: IncomingMessage["headers"] = {};
      socket.once("upgrade", (response) => {
        headers = response.headers;
      });
      socket.once("open", () => resolve({ socket, headers }));
      socket.once("error", reject);
    });
  }

  const said = (socket: WebSocket) =>
    new Promise<string>((resolve) => socket.once("message", (data) => resolve(String(data))));
  const closed = (socket: WebSocket) =>
    new Promise<number>((resolve) => socket.once("close", (code) => resolve(code)));

  it("goes where the weights say, and says where that is", async () => {
    await socketBackend("blue");
    await socketBackend("green");
    at.weigh(75, 25);
    const slots: Record<string, number> = {};
    for (let i = 0; i < 20; i += 1) {
      const { socket, headers } = await opened();
      const slot = String(headers["x-sluice-slot"]);
      slots[slot] = (slots[slot] ?? 0) + 1;
      const answer = said(socket);
      socket.send("hello");
      expect(await answer).toBe(`${slot}: hello`);
      socket.close();
      await closed(socket);
    }
    expect(slots).toEqual({ blue: 15, green: 5 });
  });

  it("stays where it is when the weights change, and is told to go away when the slot ends", async () => {
    const green = await socketBackend("green");
    await socketBackend("blue");
    at.weigh(0, 100);
    const { socket } = await opened();
    at.weigh(100, 0);
    const answer = said(socket);
    socket.send("still there?");
    expect(await answer).toBe("green: still there?");
    const code = closed(socket);
    green.closeTunnels();
    expect(await code).toBe(1001);
    await expect.poll(() => green.tunnels.size).toBe(0);
  });

  it("goes to the other slot when nobody listens at its own", async () => {
    await socketBackend("blue");
    await socketBackend("green");
    at.stopLast();
    at.weigh(1, 99);
    const { socket, headers } = await opened();
    expect(headers["x-sluice-slot"]).toBe("blue");
    socket.close();
    await closed(socket);
  });

  it("is refused with 503 when no slot can take it", async () => {
    await expect(opened()).rejects.toThrow("503");
  });

  it("gives back a refusal by the backend itself", async () => {
    const server = createServer();
    server.on("upgrade", (_, socket) => {
      socket.end("HTTP/1.1 401 Unauthorized\r\ncontent-length: 0\r\nconnection: close\r\n\r\n");
    });
    await at.join("blue", server);
    at.weigh(100, 0);
    await expect(opened()).rejects.toThrow("401");
  });
});
