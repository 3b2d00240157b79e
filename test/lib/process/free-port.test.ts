import { spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import { expect, it } from "vitest";
import { freePorts } from "../../../lib/process/free-port.ts";

const MODULE = new URL("../../../lib/process/free-port.ts", import.meta.url).href;

async function firstLine(stream: Readable): Promise<number[]> {
  for await (const line of createInterface({ input: stream })) return line.split(",").map(Number);
  return [];
}

it("gives ports that differ, that can be listened on, and that no outgoing connection takes", async () => {
  const ports = await freePorts("127.0.0.1", 100);
  expect(new Set(ports).size).toBe(100);
  for (const port of ports) expect(port).toBeLessThan(32_768);
  const server = createServer().listen(ports[0], "127.0.0.1");
  await once(server, "listening");
  server.close();
});

it("gives no two processes the same, though neither listens there yet", async () => {
  // Of some ten thousand: without claims about twenty would be given to both.
  const program = `import { freePorts } from ${JSON.stringify(MODULE)};
    const ports = [];
    for (let round = 0; round < 5; round += 1) ports.push(...(await freePorts("127.0.0.1", 100)));
    console.log(ports.join());
    process.stdin.resume();`;
  const others = [1, 2].map(() =>
    spawn(process.execPath, ["--input-type=module", "-e", program], {
      stdio: ["pipe", "pipe", "inherit"],
    }),
  );
  const given = await Promise.all(others.map(({ stdout }) => firstLine(stdout)));
  for (const { stdin } of others) stdin.end();
  expect(given.map((ports) => ports.length)).toEqual([500, 500]);
  expect(new Set(given.flat()).size).toBe(1_000);
  await Promise.all(others.map((other) => other.exitCode ?? once(other, "exit")));
});

it("fails for a host that is not this one", async () => {
  await expect(freePorts("192.0.2.1", 1)).rejects.toMatchObject({ code: "EADDRNOTAVAIL" });
});
