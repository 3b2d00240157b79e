import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import fc from "fast-check";
import { beforeEach, describe, expect, it } from "vitest";
import type { Entry } from "../../../lib/archive/entry.ts";
import { packArchive } from "../../../lib/archive/pack.ts";
import { selectEntries } from "../../../lib/archive/select.ts";
import { freshFolder } from "../../support/fresh-folder.ts";

const NEVER = new AbortController().signal;
let root: string;

beforeEach(() => {
  root = freshFolder();
});

async function packAll(folder: string, output: string, signal = NEVER) {
  const entries = await selectEntries({ root: folder, patterns: ["."], exclude: [], skip: [] });
  return packArchive(entries, { root: folder, output, epochSeconds: 1_700_000_000, signal });
}

describe("an archive", () => {
  it("is read by tar, with the names, modes, times and owners that were promised", async () => {
    mkdirSync(join(root, "in/sub"), { recursive: true });
    writeFileSync(join(root, "in/sub/tool"), "x", { mode: 0o700 });
    writeFileSync(join(root, "in/empty"), "", { mode: 0o600 });
    const output = join(root, "out/a.tar.gz");
    const { digest, sizeBytes } = await packAll(join(root, "in"), output);
    const list = execFileSync("tar", ["--numeric-owner", "--full-time", "-tvzf", output], {
      encoding: "utf8",
      env: { ...process.env, TZ: "UTC" },
    });
    const rows = list
      .trim()
      .split("\n")
      .map((line) => line.split(/\s+/));
    expect(rows).toEqual([
      ["-rw-r--r--", "0/0", "0", "2023-11-14", "22:13:20", "empty"],
      ["drwxr-xr-x", "0/0", "0", "2023-11-14", "22:13:20", "sub/"],
      ["-rwxr-xr-x", "0/0", "1", "2023-11-14", "22:13:20", "sub/tool"],
    ]);
    const bytes = readFileSync(output);
    expect(bytes.length).toBe(sizeBytes);
    expect(digest).toBe(`sha256:${createHash("sha256").update(bytes).digest("hex")}`);
  });

  it("has neither name nor time in its gzip header", async () => {
    writeFileSync(join(root, "a"), "x");
    const output = join(root, "a.tar.gz");
    await packAll(root, output);
    const header = readFileSync(output).subarray(0, 10);
    expect(header[3]).toBe(0);
    expect(header.readUInt32LE(4)).toBe(0);
  });

  it("gives back every byte, also under long and foreign names", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.dictionary(
          fc.stringMatching(/^[a-zäß0-9 '"$-]{1,120}$/).filter((name) => name.trim() !== ""),
          fc.uint8Array({ maxLength: 5_000 }),
          { minKeys: 1, maxKeys: 6 },
        ),
        async (contents) => {
          const folder = freshFolder();
          for (const [name, bytes] of Object.entries(contents)) {
            writeFileSync(join(folder, name), bytes);
          }
          const output = join(root, "any.tar.gz");
          await packAll(folder, output);
          const out = freshFolder();
          execFileSync("tar", ["-xzf", output, "-C", out]);
          expect(readdirSync(out).sort()).toEqual(Object.keys(contents).sort());
          for (const [name, bytes] of Object.entries(contents)) {
            expect(new Uint8Array(readFileSync(join(out, name)))).toEqual(new Uint8Array(bytes));
          }
        },
      ),
      { numRuns: 15 },
    );
  });

  it("does not depend on times, modes beyond execution, or the order of creation", async () => {
    const [one, two] = [freshFolder(), freshFolder()];
    writeFileSync(join(one, "a"), "1", { mode: 0o600 });
    writeFileSync(join(one, "b"), "2", { mode: 0o755 });
    writeFileSync(join(two, "b"), "2", { mode: 0o700 });
    writeFileSync(join(two, "a"), "1", { mode: 0o664 });
    const first = await packAll(one, join(root, "1.tar.gz"));
    expect(await packAll(two, join(root, "2.tar.gz"))).toEqual(first);
  });
});

describe("an archive that cannot be finished", () => {
  it("leaves nothing behind when a file is gone", async () => {
    const gone: Entry = { kind: "file", path: "gone", size: 1, executable: false };
    const settings = { root, output: join(root, "a.tar.gz"), epochSeconds: 0, signal: NEVER };
    await expect(packArchive([gone], settings)).rejects.toMatchObject({
      code: "build-failed",
      message: "gone could not be packed",
    });
    expect(readdirSync(root)).toEqual([]);
  });

  it("leaves nothing behind when a file has grown", async () => {
    writeFileSync(join(root, "a"), "much more");
    const grown: Entry = { kind: "file", path: "a", size: 1, executable: false };
    const settings = { root, output: join(root, "a.tar.gz"), epochSeconds: 0, signal: NEVER };
    await expect(packArchive([grown], settings)).rejects.toMatchObject({ code: "build-failed" });
    expect(existsSync(join(root, "a.tar.gz"))).toBe(false);
  });

  it("leaves the former archive alone when it is cancelled", async () => {
    writeFileSync(join(root, "a"), "x");
    const output = join(root, "out.tar.gz");
    await packAll(root, output);
    const before = readFileSync(output);
    const reason = new Error("cancelled");
    await expect(packAll(root, output, AbortSignal.abort(reason))).rejects.toBe(reason);
    expect(gunzipSync(readFileSync(output))).toEqual(gunzipSync(before));
    expect(readdirSync(root).sort()).toEqual(["a", "out.tar.gz"]);
  });
});
