import { type ChildProcess, spawn } from "node:child_process";
import { mkdir, open } from "node:fs/promises";
import { extname } from "node:path";
import { fileURLToPath } from "node:url";
import { type ErrorCode, SluiceError } from "../../error.ts";
import type { SiteInfo } from "./protocol.ts";
import { siteFolder } from "./site-folder.ts";

/** What a supervisor tells whoever started it, once. */
export type SupervisorMessage =
  | { kind: "ready"; info: SiteInfo }
  | { kind: "failed"; code: ErrorCode; message: string; hint?: string };

export interface SpawnedSupervisor {
  child: ChildProcess;
  info: SiteInfo;
}

/**
 * Starts a supervisor as a process of its own and waits until it serves. In its own session, and without
 * RUNNER_TRACKING_ID, so that neither Ctrl-C nor the end of a job takes it down undrained.
 */
export async function spawnSupervisor(site: string): Promise<SpawnedSupervisor> {
  const folder = siteFolder(site);
  await mkdir(folder.root, { recursive: true, mode: 0o700 });
  const log = await open(folder.supervisorLog, "a", 0o600);
  try {
    const { RUNNER_TRACKING_ID: _, ...env } = process.env;
    const child = spawn(process.execPath, [supervisorMain(), folder.root], {
      env,
      cwd: folder.root,
      detached: true,
      stdio: ["ignore", log.fd, log.fd, "ipc"],
    });
    return { child, info: await ready(child, folder.supervisorLog) };
  } finally {
    await log.close();
  }
}

/** Beside this file, and as compiled or not as it is. */
function supervisorMain(): string {
  const extension = extname(fileURLToPath(import.meta.url));
  return fileURLToPath(new URL(`./supervisor/main${extension}`, import.meta.url));
}

function ready(child: ChildProcess, logPath: string): Promise<SiteInfo> {
  return new Promise((resolve, reject) => {
    const failed = (how: string) =>
      reject(
        new SluiceError("internal", `the site's supervisor ${how} before it was ready`, {
          hint: `its log is ${logPath}`,
        }),
      );
    child.once("error", (error) => failed(`could not be started (${error.message})`));
    child.once("exit", (code, signal) => failed(`ended with ${signal ?? `code ${code}`}`));
    child.once("message", (message: SupervisorMessage) => {
      if (message.kind === "ready") {
        resolve(message.info);
        return;
      }
      const { code, message: text, hint } = message;
      reject(new SluiceError(code, text, hint === undefined ? {} : { hint }));
    });
  });
}
