import { createHash } from "node:crypto";
import { mkdirSync, realpathSync } from "node:fs";
import { createServer } from "node:net";
import { Refusal } from "../refusal.ts";

/**
 * Makes sure that a journal has one writer on this machine. A socket in Linux' abstract namespace ends with its
 * process, however that ends, so there is never a stale lock to remove. Elsewhere there is no lock.
 */
export async function lockJournal(folder: string): Promise<() => Promise<void>> {
  if (process.platform !== "linux") return async () => {};
  mkdirSync(folder, { recursive: true });
  const name = createHash("sha256").update(realpathSync(folder)).digest("hex");
  const server = createServer((socket) => socket.destroy());
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  server.once("error", reject);
  server.listen(`\0sluice-engine-${name}`, resolve);
  server.unref();
  try {
    await promise;
  } catch (error) {
    const hint = "end that engine first, or choose another JOURNAL_DIR";
    throw new Refusal(`another engine writes the journal in ${folder}`, hint, error);
  }
  return () => new Promise((released) => server.close(() => released()));
}
