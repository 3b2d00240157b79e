import { createWriteStream } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { createGzip } from "node:zlib";
import { type Header, pack } from "tar-stream";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Host } from "../../../lib/targets/hosts/host.ts";
import { openTarget } from "../../../lib/targets/open.ts";
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
