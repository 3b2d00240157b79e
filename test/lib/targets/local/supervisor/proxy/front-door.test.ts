import { type IncomingMessage, request } from "node:http";
import { connect, createServer as createTcpServer } from "node:net";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { TestDoor } from "../../../../../support/front-door.ts";

let at: TestDoor;
beforeEach(async () => {
  at = await TestDoor.open();
});
afterEach(() => at[Symbol.asyncDispose]());

describe("a request through the front door", () => {
  it("keeps its path, method and headers, and is told where it came from", async () => {
    const seen: IncomingMessage[] = [];
    await at.serve("blue", (incoming, response) => {
      seen.push(incoming);
      response.end();
    });
    at.weigh(100, 0);
    await at.ask(
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
      host: `127.0.0.1:${at.port}`,
    });
  });

  it("comes back with the slot and the version that served it", async () => {
    await at.serve("green");
    at.weigh(0, 100);
    const { headers, body } = await at.ask({});
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
    await at.serve("blue", (incoming, response) => void incoming.pipe(response));
    at.weigh(100, 0);
    const body = Buffer.alloc(length, "0123456789\u00ff", "latin1");
    const given = { "content-length": length };
    for (const headers of [given, { "transfer-encoding": "chunked" }]) {
      const echoed = await at.ask({ method: "POST", headers }, body);
      expect(echoed.bytes.equals(body)).toBe(true);
    }
  });

  it("uses the same connection to the backend again", async () => {
    const ports = new Set<number | undefined>();
    await at.serve("blue", (incoming, response) => {
      ports.add(incoming.socket.remotePort);
      response.end();
    });
    at.weigh(100, 0);
    for (let i = 0; i < 10; i += 1) await at.ask({ method: "POST" }, "order");
    expect(ports.size).toBe(1);
  });

  it("streams an answer as it comes", async () => {
    let finish = () => {};
    await at.serve("blue", (_, response) => {
      response.write("first");
      finish = () => response.end("second");
    });
    at.weigh(100, 0);
    const text = await new Promise<string>((resolve) => {
      request({ host: "127.0.0.1", port: at.port }, (response) => {
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
    await at.serve("blue");
    at.weigh(100, 0);
    const headers = {
      connection: "Upgrade, HTTP2-Settings",
      upgrade: "h2c",
      "http2-settings": "AA",
    };
    expect(await at.ask({ headers })).toMatchObject({ status: 200, body: "blue" });
  });

  it("is answered to an old client that names no host", async () => {
    await at.serve("blue");
    at.weigh(100, 0);
    const text = await raw("GET / HTTP/1.0\r\n\r\n");
    expect(text).toContain("200 OK");
    expect(text.endsWith("blue")).toBe(true);
  });

  it("lets a client that wants its connection closed have that", async () => {
    await at.serve("blue");
    at.weigh(100, 0);
    const text = await raw("GET / HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n");
    expect(text.toLowerCase()).toContain("connection: close");
  });
});

describe("a request that cannot be handed over", () => {
  it("goes to the other slot, whatever its method, when nobody listens", async () => {
    await at.serve("blue");
    const dead = await at.serve("green");
    at.stopLast();
    at.weigh(50, 50);
    for (let i = 0; i < 20; i += 1)
      expect(await at.ask({ method: "POST" }, "order")).toMatchObject({
        status: 200,
        body: "blue",
      });
    expect(dead.inFlight).toBe(0);
    expect(at.door.traffic.slots.green).toMatchObject({ requests: 0, handedOn: 10, lost: 0 });
    expect(at.door.traffic.slots.blue.requests).toBe(20);
  });

  it("never goes to a slot without weight", async () => {
    await at.serve("green");
    at.weigh(100, 0);
    const { status, headers, body } = await at.ask({});
    expect(status).toBe(503);
    expect(headers["retry-after"]).toBe("1");
    expect(JSON.parse(body)).toMatchObject({ error: "no-slot" });
    expect(at.door.traffic.unserved).toBe(1);
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
    await at.join("green", dying);
    await at.serve("blue");
    at.weigh(0, 100);
    expect((await at.ask({ method: "POST" }, "order")).status).toBe(502);
    expect(orders).toBe(1);
    expect(at.door.traffic.slots.green).toMatchObject({ requests: 1, lost: 1, handedOn: 0 });
  });

  it("goes elsewhere when it changes nothing, even if it was taken", async () => {
    const dying = createTcpServer((socket) => {
      socket.once("data", () => socket.destroy());
      socket.on("error", () => {});
    });
    await at.join("green", dying);
    await at.serve("blue");
    at.weigh(1, 99);
    for (let i = 0; i < 5; i += 1) expect((await at.ask({})).body).toBe("blue");
  });

  it("is not taken for whole when its answer breaks off", async () => {
    await at.serve("blue", (_, response) => {
      response.writeHead(200, { "content-length": 100 });
      response.write("half", () => response.destroy());
    });
    at.weigh(100, 0);
    await expect(at.ask({})).rejects.toThrow();
    await expect
      .poll(() => at.door.traffic.slots.blue)
      .toMatchObject({ requests: 1, lost: 1, failed: 0 });
  });
});

describe("what the front door counts", () => {
  it("tells errors of a slot from clients that went away", async () => {
    await at.serve("blue", (incoming, response) => {
      if (incoming.url === "/error") response.writeHead(500).end();
    });
    at.weigh(100, 0);
    await at.ask({ path: "/error" });
    const impatient = request({ host: "127.0.0.1", port: at.port, path: "/never" });
    impatient.on("error", () => {});
    impatient.end();
    await expect.poll(() => at.door.rotation.inFlight("blue")).toBe(1);
    impatient.destroy();
    await expect.poll(() => at.door.rotation.inFlight("blue")).toBe(0);
    expect(at.door.traffic.slots.blue).toMatchObject({
      requests: 2,
      failed: 1,
      abandoned: 1,
      lost: 0,
    });
  });
});

/** Sends these very bytes, and gives what comes until the connection is closed. */
function raw(text: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(at.port, "127.0.0.1");
    let all = "";
    socket.on("data", (chunk) => {
      all += chunk;
    });
    socket.on("close", () => resolve(all));
    socket.on("error", reject);
    socket.write(text);
  });
}
