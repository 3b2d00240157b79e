import { createWriteStream } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { createGzip } from "node:zlib";
import { type Header, pack } from "tar-stream";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Host } from "../../../lib/targets/hosts/host.ts";
import { SshShell } from "../../../lib/targets/hosts/ssh-shell.ts";
import { openTarget } from "../../../lib/targets/open.ts";
import { driftOf } from "../../../lib/targets/tuning.ts";
import { expectCode } from "../../lib/targets/contract.ts";
import { digestOf } from "../../support/service-archive.ts";
import { type Lab, startLab } from "./lab.ts";

const FILES = { variables: "", start: "#!/bin/sh\nexec sleep 60\n" };

describe("the programs on the machines", () => {
  let lab: Lab;
  let host: Host;
  beforeAll(async () => {
    lab = await startLab({ edges: 1, hosts: 1 });
    const [machine] = lab.environment.target.hosts;
    if (!machine) throw new Error("no host");
    host = new Host(machine, lab.environment.name, lab.environment.target);
  });
  afterAll(() => lab?.close());

  async function archive(
    entries: ReadonlyArray<Partial<Header> & { name: string; text?: string }>,
  ) {
    const file = join(lab.folder, "bad.tar.gz");
    const tar = pack();
    for (const { text, ...header } of entries) tar.entry(header, text ?? "");
    tar.finalize();
    await pipeline(tar, createGzip(), createWriteStream(file));
    const digest = await digestOf(file);
    return { file, release: { name: "bad", version: "1", commit: "c", digest } };
  }

  it.each([
    ["climbs out", [{ name: "../../etc/owned", text: "x" }]],
    ["begins at the root", [{ name: "/etc/owned", text: "x" }]],
    ["is a link that leads out", [{ name: "link", type: "symlink" as const, linkname: "/etc" }]],
    [
      "is written through a link",
      [
        { name: "link", type: "symlink" as const, linkname: "/etc" },
        { name: "link/owned", text: "x" },
      ],
    ],
    [
      "is a hard link to what is not its own",
      [{ name: "h", type: "link" as const, linkname: "/etc/shadow" }],
    ],
    ["is a device", [{ name: "d", type: "character-device" as const, devmajor: 1, devminor: 3 }]],
    ["is a pipe", [{ name: "p", type: "fifo" as const }]],
    ["is setuid", [{ name: "s", mode: 0o4755, text: "x" }]],
  ])("refuse an archive of which an entry %s, and leave nothing of it", async (_name, entries) => {
    const { file, release } = await archive(entries);
    await host.put(release, file);
    const outcome = await host.place("blue", release.digest, 1, FILES).then(
      () => "placed",
      (error: { code: string }) => error.code,
    );
    expect(await lab.on("engine-1", "ls /etc/owned 2>/dev/null || true")).toBe("");
    const kept = await lab.on("engine-1", "find /srv/engine/slots/blue -mindepth 1");
    // What tar itself strips of its danger may stand; all else is refused as a whole.
    if (outcome === "placed") {
      expect(
        await lab.on(
          "engine-1",
          "find /srv/engine/slots/blue -perm /6000 -o -type l -path '*/link'",
        ),
      ).toBe("");
      await host.stop("blue", 1);
    } else {
      expect(outcome).toBe("refused");
      expect(kept).toBe("");
    }
  });

  it("refuse bytes that are not the promised ones", async () => {
    const { file, release } = await archive([{ name: "a", text: "x" }]);
    const other = await archive([{ name: "a", text: "y" }]);
    await expectCode(host.put(release, other.file), "digest-mismatch");
    expect(file).toBe(other.file);
  });

  it("refuse a runner whose lease is older than one that was here", async () => {
    await host.stop("green", 50);
    await expectCode(host.stop("green", 49), "lease-lost");
  });

  it("tell how the kernel of a host differs from what the environment asks for, and nothing else", async () => {
    const drift = () => driftOf({ ...lab.environment, tune: { profile: "s1", drift: "block" } });
    const [{ host: name, found } = { host: "", found: [] }] = await drift();
    expect(name).toBe("engine-1");
    expect(found.map(({ key }) => key)).toContain("net.ipv4.tcp_rmem");
    // A container may set those of its network, which are its own.
    const own = found.filter(({ key }) => key.startsWith("net.ipv4."));
    for (const { key, wanted } of own) await lab.on("engine-1", `sysctl -qw ${key}='${wanted}'`);
    const left = (await drift()).flatMap((one) => one.found.map(({ key }) => key));
    expect(left.filter((key) => key.startsWith("net.ipv4."))).toEqual([]);
    for (const path of [
      "etc/shadow",
      "proc/1/environ",
      "proc/sys/../../etc/shadow",
      "proc/sys/net/ipv4/tcp_fastopen_key",
    ])
      await expectCode(host.kernelSettings([path]), "invalid-input");
    expect(await host.kernelSettings(["proc/sys/net/ipv4/*"])).not.toContain("fastopen_key");
  });

  it("are all that the runner's key is good for", async () => {
    const runner = new SshShell("engine-1", "engine-1", join(lab.folder, "ssh_config"));
    for (const command of [
      "id",
      "cat /etc/shadow",
      "sudo -n sh",
      "sudo -n /usr/local/lib/sluice/sluice-host other list",
    ])
      expect((await runner.run(command.split(" ") as [string])).code, command).toBe(126);
    const sudo = "runuser -u deploy -- sudo -n";
    await expect(lab.on("engine-1", `${sudo} id`)).rejects.toThrow("a password is required");
    await lab.on("engine-1", `${sudo} /usr/local/lib/sluice/sluice-host lab list`);
  });

  it("show no variable of the service in a command line, a log or the state", async () => {
    const secret = "kept-to-itself-4711";
    const { file, release } = await archive([{ name: "a", text: "x" }]);
    await host.put(release, file);
    const variables = `SECRET="${secret}"\n`;
    await host.place("blue", release.digest, 60, { ...FILES, variables });
    const places = "/proc/[0-9]*/cmdline /var/lib/sluice /srv/engine/ledger /srv/engine/releases";
    // By a file, so that it is not in the command line of who looks.
    const look = `printf '%s%s' kept-to-itself- 4711 >/run/sought; grep -rlaFsf /run/sought ${places} /var/log; journalctl -q -o cat | grep -cFf /run/sought || true`;
    expect(await lab.on("engine-1", look)).toBe("0\n");
    expect(await lab.on("engine-1", "stat -c '%a %U' /srv/engine/slots/blue/variables")).toBe(
      "640 root\n",
    );
    await host.stop("blue", 60);
  });

  it("run a command beside stable as the unit's user, which reads what stable writes and writes nowhere", async () => {
    const { file, release } = await archive([{ name: "a", text: "x" }]);
    await host.put(release, file);
    for (const slot of ["blue", "green"] as const)
      await host.place(slot, release.digest, 70, {
        ...FILES,
        start: "#!/bin/sh\nexec sleep 3600\n",
      });
    await host.mustShadow();
    const state = "/var/lib/engine/blue";
    await lab.on("engine-1", `echo live >${state}/journal; chown engine: ${state}/journal`);
    const look = `cat ${state}/journal; id -un; nice; echo "$MINE"
for file in ${state}/other /srv/engine/slots/green/other /etc/other; do true >$file && echo wrote $file; done
cat /srv/engine/slots/blue/variables && echo read; exit 3`;
    const files = {
      variables: 'MINE="of its own"\n',
      start: `#!/bin/sh\nexec 2>/dev/null\n${look}\n`,
    };
    const { code, isLate, lastLines } = await host.shadow("green", 70, 60_000, files);
    expect([code, isLate, lastLines.split("\n")]).toEqual([
      3,
      false,
      ["live", "engine", "10", "of its own"],
    ]);
    const lingering = { variables: "", start: "#!/bin/sh\nsleep 600 &\nsleep 600\n" };
    const late = await host.shadow("green", 70, 2_000, lingering);
    expect(late).toMatchObject({ isLate: true });
    const running = () => lab.on("engine-1", "pgrep -fc '[s]leep 600$' || true");
    expect(await running()).toBe("0\n");
    const runner = new AbortController();
    const gone = host.shadow("green", 70, 600_000, lingering, runner.signal).catch(() => {});
    await expect.poll(running, { timeout: 60_000 }).toBe("2\n");
    runner.abort(new Error("the runner is gone"));
    await gone;
    await host.stop("green", 70);
    await expect.poll(running, { timeout: 60_000 }).toBe("0\n");
    expect(await lab.on("engine-1", "systemctl is-active engine@blue")).toBe("active\n");
    await host.stop("blue", 70);
  });

  it("trust no host that is not known", async () => {
    const known = join(lab.folder, "known_hosts");
    const before = await readFile(known, "utf8");
    await lab.on("edge-1", "true");
    try {
      await writeFile(known, "");
      // Not by the connection that is shared already.
      const settings = {
        ...lab.environment.target,
        edges: [
          {
            name: "edge-1",
            address: "10.77.0.11",
            reach: { by: "ssh" as const, destination: "stranger" },
            sudo: false,
          },
        ] as typeof lab.environment.target.edges,
      };
      await writeFile(
        `${settings.sshConfig}.stranger`,
        `Host stranger\n  HostName 10.77.0.11\n  User nobody\n  IdentityFile ${lab.folder}/user\n  UserKnownHostsFile ${known}\n`,
      );
      const target = await openTarget({
        ...lab.environment,
        target: { ...settings, sshConfig: `${settings.sshConfig}.stranger` },
      });
      const error = await expectCode(target.read(), "target-unreachable");
      expect(error.message).toContain("Host key verification failed");
    } finally {
      await writeFile(known, before);
    }
  });
});
