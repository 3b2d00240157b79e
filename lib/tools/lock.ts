import { randomUUID } from "node:crypto";
import { readFile, rename, rm, stat, utimes, writeFile } from "node:fs/promises";
import { hostname } from "node:os";
import { setTimeout as sleep } from "node:timers/promises";
import { isAlive } from "../liveness.ts";

const HEARTBEAT_MS = 2_000;
/** A holder that has not touched its lock for so long is gone, on whatever machine it was. */
const STALE_AFTER_MS = 60_000;
const ASK_EVERY_MS = 200;

export interface LockSettings {
  /** Told once, when there is somebody to wait for. */
  onWait: (holder: string) => void;
  signal?: AbortSignal | undefined;
}

/**
 * Runs `work` while no other process does the same for `file`. The lock of a process that has died is taken over.
 * It saves work, and correctness does not hang on it: what two holders would install is renamed into place whole.
 */
export async function withLock<T>(
  file: string,
  settings: LockSettings,
  work: () => Promise<T>,
): Promise<T> {
  const token = `${process.pid} ${hostname()} ${randomUUID()}`;
  await acquire(file, token, settings);
  const heartbeat = setInterval(() => {
    const now = new Date();
    utimes(file, now, now).catch(() => {});
  }, HEARTBEAT_MS).unref();
  try {
    return await work();
  } finally {
    clearInterval(heartbeat);
    if ((await holderOf(file)) === token) await rm(file, { force: true });
  }
}

async function acquire(file: string, token: string, settings: LockSettings): Promise<void> {
  let toldOfWait = false;
  while (!(await create(file, token))) {
    const holder = await holderOf(file);
    if (holder !== undefined && (await isStale(file, holder))) {
      await takeAway(file, holder);
      continue;
    }
    if (!toldOfWait) settings.onWait(`process ${holder?.split(" ")[0] || "unknown"}`);
    toldOfWait = true;
    await sleep(ASK_EVERY_MS, undefined, settings.signal && { signal: settings.signal });
  }
}

async function create(file: string, token: string): Promise<boolean> {
  try {
    await writeFile(file, token, { flag: "wx" });
    return true;
  } catch (error) {
    if (hasCode(error, "EEXIST")) return false;
    throw error;
  }
}

async function holderOf(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, "utf8");
  } catch (error) {
    if (hasCode(error, "ENOENT")) return undefined;
    throw error;
  }
}

async function isStale(file: string, holder: string): Promise<boolean> {
  const [pid, host] = holder.split(" ");
  if (pid && host === hostname() && !isAlive(Number(pid))) return true;
  try {
    return Date.now() - (await stat(file)).mtimeMs > STALE_AFTER_MS;
  } catch (error) {
    if (hasCode(error, "ENOENT")) return false;
    throw error;
  }
}

/** Moved first, so that of several that wait only one takes it; put back if it was a new holder's after all. */
async function takeAway(file: string, holder: string): Promise<void> {
  const aside = `${file}-${randomUUID()}`;
  try {
    await rename(file, aside);
  } catch (error) {
    if (hasCode(error, "ENOENT")) return;
    throw error;
  }
  const moved = await holderOf(aside);
  if (moved !== undefined && moved !== holder) await create(file, moved);
  await rm(aside, { force: true });
}

function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && "code" in error && error.code === code;
}
