import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startEngine } from "./engine-child.ts";

/** From the start of the process to an answer of `/health`, with an empty journal. */
export async function measureStart(cached: boolean): Promise<{ ms: number }> {
  const folder = mkdtempSync(join(tmpdir(), "bench-"));
  const cache = cached ? { NODE_COMPILE_CACHE: join(folder, "compiled") } : {};
  try {
    // An engine that ends in order leaves behind what it compiled.
    if (cached) await start(join(folder, "first"), cache);
    return { ms: await start(join(folder, "journal"), cache) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function start(journal: string, env: Record<string, string>): Promise<number> {
  const startedAt = performance.now();
  const { engine, url } = await startEngine({ JOURNAL_DIR: journal, ...env });
  const health = await fetch(url.replace(/^ws(.*)\/ws$/, "http$1/health"));
  const ms = performance.now() - startedAt;
  if (!health.ok) throw new Error(`/health answers ${health.status}`);
  await health.text();
  engine.kill("SIGTERM");
  await once(engine, "close");
  return ms;
}
