import { execFileSync } from "node:child_process";
import { chmodSync, mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { beforeEach, describe, expect, it } from "vitest";
import { type Selection, selectEntries } from "../../../lib/archive/select.ts";
import { freshFolder } from "../../support/fresh-folder.ts";

let root: string;

beforeEach(() => {
  root = freshFolder();
});

function files(...paths: string[]): void {
  for (const path of paths) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), path);
  }
}

async function selected(patterns: string[], more: Partial<Selection> = {}): Promise<string[]> {
  const entries = await selectEntries({ root, patterns, exclude: [], skip: [], ...more });
  return entries.map((entry) => (entry.kind === "folder" ? `${entry.path}/` : entry.path));
}

describe("what is packed", () => {
  it("is sorted by bytes, whatever the locale or the disk says", async () => {
    files("b", "a/z", "B", "a.b", "ä", "a-b");
    expect(await selected(["."])).toEqual(["B", "a/", "a-b", "a.b", "a/z", "b", "ä"]);
  });

  it("is files, folders and globs, each once, without what ! and exclude name", async () => {
    files("src/a.ts", "src/a.js", "src/deep/b.js", "docs/c.md", "d.txt", "src/skip/e.js");
    const paths = await selected(["src/**/*.js", "./docs/", "docs/c.md", "!src/skip"], {
      exclude: ["**/b.js"],
    });
    expect(paths).toEqual(["docs/", "docs/c.md", "src/a.js"]);
  });

  it("has hidden files, but never what belongs to one machine", async () => {
    files(".env.example", ".git/config", "node_modules/.package-lock.json", "node_modules/a/i.js");
    files("app/node_modules/.cache/x", "app/node_modules/.package-lock.json");
    expect(await selected(["."])).toEqual([
      ".env.example",
      "app/",
      "app/node_modules/",
      "node_modules/",
      "node_modules/a/",
      "node_modules/a/i.js",
    ]);
  });

  it("is not the archive itself", async () => {
    files("a", "out/x.tar.gz");
    expect(await selected(["."], { skip: [join(root, "out/x.tar.gz")] })).toEqual(["a", "out/"]);
  });

  it("knows what is executable, and keeps a symlink that stays inside", async () => {
    files("bin/tool", "plain");
    chmodSync(join(root, "bin/tool"), 0o700);
    symlinkSync("../bin/tool", join(root, "bin/again"));
    const entries = await selectEntries({ root, patterns: ["bin"], exclude: [], skip: [] });
    expect(entries).toEqual([
      { kind: "folder", path: "bin" },
      { kind: "symlink", path: "bin/again", to: "../bin/tool" },
      { kind: "file", path: "bin/tool", size: 8, executable: true },
    ]);
  });
});

describe("what is refused", () => {
  it.each([["nothing"], ["src/*.ts"], ["*.js"]])(
    "a pattern that finds nothing: %s",
    async (text) => {
      files("src/a.js");
      await expect(selected(["src", text])).rejects.toMatchObject({
        code: "invalid-input",
        message: `path: nothing is at ${text}`,
      });
    },
  );

  it.each([[".."], ["../x"], ["/etc"], ["src/../../x"], ["../*.js"]])(
    "a pattern that leads out: %s",
    async (text) => {
      files("src/a.js");
      await expect(selected([text])).rejects.toThrow(/leads out|nothing is at/);
    },
  );

  it("a symlinked folder on the way out", async () => {
    files("a");
    symlinkSync("/usr", join(root, "usr"));
    await expect(selected(["usr/bin"])).rejects.toThrow("path: usr/bin leads out of");
  });

  it.each([["/etc/passwd"], ["../../x"], ["../.."]])("a symlink to %s", async (to) => {
    files("src/a");
    symlinkSync(to, join(root, "src/link"));
    await expect(selected(["src"])).rejects.toThrow(`the symlink src/link leads out, to ${to}`);
  });

  it("a pipe", async () => {
    files("src/a");
    execFileSync("mkfifo", [join(root, "src/pipe")]);
    await expect(selected(["src"])).rejects.toThrow("src/pipe is neither file, folder nor symlink");
  });
});
