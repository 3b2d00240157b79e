import { spawn } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type HeldCommand, InstanceProcess } from "../../../lib/process/instance-process.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";
import { isAlive, until } from "../../support/until.ts";

const ROOM = pathToFileURL(join(import.meta.dirname, "../../../lib/process/instance-process.ts"));

/** Writes what it was given, leaves a file, and waits. */
const PROGRAM = 'echo "$@" "$MINE" >&2; echo >"$0"; sleep 600';

describe("a process that is held", () => {
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  beforeAll(async () => {
    folder = await temporaryFolder();
  });
  afterAll(() => folder.remove());

  let files = 0;
  function command() {
    files += 1;
    const [file, logPath] = ["began", "log"].map((name) => join(folder.path, `${name}-${files}`));
    const argv: HeldCommand["argv"] = ["sh", "-c", PROGRAM, String(file), "a b", "$c"];
    const env = { MINE: "kept", PATH: process.env.PATH ?? "" };
    return { file: String(file), argv, env, cwd: folder.path, logPath: String(logPath) };
  }
  it("runs nothing until it may begin, and is its command from then on", async () => {
    const { file, ...plan } = command();
    const held = await InstanceProcess.hold(plan);
    expect(isAlive(held.pid)).toBe(true);
    expect(existsSync(file)).toBe(false);
    held.begin();
    await until("it has begun", () => existsSync(file));
    expect(await InstanceProcess.adopt(held)).not.toBeNull();
    expect(readFileSync(plan.logPath, "utf8")).toBe("a b $c kept\n");
    await held.stop(2_000);
    expect(await held.ended).toBe("was ended by SIGTERM");
  });

  it("can be stopped before it begins", async () => {
    const { file, ...plan } = command();
    const held = await InstanceProcess.hold(plan);
    await held.stop(2_000);
    held.begin();
    expect(isAlive(held.pid)).toBe(false);
    expect(existsSync(file)).toBe(false);
  });

  it("ends without having run when whoever held it is killed", async () => {
    const { file, ...plan } = command();
    const holder = spawn(process.execPath, [
      "--input-type=module",
      "-e",
      `import { InstanceProcess } from ${JSON.stringify(ROOM)};
       const { pid } = await InstanceProcess.hold(${JSON.stringify(plan)});
       console.log(pid);
       setInterval(() => {}, 1000);`,
    ]);
    const pid = await new Promise<number>((resolve) => {
      holder.stdout.once("data", (line: Buffer) => resolve(Number(line)));
    });
    expect(isAlive(pid)).toBe(true);
    holder.kill("SIGKILL");
    await until("it is gone", () => !isAlive(pid));
    expect(existsSync(file)).toBe(false);
  });
});
