import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { beforeAll, describe, expect, it } from "vitest";
import { TOOLS } from "../lib/tools/catalogue.ts";
import { findPins } from "../lib/tools/pins-folder.ts";

const root = join(import.meta.dirname, "..");
/** A tenth of what most known actions download would be more than enough; this is the promise. */
const MAX_DOWNLOAD_BYTES = 1_000_000;

/** What may travel to every job that says `uses:`. */
const EXPORTED = [
  /^LICENSE$/,
  /^README\.md$/,
  /^package\.json$/,
  /^actions\/start\.js$/,
  /^actions\/[a-z0-9-]+\/(action\.yml|action-types\.yml|index\.js|post\.js|README\.md)$/,
  /^dist\/(index\.js|\d+\.index\.js|package\.json|licenses\.txt)$/,
  /^tools\/releases\.json$/,
  /^tools\/[a-z0-9-]+\/(go\.mod|go\.sum|requirements\.txt|rules\.yaml)$/,
  /^\.github\/workflows\/[a-z0-9-]+\.yml$/,
];

describe("what one `uses:` downloads", () => {
  let archive: Buffer | undefined;
  let files: string[] = [];

  beforeAll(() => {
    if (!isCheckout()) return;
    archive = execFileSync("git", ["archive", "--format=tar", "HEAD"], {
      cwd: root,
      maxBuffer: 1 << 30,
    });
    files = execFileSync("tar", ["-t"], { input: archive, encoding: "utf8" })
      .split("\n")
      .filter((path) => path !== "" && !path.endsWith("/"));
  });

  it("is only what a step needs", (ctx) => {
    if (!archive) return ctx.skip("this copy is no git checkout");
    expect(files.filter((path) => !EXPORTED.some((allowed) => allowed.test(path)))).toEqual([]);
  });

  it("has each action with what starts it", (ctx) => {
    if (!archive) return ctx.skip("this copy is no git checkout");
    const committed = execFileSync("git", ["ls-files", "actions/*/action.yml"], {
      cwd: root,
      encoding: "utf8",
    });
    const actions = committed.split("\n").filter((path) => path !== "");
    expect(files).toEqual(expect.arrayContaining([...actions, "package.json", "LICENSE"]));
    if (readdirSync(root).includes("dist")) expect(files).toContain("actions/start.js");
  });

  it("has what the tools are pinned by, where the bundle looks for it", (ctx) => {
    if (!archive) return ctx.skip("this copy is no git checkout");
    const pinned = Object.values(TOOLS).flatMap(({ name, source }) => pinsOf(name, source.kind));
    expect(files).toEqual(expect.arrayContaining(["tools/releases.json", ...pinned]));
    const downloaded = mkdtempSync(join(tmpdir(), "sluice-exported-"));
    try {
      execFileSync("tar", ["-x", "-C", downloaded], { input: archive });
      expect(findPins(join(downloaded, "dist"))).toBe(join(downloaded, "tools"));
    } finally {
      rmSync(downloaded, { recursive: true, force: true });
    }
  });

  it("is small", (ctx) => {
    if (!archive) return ctx.skip("this copy is no git checkout");
    expect(gzipSync(archive).length).toBeLessThan(MAX_DOWNLOAD_BYTES);
  });
});

function pinsOf(name: string, kind: "go" | "wheel" | "wheels"): string[] {
  const pins = kind === "go" ? ["go.mod", "go.sum"] : ["requirements.txt"];
  return pins.map((file) => `tools/${name}/${file}`);
}

function isCheckout(): boolean {
  try {
    execFileSync("git", ["rev-parse", "HEAD"], { cwd: root, stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}
