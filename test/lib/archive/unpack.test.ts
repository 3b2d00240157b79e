import { createHash, randomBytes } from "node:crypto";
import { mkdtemp, readdir, readFile, readlink, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { pack } from "tar-stream";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { unpack } from "../../../lib/archive/unpack.ts";
import type { Digest } from "../../../lib/units/digest.ts";

type Entry = Parameters<ReturnType<typeof pack>["entry"]>[0] & { content?: string };

let folder: string;
let into: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "sluice unpack "));
  into = join(folder, "app");
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function bytesOf(entries: Entry[]): Promise<Buffer> {
  const tar = pack();
  for (const { content, ...header } of entries)
    content === undefined ? tar.entry(header) : tar.entry(header, content);
  tar.finalize();
  const chunks: Buffer[] = [];
  for await (const chunk of tar) chunks.push(chunk as Buffer);
  return gzipSync(Buffer.concat(chunks));
}

async function unpackBytes(bytes: Buffer, digest = digestOf(bytes)): Promise<void> {
  const archive = join(folder, "archive.tar.gz");
  await writeFile(archive, bytes);
  await unpack(archive, digest, into);
}

function digestOf(bytes: Buffer): Digest {
  return `sha256:${createHash("sha256").update(bytes).digest("hex")}` as Digest;
}

const large = () => bytesOf([{ name: "a/b/c", content: randomBytes(300_000).toString("latin1") }]);

/** With another checksum at its end than that of its content. */
function damaged(bytes: Buffer): Buffer {
  const copy = Buffer.from(bytes);
  copy.writeUInt32LE((copy.readUInt32LE(copy.length - 8) ^ 1) >>> 0, copy.length - 8);
  return copy;
}

const unpackEntries = async (entries: Entry[]) => unpackBytes(await bytesOf(entries));

describe("unpacking an archive", () => {
  it("gives its files, folders and links, with the right to run kept and nothing else", async () => {
    await unpackEntries([
      { name: "app/", type: "directory" },
      { name: "app/run.sh", mode: 0o4777, content: "run" },
      { name: "app/data", mode: 0o666, content: "data" },
      { name: "app/deep/er/file", content: "deep" },
      { name: "app/.bin/link", type: "symlink", linkname: "../deep/er/file" },
      { name: "app/folder-link", type: "symlink", linkname: "deep" },
    ]);
    expect(await readFile(join(into, "app/run.sh"), "utf8")).toBe("run");
    expect((await stat(join(into, "app/run.sh"))).mode & 0o7700).toBe(0o700);
    expect((await stat(join(into, "app/data"))).mode & 0o7111).toBe(0);
    expect(await readFile(join(into, "app/.bin/link"), "utf8")).toBe("deep");
    expect(await readlink(join(into, "app/folder-link"))).toBe("deep");
  });

  it("takes paths that are longer than the format's own field", async () => {
    const name = `${"a-long-name/".repeat(30)}file`;
    await unpackEntries([{ name, content: "x" }]);
    expect(await readFile(join(into, name), "utf8")).toBe("x");
  });

  const outside = "leads out";
  it.each<[string, Entry[], string]>([
    ["a path that climbs", [{ name: "../evil", content: "x" }], outside],
    ["a path that climbs in the middle", [{ name: "a/../../evil", content: "x" }], outside],
    ["a path that climbs and comes back", [{ name: "a/../b", content: "x" }], outside],
    ["an absolute path", [{ name: "/evil", content: "x" }], "an absolute or foreign path"],
    ["a path of another system", [{ name: "C:\\evil", content: "x" }], "foreign path"],
    ["an absolute link", [{ name: "l", type: "symlink", linkname: "/etc/passwd" }], "a symlink to"],
    ["a link that climbs", [{ name: "a/l", type: "symlink", linkname: "../../x" }], "not inside"],
    ["a link to nothing", [{ name: "l", type: "symlink", linkname: "gone" }], "not inside"],
    [
      "a link that climbs by way of another",
      [
        { name: "s/", type: "directory" },
        { name: "s/up", type: "symlink", linkname: ".." },
        { name: "out", type: "symlink", linkname: "s/up/.." },
      ],
      "not inside",
    ],
    [
      "a link that would be made through another",
      [
        { name: "out", type: "symlink", linkname: ".." },
        { name: "out/made/evil", type: "symlink", linkname: "anything" },
      ],
      "leads through a symlink",
    ],
    ["a hard link", [{ name: "h", type: "link", linkname: "x" }], "a link"],
    ["a device", [{ name: "d", type: "character-device" }], "a character-device"],
    ["a pipe", [{ name: "p", type: "fifo" }], "a fifo"],
  ])("refuses %s, and leaves nothing", async (_, entries, message) => {
    await expect(unpackEntries(entries)).rejects.toMatchObject({
      code: "refused",
      message: expect.stringContaining(message),
    });
    expect(await readdir(folder)).toEqual(["archive.tar.gz"]);
  });

  it("never writes through a link that it has made", async () => {
    await expect(
      unpackEntries([
        { name: "out", type: "symlink", linkname: "../.." },
        { name: "out/evil", content: "x" },
      ]),
    ).rejects.toThrow();
    expect(await readdir(folder)).toEqual(["archive.tar.gz"]);
  });

  it("refuses the same file twice", async () => {
    await expect(
      unpackEntries([
        { name: "a", content: "1" },
        { name: "a", content: "2" },
      ]),
    ).rejects.toMatchObject({ code: "invalid-input" });
    expect(await readdir(folder)).toEqual(["archive.tar.gz"]);
  });

  it("says first that bytes are not the promised ones, whatever else is wrong with them", async () => {
    const good = await bytesOf([{ name: "a", content: "1" }]);
    const other = await bytesOf([{ name: "../a", content: "1" }]);
    for (const bytes of [good, other, Buffer.from("no archive at all"), good.subarray(0, 20)])
      await expect(unpackBytes(bytes, digestOf(Buffer.from("other")))).rejects.toMatchObject({
        code: "digest-mismatch",
      });
    expect(await readdir(folder)).toEqual(["archive.tar.gz"]);
  });

  it.each([
    ["is no archive", async () => Buffer.from("no archive at all")],
    ["ends early", async () => (await bytesOf([{ name: "a", content: "1" }])).subarray(0, 40)],
    ["holds no tar", async () => gzipSync("x".repeat(2_000))],
    // Its fault is met while an entry is being written.
    ["ends early in a large entry", async () => (await large()).subarray(0, -20)],
    ["is damaged behind its last entry", async () => damaged(await large())],
  ])("refuses a file that %s", async (_, make) => {
    await expect(unpackBytes(await make())).rejects.toMatchObject({ code: "invalid-input" });
    expect(await readdir(folder)).toEqual(["archive.tar.gz"]);
  });

  it("replaces what an earlier attempt left", async () => {
    await unpackEntries([{ name: "old", content: "1" }]);
    await unpackEntries([{ name: "new", content: "2" }]);
    expect(await readdir(into)).toEqual(["new"]);
  });
});
