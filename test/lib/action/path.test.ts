import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { pathKind } from "../../../lib/action/path.ts";

let folder: string;
let workspace: string;

beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), "sluice-path-")));
  workspace = join(folder, "workspace");
  mkdirSync(join(workspace, "inside"), { recursive: true });
  mkdirSync(join(folder, "workspace-2"));
  vi.stubEnv("GITHUB_WORKSPACE", workspace);
});

afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true, force: true });
});

function read(text: string): string {
  const parsed = pathKind.parse(text);
  return "value" in parsed ? parsed.value : `refused: ${parsed.problem}`;
}

describe("a path inside the workspace", () => {
  it("is absolute, whether it exists or not", () => {
    expect(read("inside")).toBe(join(workspace, "inside"));
    expect(read("inside/not/yet.tar.gz")).toBe(join(workspace, "inside/not/yet.tar.gz"));
    expect(read("inside/../other")).toBe(join(workspace, "other"));
    expect(read("..not-a-parent")).toBe(join(workspace, "..not-a-parent"));
    expect(read(".")).toBe(workspace);
  });

  it("may be written in full", () => {
    expect(read(join(workspace, "inside"))).toBe(join(workspace, "inside"));
  });

  it("may go through a symlink that stays inside", () => {
    symlinkSync("inside", join(workspace, "link"));
    expect(read("link/file")).toBe(join(workspace, "inside/file"));
  });
});

describe("a path that leads out", () => {
  it.each(["..", "../workspace-2", "inside/../../x", "/etc/passwd", "a\0b"])(
    "is refused: %j",
    (text) => {
      expect(read(text)).toMatch(/^refused: it /);
    },
  );

  it("is refused behind a symlink, to a file, a folder or a parent of what does not exist yet", () => {
    writeFileSync(join(folder, "secret"), "");
    symlinkSync("../secret", join(workspace, "file"));
    symlinkSync(folder, join(workspace, "out"));
    expect(read("file")).toContain(`leads to ${folder}/secret`);
    expect(read("out")).toMatch(/^refused/);
    expect(read("out/new/file")).toMatch(/^refused/);
  });

  it("is refused behind a symlink whose end does not exist", () => {
    symlinkSync("../later", join(workspace, "dangling"));
    expect(read("dangling")).toMatch(/^refused/);
  });
});
