import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { cp, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { freePorts } from "../../lib/process/free-port.ts";

const REPOSITORY = join(import.meta.dirname, "..", "..");
const START_LIMIT_MS = 30_000;

export interface RunningEngine {
  url: string;
  stop(): Promise<void>;
}

/** A fresh engine on loopback; `slowdown` is the engine's own fault of that name, 0 for a good one. */
export async function startEngine(slowdown = 0): Promise<RunningEngine> {
  const folder = await mkdtemp(join(tmpdir(), "sluice-bench-gate-"));
  await cp(join(REPOSITORY, "engine"), join(folder, "engine"), { recursive: true });
  await symlink(join(REPOSITORY, "node_modules"), join(folder, "node_modules"));
  if (slowdown > 0) {
    await writeFile(join(folder, "engine", "fault.json"), JSON.stringify({ slowdown }));
  }
  const [port = 0, metricsPort = 0] = await freePorts("127.0.0.1", 2);
  const child = spawn(process.execPath, [join(folder, "engine", "main.ts")], {
    cwd: folder,
    env: { ...process.env, PORT: String(port), METRICS_PORT: String(metricsPort) },
    stdio: "ignore",
  });
  const url = `http://127.0.0.1:${port}`;
  await untilHealthy(url, child);
  return {
    url,
    async stop() {
      if (child.exitCode === null && child.signalCode === null) {
        const gone = once(child, "exit");
        child.kill("SIGKILL");
        await gone;
      }
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function untilHealthy(url: string, child: ChildProcess): Promise<void> {
  const deadline = performance.now() + START_LIMIT_MS;
  while (performance.now() < deadline && child.exitCode === null) {
    const healthy = await fetch(`${url}/health`).then(
      ({ ok }) => ok,
      () => false,
    );
    if (healthy) return;
    await sleep(50);
  }
  child.kill("SIGKILL");
  throw new Error("the engine did not become healthy");
}
