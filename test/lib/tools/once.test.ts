import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { obtain } from "../../../lib/tools/ensure.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";
import { isAlive, until } from "../../support/until.ts";
import { Machine, WIDGET } from "./widget.ts";

const program = join(import.meta.dirname, "obtain-process.ts");

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let machine: Machine;

beforeEach(async () => {
  folder = await temporaryFolder();
  machine = new Machine(folder.path);
  machine.installGo();
});
afterEach(async () => {
  // A build whose parent was killed goes on by itself.
  for (const { pid } of machine.goCalls()) if (isAlive(pid)) process.kill(pid, "SIGKILL");
  await folder.remove();
});

const args = () => [program, machine.pinsFolder];
const widgets = () => join(folder.path, "cache", "widget", WIDGET.version);
const kept = () => (existsSync(widgets()) ? readdirSync(widgets()) : []);
const buildHangs = () => until("a build that hangs", () => machine.hangs());

describe("an install", () => {
  it("happens once when several processes ask at once", async () => {
    const ask = () => promisify(execFile)(process.execPath, args(), { env: machine.env });
    const answers = await Promise.all([ask(), ask(), ask()]);
    const routes = answers.map(({ stdout }) => stdout.trim());
    expect(routes.sort()).toEqual(["cache", "cache", "source"]);
    expect(machine.builds()).toBe(1);
    expect(kept()).toHaveLength(1);
  });

  it("that was killed half-way is not taken for a tool, and the next one takes over at once", async () => {
    const env = { ...machine.env, PLAYED_GO_HANGS: "yes" };
    const killed = spawn(process.execPath, args(), { env, stdio: "ignore" });
    await buildHangs();
    killed.kill("SIGKILL");
    await once(killed, "exit");
    expect(kept().sort()).toEqual([
      expect.stringMatching(/\.partial-/),
      expect.stringMatching(/\.lock$/),
    ]);
    expect((await obtain(WIDGET, machine.shop())).route).toBe("source");
    expect(kept()).toEqual([expect.stringMatching(/^[a-z0-9]+-[a-z0-9]+-[0-9a-f]{16}$/)]);
  });

  it("that is cancelled ends its build and leaves nothing", async () => {
    const cancel = new AbortController();
    const shop = machine.shop({ PLAYED_GO_HANGS: "yes" }, cancel.signal);
    const install = obtain(WIDGET, shop);
    const reason = new Error("stop");
    await Promise.all([
      expect(install).rejects.toBe(reason),
      buildHangs().then(() => cancel.abort(reason)),
    ]);
    expect(kept()).toEqual([]);
    expect(machine.goCalls().filter(({ pid }) => isAlive(pid))).toEqual([]);
  });
});
