import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { TOOLS } from "../../../lib/tools/catalogue.ts";
import { obtain } from "../../../lib/tools/ensure.ts";
import { INSTALL_GO } from "../../../lib/tools/go-source.ts";
import { findOnPath } from "../../../lib/tools/search-path.ts";
import type { Tool } from "../../../lib/tools/tool.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";
import { Machine, WIDGET } from "./widget.ts";

const tools: readonly Tool[] = Object.values(TOOLS);
const pin = (tool: Tool, file: string) =>
  readFileSync(join(import.meta.dirname, "..", "..", "..", "tools", tool.name, file), "utf8");

describe("the catalogue and the pins in tools/ name the same version", () => {
  it.each(tools.map((tool) => [tool.name, tool] as const))("of %s", (_name, tool) => {
    if (tool.source.kind !== "go") {
      const requirement = `${tool.name}==${tool.version} \\`;
      expect(pin(tool, "requirements.txt").split("\n")).toContain(requirement);
      return;
    }
    const program = tool.source.package;
    const required = [...pin(tool, "go.mod").matchAll(/^\s*(\S+) v(\S+)/gm)];
    const own = required.find(([, module = "-"]) => `${program}/`.startsWith(`${module}/`));
    expect(own?.[2]).toBe(tool.version);
    expect(minor(/^go (\S+)$/m.exec(pin(tool, "go.mod")))).toBeLessThanOrEqual(
      minor(/Go (\S+) or later/.exec(INSTALL_GO)),
    );
    expect(pin(tool, "go.sum")).toContain(`${own?.[1]} v${tool.version} h1:`);
  });
});

describe("with the real", () => {
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  let machine: Machine;

  beforeEach(async () => {
    folder = await temporaryFolder();
    machine = new Machine(folder.path);
  });
  afterEach(() => folder.remove());

  it("Go, a tool is built from its pinned module", async (ctx) => {
    if (!(await findOnPath("go", process.env))) return ctx.skip("Go is not on PATH: install it");
    machine.pin({
      "main.go":
        'package main\n\nimport "os"\n\nfunc main() { os.Stdout.WriteString("widget 1.2.3") }\n',
    });
    const { HOME: _home, PATH: _path, ...cache } = machine.env;
    const shop = machine.shop({ ...process.env, ...cache });
    expect((await obtain(WIDGET, shop)).route).toBe("source");
  }, 300_000);

  it("pip, bytes that are not the pinned ones are refused, and both sums are named", async (ctx) => {
    if (!hasPip()) return ctx.skip("Python with pip is not on PATH: install Python 3 with pip");
    const wheels = join(folder.path, "wheels");
    mkdirSync(wheels);
    writeFileSync(join(wheels, "widget-1.2.3-py3-none-any.whl"), "not what was promised");
    const promised = sha256("what was promised");
    machine.pin({ "requirements.txt": `widget==1.2.3 --hash=sha256:${promised}\n` });
    const offline = { PIP_NO_INDEX: "1", PIP_FIND_LINKS: `file://${encodeURI(wheels)}` };
    const { HOME: _home, PATH: _path, ...cache } = machine.env;
    const shop = machine.shop({ ...process.env, ...cache, ...offline });
    const install = obtain({ ...WIDGET, source: { kind: "wheel" } }, shop);
    await expect(install).rejects.toMatchObject({ code: "digest-mismatch" });
    await expect(install).rejects.toThrow(promised);
    await expect(install).rejects.toThrow(sha256("not what was promised"));
  });
});

/** `1.26.3` as a number that can be compared. */
function minor(found: RegExpExecArray | null): number {
  const [, minor, patch] = (found?.[1] ?? "").split(".").map(Number);
  return Number(minor) * 1000 + Number(patch);
}

function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

function hasPip(): boolean {
  try {
    execFileSync("python3", ["-m", "pip", "--version"], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}
