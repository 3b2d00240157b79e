import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { rmSync, statSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { EngineProcess } from "./engine-process.ts";

const MOUNT = "/mnt";
const BALLAST_BYTES = [65_536, 4_096, 1];

/** Why no file system can be mounted here, or null. */
export function mountLack(): string | null {
  const tried = spawnSync("unshare", ["-m", "mount", "-t", "tmpfs", "tmpfs", MOUNT]);
  return tried.status === 0 ? null : "mounting needs root and a mount namespace";
}

/**
 * A file system of a few hundred kilobytes that only processes started in it see. It is gone with the last of them, so
 * there is nothing to unmount, whatever happens to the test.
 */
export class SmallDisk {
  readonly #holder: ChildProcess;

  static async mount(kibibytes: number): Promise<SmallDisk> {
    const script = `mount -t tmpfs -o size=${kibibytes}k tmpfs ${MOUNT} && echo mounted && exec cat`;
    const holder = spawn("unshare", ["-m", "sh", "-c", script], {
      stdio: ["pipe", "pipe", "inherit"],
    });
    if (holder.stdout !== null) await once(holder.stdout, "data");
    return new SmallDisk(holder);
  }

  constructor(holder: ChildProcess) {
    this.#holder = holder;
  }

  /** An engine that keeps its journal there. */
  start(env: Record<string, string>): Promise<EngineProcess> {
    return EngineProcess.start(this.#env(env), undefined, this.#within);
  }

  /** The same, not waited for: a standby does not listen. */
  spawn(env: Record<string, string>): EngineProcess {
    return EngineProcess.spawn(this.#env(env), undefined, this.#within);
  }

  #env(env: Record<string, string>): Record<string, string> {
    return { ...env, JOURNAL_DIR: join(MOUNT, "journal") };
  }

  get #within(): string[] {
    return ["nsenter", "-m", "-t", String(this.#holder.pid)];
  }

  /** Takes all room that is left, to the last byte. */
  fill(): void {
    for (const size of BALLAST_BYTES) {
      for (let at = 0; ; at += 1) {
        try {
          writeFileSync(this.path(`ballast-${size}`), Buffer.alloc(size, 1), { flag: "a" });
        } catch {
          break;
        }
        if (at > 10_000) throw new Error("the disk does not get full");
      }
    }
  }

  /** Gives so much of it back. */
  leave(bytes: number): void {
    const ballast = this.path(`ballast-${BALLAST_BYTES[0]}`);
    truncateSync(ballast, statSync(ballast).size - bytes);
  }

  /** Gives it back. */
  empty(): void {
    for (const size of BALLAST_BYTES) rmSync(this.path(`ballast-${size}`), { force: true });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const gone = once(this.#holder, "exit");
    this.#holder.kill("SIGKILL");
    await gone;
  }

  /** Where a file of it is for this process. */
  path(name: string): string {
    return join(`/proc/${this.#holder.pid}/root${MOUNT}`, name);
  }
}
