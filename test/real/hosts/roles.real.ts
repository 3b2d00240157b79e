import { execFile, execFileSync, spawnSync } from "node:child_process";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { openTarget } from "../../../lib/targets/open.ts";
import { packService } from "../../support/service-archive.ts";
import { canConnect } from "./can-connect.ts";
import { type Lab, startLab } from "./lab.ts";

const run = promisify(execFile);
const hosts = join(import.meta.dirname, "..", "..", "..", "hosts");
const LIMIT_MS = 900_000;

/** Secrets of these tests, in a file that is made for them. */
const SECRETS = {
  JWT_SECRET: "a secret of the service, 1",
  postgresql: "a password for postgresql",
  redis: "a-password-for-redis",
  nats: "a password for nats",
};

/** The last one; the first keeps house, where there are two. */
const SLOT_CPU = String(availableParallelism() - 1);

describe("all roles of the playbook", { timeout: LIMIT_MS }, () => {
  const lacks = isInstalled() ? "" : "it needs ansible-playbook (apt-get install ansible-core)";
  beforeEach((context) => context.skip(lacks !== "", lacks));
  let lab: Lab;
  const on = (name: string, command: string) => lab.on(name, command);
  beforeAll(async () => {
    if (lacks !== "") return;
    process.env.SLUICE_LAB_BASE = process.env.SLUICE_LAB_STORES;
    lab = await startLab({ edges: 1, hosts: 1 });
    await mkdir(join(lab.folder, "play"));
    await writeFile(
      join(lab.folder, "play", "more.yml"),
      "data: { hosts: { engine-1: } }\nobserve: { hosts: { edge-1: } }\n",
    );
    await makeCertificate("first.example");
  }, LIMIT_MS);
  afterAll(() => lab?.close());

  async function makeCertificate(name: string): Promise<void> {
    const file = (what: string) => join(lab.folder, "play", what);
    const made = ["-newkey", "rsa:2048", "-nodes", "-keyout", file("key"), "-out", file("pem")];
    await run("openssl", ["req", "-x509", "-days", "30", "-subj", `/CN=${name}`, ...made]);
    await writeFile(
      file("both"),
      (await readFile(file("pem"))) + String(await readFile(file("key"))),
    );
  }

  /** Runs it; what changed on each machine. Variables go by a file, as secrets have to. */
  async function play(variables: Record<string, unknown> = {}): Promise<Record<string, number>> {
    const folder = join(lab.folder, "play");
    const { postgresql, redis, nats, JWT_SECRET } = SECRETS;
    const all = {
      base_runners: ["10.77.0.1", "fd77::1"],
      lowlatency_profile: "low-latency",
      lowlatency_housekeeping_cpus: "0",
      engine_secrets: { JWT_SECRET },
      engine_memory_max: "512M",
      engine_cpus: SLOT_CPU,
      data_clients: ["10.77.0.0/24"],
      data_secrets: { postgresql, redis, nats },
      data_redis_memory: "64mb",
      edge_certificate: String(await readFile(join(folder, "both"))),
      ...variables,
    };
    await writeFile(join(folder, "variables.json"), JSON.stringify(all), { mode: 0o600 });
    const { stdout } = await run(
      "ansible-playbook",
      [
        ...["-i", join(hosts, "inventory.py"), "-i", join(folder, "more.yml")],
        ...["-e", `@${join(folder, "variables.json")}`, join(hosts, "site.yml")],
      ],
      {
        maxBuffer: 16 * 1024 * 1024,
        env: {
          ...process.env,
          SLUICE_ENVIRONMENT: lab.adminFile,
          ANSIBLE_NOCOLOR: "1",
          ANSIBLE_PIPELINING: "1",
          ANSIBLE_HOME: join(folder, "ansible"),
          ANSIBLE_LOCAL_TEMP: join(folder, "ansible"),
          ANSIBLE_SSH_CONTROL_PATH_DIR: join(folder, "cp"),
        },
      },
    ).catch((error: { stdout?: string; stderr?: string }) => {
      throw new Error(`${error.stdout}${error.stderr}`);
    });
    for (const secret of Object.values(SECRETS)) expect(stdout).not.toContain(secret);
    const changed = [...stdout.matchAll(/^(\S+)\s+: ok=\d+\s+changed=(\d+)/gm)];
    return Object.fromEntries(changed.map(([, name = "", count]) => [name, Number(count)]));
  }

  it("set machines up in one run, and change nothing in a second", async () => {
    const first = await play();
    expect(Math.min(...Object.values(first))).toBeGreaterThan(0);
    expect(await play()).toEqual({ "edge-1": 0, "engine-1": 0 });
  });

  it("run stores that want a password, and take the one that was given", async () => {
    const { postgresql, redis } = SECRETS;
    const ask = (password: string) =>
      on(
        "engine-1",
        `PGPASSWORD='${password}' psql -h 10.77.0.21 -U engine -d engine -Atc 'select 41+1'`,
      );
    expect((await ask(postgresql)).trim()).toBe("42");
    await expect(ask("another")).rejects.toThrow("password authentication failed");
    expect(await on("engine-1", `REDISCLI_AUTH=${redis} redis-cli ping`)).toBe("PONG\n");
    expect(await on("engine-1", "redis-cli ping")).toContain("NOAUTH");
    const greeting = await on(
      "engine-1",
      "timeout 5 bash -c 'exec 3<>/dev/tcp/10.77.0.21/4222; head -n 1 <&3'",
    );
    expect(greeting).toContain('"auth_required":true');
    expect(greeting).toContain('"jetstream":true');
  });

  it("let somebody read every machine and edge", async () => {
    const up = async () => {
      const told = await on(
        "edge-1",
        "promtool query instant http://127.0.0.1:9090 'up{job=~\"node|haproxy\"}'",
      );
      return [...told.matchAll(/host="([^"]+)".*job="([^"]+)".*=> (\d)/g)]
        .map(([, host, job, value]) => `${job} ${host} ${value}`)
        .sort();
    };
    await expect
      .poll(up, { timeout: 60_000, interval: 1_000 })
      .toEqual(["haproxy edge-1 1", "node edge-1 1", "node engine-1 1"]);
  });

  it("close what nobody needs, and leave open what somebody does", async () => {
    // The runner reaches sshd and the edge; what machines tell each other is not for it.
    await expect.poll(() => canConnect("10.77.0.11", 8080)).toBe(true);
    await expect.poll(() => canConnect("10.77.0.21", 22)).toBe(true);
    for (const port of [9100, 5432, 6379, 4222])
      expect(await canConnect("10.77.0.21", port)).toBe(false);
    expect(await on("engine-1", "nft list table inet sluice")).toContain("policy drop");
  });

  it("do the same for IPv6", async () => {
    await on("engine-1", "echo 0 >/proc/sys/net/ipv6/conf/host0/disable_ipv6");
    for (const network of ["fd77", "fd78"]) {
      await run("ip", ["addr", "add", `${network}::1/64`, "dev", "br0", "nodad"]);
      await on("engine-1", `ip addr add ${network}::21/64 dev host0 nodad`);
    }
    await expect.poll(() => canConnect("fd77::21", 22), { timeout: 60_000 }).toBe(true);
    // Of a network that no runner is in; and what is not for runners.
    expect(await canConnect("fd78::21", 22)).toBe(false);
    expect(await on("engine-1", "ss -Hlnt 'sport = :9100'")).toContain("*:9100");
    expect(await canConnect("fd77::21", 9100)).toBe(false);
  });

  it("have every thread of a slot on the CPUs that they were told, and interrupts moved at each boot", async () => {
    const target = await openTarget(lab.environment);
    const { token } = await target.acquire({ key: "roles", description: "roles" }, 120_000);
    await target.place(await packService(lab.folder, "1.0.0"), "blue", token);
    const threads = await on(
      "engine-1",
      "grep -h Cpus_allowed_list /proc/$(systemctl show -p MainPID --value engine@blue)/task/*/status",
    );
    const lists = threads.trim().split("\n");
    expect(lists.length).toBeGreaterThan(4);
    expect(new Set(lists)).toEqual(new Set([`Cpus_allowed_list:\t${SLOT_CPU}`]));
    await target.retire("blue", token);
    await target.release(token);
    // What it does to interrupts, the guest shows: those of the machine that the lab is on are not for tests.
    const unit = await on(
      "engine-1",
      "systemctl is-enabled sluice-irqs; systemctl cat sluice-irqs",
    );
    expect(unit).toMatch(/^enabled\n/);
    expect(unit).toContain("ExecStart=/usr/local/lib/sluice/sluice-irqs 0\n");
  });

  it("keep the slots well confined, with their CPUs, memory, watchdog and secrets", async () => {
    const text = await on(
      "engine-1",
      "systemd-analyze security --no-pager engine@blue.service | tail -1",
    );
    expect(Number(/level for engine@blue\.service: ([\d.]+)/.exec(text)?.[1])).toBeLessThanOrEqual(
      1.5,
    );
    const shown = await on(
      "engine-1",
      "systemctl show engine@blue -p MemoryMax -p LimitNOFILE -p LimitCORE -p Slice",
    );
    expect(shown.trim().split("\n").sort()).toEqual([
      "LimitCORE=0",
      "LimitNOFILE=1048576",
      `MemoryMax=${512 * 1024 ** 2}`,
      "Slice=sluice.slice",
    ]);
    const unit = await on("engine-1", "systemctl cat engine@blue");
    expect(unit).toContain("LoadCredential=JWT_SECRET:/etc/sluice/credentials/lab/JWT_SECRET");
    expect(unit).toContain("WatchdogSec=10s");
    const secret = await on(
      "engine-1",
      "stat -c '%a %U' /etc/sluice/credentials/lab /etc/sluice/credentials/lab/JWT_SECRET",
    );
    expect(secret).toBe("700 root\n600 root\n");
    expect(await on("engine-1", "cat /etc/systemd/system/system.slice.d/50-sluice.conf")).toContain(
      "AllowedCPUs=0",
    );
    expect(await on("engine-1", "cat /etc/sysctl.d/90-sluice.conf")).toContain(
      "-vm.swappiness = 1",
    );
  });

  it("write no secret into a log", async () => {
    for (const name of ["edge-1", "engine-1"]) {
      const log = await on(name, "journalctl -q --no-pager");
      for (const secret of Object.values(SECRETS)) expect(log).not.toContain(secret);
    }
  });

  it("rotate a certificate without a new HAProxy, and a password", async () => {
    const served = async () =>
      on(
        "edge-1",
        "openssl s_client -connect 127.0.0.1:8080 </dev/null 2>/dev/null | openssl x509 -noout -subject",
      );
    const process = () => on("edge-1", "systemctl show -p MainPID --value haproxy");
    const [subject, pid] = [await served(), await process()];
    expect(subject).toContain("first.example");
    await makeCertificate("second.example");
    SECRETS.postgresql = "another password for postgresql";
    SECRETS.JWT_SECRET = "a secret of the service, 2";
    await play();
    await expect.poll(served, { timeout: 60_000 }).toContain("second.example");
    expect(await process()).toBe(pid);
    expect(
      await on(
        "engine-1",
        `PGPASSWORD='${SECRETS.postgresql}' psql -h 10.77.0.21 -U engine -d engine -Atc 'select 1'`,
      ),
    ).toBe("1\n");
    expect(await on("engine-1", "cat /etc/sluice/credentials/lab/JWT_SECRET")).toBe(
      SECRETS.JWT_SECRET,
    );
  });

  it("refuse what HAProxy, or a certificate's clients, would, and leave what runs as it is", async () => {
    const configuration = await on("edge-1", "sha256sum /etc/haproxy/haproxy.cfg");
    await expect(play({ edge_bind: "no address" })).rejects.toThrow("failed to validate");
    expect(
      await on("edge-1", "sha256sum /etc/haproxy/haproxy.cfg; systemctl is-active haproxy"),
    ).toBe(`${configuration}active\n`);
    await expect(play({ lowlatency_profile: "fastest" })).rejects.toThrow(
      "value of lowlatency_profile must be one of",
    );
    await expect(play({ data_secrets: { postgresql: "short" } })).rejects.toThrow(
      "accepted are 16 characters and more",
    );
  });
});

function isInstalled(): boolean {
  try {
    execFileSync("ansible-playbook", ["--version"], { stdio: "ignore" });
    return spawnSync("openssl", ["version"]).error === undefined;
  } catch {
    return false;
  }
}
