import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { startArmRun } from "../../../lib/load/arm-run.ts";
import { findingsOf, workOf } from "../../../lib/load/finding.ts";
import { startK6 } from "../../../lib/load/k6-process.ts";
import { ensure } from "../../../lib/tools/ensure.ts";
import { openShop } from "../../../lib/tools/shop.ts";
import { freshFolder } from "../../support/fresh-folder.ts";

describe("a k6 under way", () => {
  it("that is killed is found, and is no run that somebody ended well", async () => {
    const folder = freshFolder();
    const { path: program } = await ensure("k6", "2.2.0", openShop());
    const script = join(folder, "script.js");
    writeFileSync(
      script,
      `import { sleep } from "k6"; console.log("running"); export const options = { vus: 1, duration: "60s" }; export default () => sleep(0.1);`,
    );
    let pid: number | undefined;
    const log: string[] = [];
    const k6 = startK6({
      program,
      args: ["run", "--quiet", "--no-usage-report", "--address", "", script],
      cwd: folder,
      env: process.env,
      onOutput() {},
      onLog(line) {
        log.push(line);
        // It logs more than once, and may be gone when that is read.
        if (pid !== undefined) process.kill(pid, "SIGKILL");
        pid = undefined;
      },
    });
    pid = k6.pid;
    const ended = await k6.ended;
    expect(ended).toMatchObject({ exit: { signal: "SIGKILL" }, stopped: false });
    const [finding] = findingsOf({ ...ended, summary: undefined }, workOf(undefined, ""));
    expect(finding?.kind).toBe("killed");
    expect(finding?.message).toContain("k6 was killed by SIGKILL");
  });

  it("that is told to stop writes its summary first", async () => {
    const folder = freshFolder();
    const { path: program } = await ensure("k6", "2.2.0", openShop());
    const script = join(folder, "script.js");
    writeFileSync(
      script,
      `import { sleep } from "k6"; export const options = { vus: 1, duration: "60s" }; export default () => sleep(0.05);`,
    );
    let begun = () => {};
    const running = new Promise<void>((resolve) => {
      begun = resolve;
    });
    const run = await startArmRun({
      program,
      script,
      flags: [],
      cwd: folder,
      env: process.env,
      folder,
      name: "alone",
      wrapping: { execs: ["default"], callsSummary: true },
      variables: {},
      wants: (metric) => metric === "iterations",
      onSample: () => begun(),
      onLog() {},
    });
    await running;
    const ended = await run.stop();
    expect(ended).toMatchObject({ exit: { code: 105 }, stopped: true });
    expect(ended.summary?.metrics.iterations?.values.count).toBeGreaterThan(0);
  });

  it("that cannot be started is an error", async () => {
    const k6 = startK6({
      program: "/nowhere/k6",
      args: [],
      cwd: freshFolder(),
      env: {},
      onOutput() {},
      onLog() {},
    });
    await expect(k6.ended).rejects.toThrow("ENOENT");
  });
});
