import { createHash } from "node:crypto";
import { readFileSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { hashFiles } from "../../rehearsal/runner/hash-files.ts";
import { folder } from "./rehearsed.ts";

const FILES = ["a/b", "a.txt", ".h/x", "{q}", "a/c/d.rb", "lib/foo/x.rb", "lib/x.rb", "z[1].txt"];

function sha256(data: Buffer): Buffer {
  return createHash("sha256").update(data).digest();
}

/** What GitHub makes of these files, in this order. */
function hashOf(root: string, files: readonly string[]): string {
  const hashes = files.map((file) => sha256(readFileSync(join(root, file))));
  return files.length === 0 ? "" : sha256(Buffer.concat(hashes)).toString("hex");
}

it.each<[readonly string[], readonly string[]]>([
  [
    ["a*", "a/**"],
    ["a/b", "a/c/d.rb", "a.txt"],
  ],
  [["a.txt\na/b"], ["a.txt", "a/b"]],
  [["**"], [".h/x", "a/b", "a/c/d.rb", "a.txt", "lib/foo/x.rb", "lib/x.rb", "z[1].txt", "{q}"]],
  [["**/x"], [".h/x"]],
  [["a/"], ["a/b", "a/c/d.rb"]],
  [["./a/**"], ["a/b", "a/c/d.rb"]],
  [["/a.txt"], ["a.txt"]],
  [["/lib/**/*.rb", "!/lib/foo/*.rb"], ["lib/x.rb"]],
  [["lib/**/*.rb"], ["lib/foo/x.rb", "lib/x.rb"]],
  [["{a.txt,x}"], []],
  [["{q}"], ["{q}"]],
  [["z\\[1].txt"], ["z[1].txt"]],
  [["[!b-z]?txt"], ["a.txt"]],
  [["[z-a]"], []],
  [["nothing"], []],
  [["link/**"], []],
  [
    ["--follow-symbolic-links", "link/**"],
    ["link/b", "link/c/d.rb"],
  ],
])("hashFiles(%j) takes %j, in the order in which GitHub walks", (patterns, files) => {
  const root = folder(Object.fromEntries(FILES.map((file) => [file, file])));
  symlinkSync("a", join(root, "link"));
  expect(hashFiles(root, patterns)).toBe(hashOf(root, files));
});

it("takes the workspace's own path for what it is, and refuses to leave it", () => {
  const root = folder({ "a.txt": "a" });
  expect(hashFiles(root, [`${root}/*.txt`])).toBe(hashOf(root, ["a.txt"]));
  expect(() => hashFiles(root, ["../*"])).toThrow("Relative pathing '.' and '..' is not allowed");
});
