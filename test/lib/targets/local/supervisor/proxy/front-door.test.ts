import {
  createServer,
  type IncomingMessage,
  type RequestOptions,
  request,
  type Server,
} from "node:http";
import { connect, createServer as createTcpServer, type Server as TcpServer } from "node:net";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { WebSocket, WebSocketServer } from "ws";
import { Backend } from "../../../../../../lib/targets/local/supervisor/proxy/backend.ts";
import { FrontDoor } from "../../../../../../lib/targets/local/supervisor/proxy/front-door.ts";
import type { Slot } from "../../../../../../lib/targets/target.ts";

let door: FrontDoor;
let port: number;
const servers: Array<Server | TcpServer> = [];

beforeEach(async () => {
  door = new FrontDoor();
  port = await door.listen("127.0.0.1", 0);
});
afterEach(async () => {
  for (const server of servers.splice(0)) {
    if ("closeAllConnections" in server) server.closeAllConnections();
    server.close();
  }
  await door.close(0);
});

async function listening<S extends Server | TcpServer>(server: S): Promise<number> {
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  return typeof address === "object" ? (address?.port ?? 0) : 0;
}

async function serve(
  slot: Slot,
  handler: Parameters<typeof createServer>[1] = (_, response) => response.end(slot),
): Promise<Backend> {
  const server = createServer({ keepAliveTimeout: 60_000 }, handler as never);
  return join(slot, await listening(server));
}

function join(slot: Slot, backendPort: number): Backend {
  const backend = new Backend(slot, `1.0.0-${slot}`, "127.0.0.1", backendPort);
  door.rotation.add(backend);
  return backend;
}

interface Answer {
  status: number;
  headers: IncomingMessage["headers"];
  body: string;
}

function ask(options: RequestOptions, body?: string | Buffer): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const asking = request({ host: "127.0.0.1", port, ...options }, (response) => {
      const chunks: Buffer[] = [];
      response.on("data", (chunk: Buffer) => chunks.push(chunk));
      response.on("error", reject);
      response.on("end", () =>
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          body: Buffer.concat(chunks).toString(),
        }),
      );
    });
    asking.on("error", reject);
    asking.end(body);
  });
}

describe("a request through the front door", () => {
  it("keeps its path, method and headers, and is told where it came from", async () => {
    const seen: IncomingMessage[] = [];
    await serve("blue", (incoming, response) => {
      seen.push(incoming);
      response.end();
    });
    door.rotation.setWeights({ blue: 100, green: 0 });
    await ask(
      { path: "/a/../b//c%2Fd?x=1?y=2&z", method: "PATCH", headers: { "x-own": "v" } },
      "b",
    );
    const [incoming] = seen;
    expect(incoming?.url).toBe("/a/../b//c%2Fd?x=1?y=2&z");
    expect(incoming?.method).toBe("PATCH");
    expect(incoming?.headers).toMatchObject({
      "x-own": "v",
      "x-forwarded-for": "127.0.0.1",
      "x-forwarded-proto": "http",
      host: `127.0.0.1:${port}`,
    });
  });

  it("comes back with the slot and the version that served it", async () => {
    await serve("green");
    door.rotation.setWeights({ blue: 0, green: 100 });
    const { headers, body } = await ask({});
    expect(body).toBe("green");
    expect(headers).toMatchObject({ "x-sluice-slot": "green", "x-sluice-version": "1.0.0-green" });
  });

  it.each([
    ["none", 0],
    ["a small one", 1_000],
    ["the largest that can be sent again", 64 * 1024],
    ["one byte more", 64 * 1024 + 1],
    ["a large one", 3_000_000],
  ])("carries its body: %s", async (_, length) => {
    await serve("blue", (incoming, response) => void incoming.pipe(response));
    door.rotation.setWeights({ blue: 100, green: 0 });
    const body = Buffer.alloc(length, "0123456789\u00ff", "latin1");
    const given = { "content-length": length };
    for (const headers of [given, { "transfer-encoding": "chunked" }]) {
      const echoed = await fetchBytes({ method: "POST", headers }, body);
      expect(echoed.equals(body)).toBe(true);
    }
  });

  it("uses the same connection to the backend again", async () => {
    const ports = new Set<number | undefined>();
    await serve("blue", (incoming, response) => {
      ports.add(incoming.socket.remotePort);
      response.end();
    });
    door.rotation.setWeights({ blue: 100, green: 0 });
    for (let i = 0; i < 10; i += 1) await ask({ method: "POST" }, "order");
    expect(ports.size).toBe(1);
  });

  it("streams an answer as it comes", async () => {
    let finish = () => {};
    await serve("blue", (_, response) => {
      response.write("first");
      finish = () => response.end("second");
    });
    door.rotation.setWeights({ blue: 100, green: 0 });
    const text = await new Promise<string>((resolve) => {
      request({ host: "127.0.0.1", port }, (response) => {
        let all = "";
        response.on("data", (chunk) => {
          all += chunk;
          // The rest is only sent once the first part has arrived.
          finish();
        });
        response.on("end", () => resolve(all));
      }).end();
    });
    expect(text).toBe("firstsecond");
  });

  it("is answered though its client offers another protocol", async () => {
    await serve("blue");
    door.rotation.setWeights({ blue: 100, green: 0 });
    const headers = {
      connection: "Upgrade, HTTP2-Settings",
      upgrade: "h2c",
      "http2-settings": "AA",
    };
    expect(await ask({ headers })).toMatchObject({ status: 200, body: "blue" });
  });

  it("lets a client that wants its connection closed have that", async () => {
    await serve("blue");
    door.rotation.setWeights({ blue: 100, green: 0 });
    const text = await new Promise<string>((resolve) => {
      const socket = connect(port, "127.0.0.1");
      let all = "";
      socket.on("data", (chunk) => {
        all += chunk;
      });
      socket.on("close", () => resolve(all));
      socket.write("GET / HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n");
    });
    expect(text.toLowerCase()).toContain("connection: close");
  });
});

describe("a request that cannot be handed over", () => {
  it("goes to the other slot, whatever its method, when nobody listens", async () => {
    await serve("blue");
    const dead = await serve("green");
    servers.pop()?.close();
    door.rotation.setWeights({ blue: 50, green: 50 });
    for (let i = 0; i < 20; i += 1)
      expect(await ask({ method: "POST" }, "order")).toMatchObject({ status: 200, body: "blue" });
    expect(dead.inFlight).toBe(0);
    expect(door.traffic.slots.green).toMatchObject({ requests: 0, handedOn: 10, lost: 0 });
    expect(door.traffic.slots.blue.requests).toBe(20);
  });

  it("never goes to a slot without weight", async () => {
    await serve("green");
    door.rotation.setWeights({ blue: 100, green: 0 });
    const { status, headers, body } = await ask({});
    expect(status).toBe(503);
    expect(headers["retry-after"]).toBe("1");
    expect(JSON.parse(body)).toMatchObject({ error: "no-slot" });
    expect(door.traffic.unserved).toBe(1);
  });

  it("is not sent a second time when it may have been carried out", async () => {
    let orders = 0;
    const dying = createTcpServer((socket) => {
      socket.once("data", () => {
        orders += 1;
        socket.destroy();
      });
      socket.on("error", () => {});
    });
    join("green", await listening(dying));
    await serve("blue");
    door.rotation.setWeights({ blue: 0, green: 100 });
    expect((await ask({ method: "POST" }, "order")).status).toBe(502);
    expect(orders).toBe(1);
    expect(door.traffic.slots.green).toMatchObject({ requests: 1, lost: 1, handedOn: 0 });
  });

  it("goes elsewhere when it changes nothing, even if it was taken", async () => {
    const dying = createTcpServer((socket) => {
      socket.once("data", () => socket.destroy());
      socket.on("error", () => {});
    });
    join("green", await listening(dying));
    await serve("blue");
    door.rotation.setWeights({ blue: 1, green: 99 });
    for (let i = 0; i < 5; i += 1) expect((await ask({})).body).toBe("blue");
  });

  it("is not taken for whole when its answer breaks off", async () => {
    await serve("blue", (_, response) => {
      response.writeHead(200, { "content-length": 100 });
      response.write("half", () => response.destroy());
    });
    door.rotation.setWeights({ blue: 100, green: 0 });
    await expect(ask({})).rejects.toThrow();
    await expect
      .poll(() => door.traffic.slots.blue)
      .toMatchObject({ requests: 1, lost: 1, failed: 0 });
  });
});

describe("what the front door counts", () => {
  it("tells errors of a slot from clients that went away", async () => {
    await serve("blue", (incoming, response) => {
      if (incoming.url === "/error") response.writeHead(500).end();
    });
    door.rotation.setWeights({ blue: 100, green: 0 });
    await ask({ path: "/error" });
    const impatient = request({ host: "127.0.0.1", port, path: "/never" });
    impatient.on("error", () => {});
    impatient.end();
    await expect.poll(() => door.rotation.inFlight("blue")).toBe(1);
    impatient.destroy();
    await expect.poll(() => door.rotation.inFlight("blue")).toBe(0);
    expect(door.traffic.slots.blue).toMatchObject({
      requests: 2,
      failed: 1,
      abandoned: 1,
      lost: 0,
    });
  });
});

describe("a WebSocket through the front door", () => {
  async function socketBackend(slot: Slot): Promise<Backend> {
    const server = createServer();
    const sockets = new WebSocketServer({ server });
    sockets.on("connection", (socket) => {
      socket.on("message", (data) => socket.send(`${slot}: ${String(data)}`));
      socket.on("error", () => {});
    });
    return join(slot, await listening(server));
  }

  function opened(): Promise<{ socket: WebSocket; headers: IncomingMessage["headers"] }> {
    return new Promise((resolve, reject) => {
      const socket = new WebSocket(`ws://127.0.0.1:${port}/stream?x=1`);
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
    door.rotation.setWeights({ blue: 75, green: 25 });
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
    door.rotation.setWeights({ blue: 0, green: 100 });
    const { socket } = await opened();
    door.rotation.setWeights({ blue: 100, green: 0 });
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
    servers.pop()?.close();
    door.rotation.setWeights({ blue: 1, green: 99 });
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
    join("blue", await listening(server));
    door.rotation.setWeights({ blue: 100, green: 0 });
    await expect(opened()).rejects.toThrow("401");
  });
});

function fetchBytes(options: RequestOptions, body: Buffer): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const asking = request({ host: "127.0.0.1", port, ...options }, (response) => {
      const chunks: Buffer[] = [];
      response.on("data", (chunk: Buffer) => chunks.push(chunk));
      response.on("end", () => resolve(Buffer.concat(chunks)));
      response.on("error", reject);
    });
    asking.on("error", reject);
    asking.end(body);
  });
}
