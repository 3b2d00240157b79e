import { execFileSync, spawn, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const STARTS = 9;

/** From the start of the process to the first 200 of /health; and what Node alone takes at that moment. */
export async function measureStarts(): Promise<{ engineMs: number; nodeMs: number }[]> {
  const times: { engineMs: number; nodeMs: number }[] = [];
  for (let at = 0; at < STARTS; at += 1) {
    const engineMs = await measureStart();
    const startedAt = performance.now();
    spawnSync(process.execPath, ["-e", "0"]);
    times.push({ engineMs, nodeMs: performance.now() - startedAt });
  }
  return times;
}

async function measureStart(): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), "start-"));
  const startedAt = performance.now();
  const engine = spawn(process.execPath, [join(ROOT, "engine/main.ts")], {
    env: { PORT: "0", METRICS_PORT: "0", JOURNAL_DIR: join(folder, "journal") },
    stdio: ["ignore", "pipe", "inherit"],
  });
  try {
    for await (const line of createInterface({ input: engine.stdout })) {
      const { message, port } = JSON.parse(line) as { message: string; port: number };
      if (message !== "listening") continue;
      const { status } = await fetch(`http://127.0.0.1:${port}/health`);
      if (status === 200) return performance.now() - startedAt;
    }
    throw new Error("the engine ended before it was healthy");
  } finally {
    const gone = new Promise((resolve) => engine.once("exit", resolve));
    engine.kill("SIGKILL");
    await gone;
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Commands a second of a start that repeats a journal. */
export function measureRecovery(): number {
  const args = [join(ROOT, "perf/engine/measure.ts"), "recovery"];
  return JSON.parse(execFileSync(process.execPath, args, { encoding: "utf8" })).perSecond;
}
