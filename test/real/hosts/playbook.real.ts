import { execFile, execFileSync } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type Releasing, releasing } from "./releasing.ts";

const run = promisify(execFile);
const hosts = join(import.meta.dirname, "..", "..", "..", "hosts");

describe("the playbook", () => {
  const lacks = isInstalled() ? "" : "it needs ansible-playbook (apt-get install ansible-core)";
  beforeEach((context) => context.skip(lacks !== "", lacks));
  let r: Releasing;
  beforeAll(async () => {
    if (lacks !== "") return;
    r = await releasing(1, 2);
    // As a machine is before: with nothing of ours.
    await r.lab.on(
      "edge-1",
      "systemctl stop sluice-guard.timer haproxy; rm -r /etc/sluice /usr/local/lib/sluice /etc/haproxy/haproxy.cfg /lib/systemd/system/sluice-guard.*",
    );
    for (const name of ["engine-1", "engine-2"])
      await r.lab.on(
        name,
        "rm -rf /etc/sluice /usr/local/lib/sluice /lib/systemd/system/engine@.service /srv/engine",
      );
  });
  afterAll(() => r?.close());

  const play = async () => {
    const env = {
      ...process.env,
      SLUICE_ENVIRONMENT: r.lab.adminFile,
      ANSIBLE_NOCOLOR: "1",
      ANSIBLE_HOME: join(r.lab.folder, "ansible"),
      ANSIBLE_LOCAL_TEMP: join(r.lab.folder, "ansible"),
      ANSIBLE_SSH_CONTROL_PATH_DIR: join(r.lab.folder, "cp"),
    };
    const args = ["-i", join(hosts, "inventory.py"), join(hosts, "site.yml")];
    const { stdout } = await run("ansible-playbook", args, {
      env,
      maxBuffer: 16 * 1024 * 1024,
    }).catch((error: { stdout?: string; stderr?: string }) => {
      throw new Error(`${error.stdout}${error.stderr}`);
    });
    return [...stdout.matchAll(/^(\S+)\s+: ok=\d+\s+changed=(\d+)/gm)].map(([, name, changed]) => [
      name,
      Number(changed),
    ]);
  };

  it("makes bare machines take releases, and changes nothing the second time", async () => {
    const first = await play();
    expect(first).toHaveLength(3);
    for (const [, changed] of first) expect(changed).toBeGreaterThan(0);
    const { code, log } = await r.promote(await r.deploy("1.0.0"));
    expect(code, log).toBe(0);
    expect((await fetch(`${r.lab.urls[0]}/`)).ok).toBe(true);
    expect(await play()).toEqual([
      ["edge-1", 0],
      ["engine-1", 0],
      ["engine-2", 0],
    ]);
    expect(await r.weights()).toEqual({ "edge-1": { blue: 100, green: 0 } });
  });

  it("lets a key that is held to one environment do just that", async () => {
    const gate = (command: string) =>
      r.lab.on("edge-1", `SSH_ORIGINAL_COMMAND='${command}' /usr/local/lib/sluice/sluice-gate lab`);
    expect(await gate("/usr/local/lib/sluice/sluice-edge lab read")).toContain("version=");
    await expect(gate("/usr/local/lib/sluice/sluice-edge other read")).rejects.toThrow(
      "is for the environment lab",
    );
    await expect(gate("cat /etc/shadow")).rejects.toThrow("may only run");
    await expect(gate("/usr/local/lib/sluice/sluice-edge lab read; id")).rejects.toThrow();
  });
});

function isInstalled(): boolean {
  try {
    execFileSync("ansible-playbook", ["--version"], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}
