import { spawnSync } from "node:child_process";
import { closeSync, openSync, statSync } from "node:fs";
import { createServer, type Server } from "node:net";
import { join } from "node:path";
import { Refusal } from "../refusal.ts";
import { makeFolder } from "./settle.ts";

/** It never waits for a lock; this is for a machine without a free CPU, and a file system that does not answer. */
const FLOCK_LIMIT_MS = 30_000;
const FLOCK_TAKEN = 1;

/**
 * Makes sure that a journal has one writer on this machine. Both locks end with their process, however that ends, so there is
 * never a stale one to remove. The socket needs no tool and is seen within one network namespace; the file's lock is seen
 * wherever the file is, so by two containers that share a folder.
 */
export async function lockJournal(folder: string): Promise<() => Promise<void>> {
  makeFolder(folder);
  const unlock = lockFile(folder);
  try {
    const server = process.platform === "linux" ? await lockName(folder) : null;
    return async () => {
      unlock();
      await closed(server);
    };
  } catch (error) {
    unlock();
    throw error;
  }
}

async function lockName(folder: string): Promise<Server> {
  // The folder itself, not its path: that may lead elsewhere in another container.
  const { dev, ino } = statSync(folder, { bigint: true });
  const server = createServer((socket) => socket.destroy());
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  server.once("error", reject);
  server.listen(`\0sluice-engine-${dev}-${ino}`, resolve);
  server.unref();
  try {
    await promise;
  } catch (error) {
    throw taken(folder, error);
  }
  return server;
}

/** A lock belongs to the open file, which the tool shares with this process and which outlives the tool. */
function lockFile(folder: string): () => void {
  const fd = openLock(folder);
  const ran = spawnSync("flock", ["-n", "3"], {
    stdio: ["ignore", "ignore", "ignore", fd],
    timeout: FLOCK_LIMIT_MS,
  });
  const isLate = ran.error !== undefined && "code" in ran.error && ran.error.code === "ETIMEDOUT";
  if (isLate) {
    closeSync(fd);
    const hint = "see to the file system that it is on, or choose another JOURNAL_DIR";
    throw new Refusal(`the journal in ${folder} can't be locked`, hint, ran.error);
  }
  if (ran.status === FLOCK_TAKEN) {
    closeSync(fd);
    throw taken(folder);
  }
  // Without the tool there is the socket only.
  return () => closeSync(fd);
}

function openLock(folder: string): number {
  try {
    return openSync(join(folder, "lock"), "a", 0o600);
  } catch (error) {
    const hint = "free space, give the right to write there, or choose another JOURNAL_DIR";
    throw new Refusal(`can't write a journal in ${folder}`, hint, error);
  }
}

async function closed(server: Server | null): Promise<void> {
  if (server !== null) await new Promise<void>((released) => server.close(() => released()));
}

function taken(folder: string, cause?: unknown): Refusal {
  const hint = "end that engine first, or choose another JOURNAL_DIR";
  return new Refusal(`another engine writes the journal in ${folder}`, hint, cause);
}
