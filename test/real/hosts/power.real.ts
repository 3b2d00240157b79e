import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { groupsLeft, processesOn } from "./control-groups.ts";
import { type Lab, startLab } from "./lab.ts";

const name = process.env.SLUICE_LAB ?? "";

describe("a machine of the lab", () => {
  let lab: Lab;
  beforeAll(async () => {
    lab = await startLab({ edges: 1, hosts: 1 });
  });
  afterAll(() => lab?.close());

  it("is gone with all that ran on it when its power is cut, and comes back with what it had kept", async () => {
    await lab.on("edge-1", "echo kept >/var/lib/kept && sync");
    expect((await processesOn(name, "edge-1")).length).toBeGreaterThan(4);
    await lab.machine("edge-1").cutPower();
    expect(await processesOn(name, "edge-1")).toEqual([]);
    expect(await groupsLeft(`${name}/edge-1`)).toEqual([]);
    expect((await processesOn(name, "engine-1")).length).toBeGreaterThan(4);
    await lab.machine("edge-1").boot();
    expect(await lab.on("edge-1", "cat /var/lib/kept")).toBe("kept\n");
  });

  it("says what was seen of it when it does not come up", async () => {
    const machine = lab.machine("engine-1");
    await machine.cutPower();
    await machine.put("/sbin/lab-init", "#!/bin/sh\necho waiting for nothing\nsleep 600\n", 0o755);
    // Time enough to get as far as that.
    const refusal = await machine.boot(15_000).then(String, String);
    expect(refusal).toContain("engine-1 does not listen within 15000 ms on port 22");
    expect(refusal).toMatch(/--- its console\n[\s\S]*waiting for nothing/);
    expect(refusal).toMatch(/--- its processes\n[\s\S]*sleep 600/);
    expect(refusal).toMatch(/--- the bridge\n[\s\S]*vb-edge-1/);
    await machine.put("/sbin/lab-init", "#!/bin/sh\necho no more\nexit 3\n", 0o755);
    await machine.cutPower();
    await expect(machine.boot()).rejects.toThrow(
      /engine-1 ended before it listened on port 22\n--- its console\n[\s\S]*no more/,
    );
  });

  it("leaves nothing of itself when its lab is closed", async () => {
    await lab.close();
    expect(await groupsLeft(`${name}/edge-1`)).toEqual([]);
    expect(await groupsLeft(`${name}/engine-1`)).toEqual([]);
    lab = await startLab({ edges: 1, hosts: 1 });
  });
});
