import { once } from "node:events";
import { createServer } from "node:net";
import { expect, it } from "vitest";
import { freePorts } from "../../../lib/process/free-port.ts";

it("gives ports that differ, that can be listened on, and that no outgoing connection takes", async () => {
  const ports = await freePorts("127.0.0.1", 100);
  expect(new Set(ports).size).toBe(100);
  for (const port of ports) expect(port).toBeLessThan(32_768);
  const server = createServer().listen(ports[0], "127.0.0.1");
  await once(server, "listening");
  server.close();
});

it("fails for a host that is not this one", async () => {
  await expect(freePorts("192.0.2.1", 1)).rejects.toMatchObject({ code: "EADDRNOTAVAIL" });
});
