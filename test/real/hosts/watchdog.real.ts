import { afterAll, beforeAll, expect, it } from "vitest";
import { type Lab, startLab } from "./lab.ts";

/** Listens, and never answers anybody. */
const HANGS = `#!/usr/bin/python3
import os, socket, time
socket = socket.create_server((os.environ["HOST"], int(os.environ["PORT"])))
print("listening", flush=True)
time.sleep(3600)
`;

let lab: Lab;
beforeAll(async () => {
  lab = await startLab({ edges: 1, hosts: 1 });
});
afterAll(() => lab?.close());

it("starts a service again that listens and hangs before its first answer", async () => {
  const [host] = lab.environment.target.hosts;
  const { folder, ports } = lab.environment.target;
  const slot = `${folder}/slots/blue`;
  const on = (command: string) => lab.on("engine-1", command);
  await lab.machine("engine-1").put(`${slot}/start`, HANGS, 0o755);
  const variables = `HOST=${host?.address}\nPORT=${ports.blue.service}\n`;
  await lab.machine("engine-1").put(`${slot}/variables`, variables);
  await on("systemctl start engine@blue");
  await expect
    .poll(() => on("systemctl show -p NRestarts --value engine@blue"), {
      timeout: 180_000,
      interval: 1_000,
    })
    .not.toBe("0\n");
  const journal = await on("journalctl -q -o cat -u engine@blue");
  expect(journal).toContain("Watchdog timeout");
  expect(journal).toContain("listening");
});
