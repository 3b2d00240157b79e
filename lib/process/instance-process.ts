import { type ChildProcess, spawn } from "node:child_process";
import { mkdir, open } from "node:fs/promises";
import { dirname } from "node:path";
import { Writable } from "node:stream";
import { setTimeout as sleep } from "node:timers/promises";
import { signalGroup } from "./group.ts";
import { isSameProcess, type KnownProcess, startTimeOf } from "./identity.ts";

/** An adopted process is nobody's child, so its end has to be looked for. */
const ADOPTED_POLL_MS = 100;
/** A process that is told to end while it holds nothing any more gets at least this long. */
export const MIN_STOP_MS = 2_000;

export interface HeldCommand {
  argv: [string, ...string[]];
  cwd: string;
  env: Record<string, string>;
  logPath: string;
}

/**
 * Waits for a line on its third descriptor, then becomes the command. Its end, without a line, is the end of
 * whoever would have written it.
 */
const HELD = 'read -r line <&3 && exec "$@" 3<&-';

/** One process, started here or taken over from a supervisor that died. */
export class InstanceProcess {
  readonly pid: number;
  readonly startTime: string;
  /** Resolves with a person's words for how it ended. */
  readonly ended: Promise<string>;
  readonly #child: ChildProcess | null;
  #endedHow: string | undefined;

  private constructor(
    pid: number,
    startTime: string,
    ended: Promise<string>,
    child: ChildProcess | null,
  ) {
    this.pid = pid;
    this.#child = child;
    this.startTime = startTime;
    this.ended = ended.then((how) => {
      this.#endedHow = how;
      return how;
    });
  }

  get endedHow(): string | undefined {
    return this.#endedHow;
  }

  /** Null while it runs, when it was ended by a signal, and when it was not started here. */
  get exitCode(): number | null {
    return this.#child?.exitCode ?? null;
  }

  /**
   * A process that runs nothing of the command yet: `begin` lets it, once it is written down who it is. If we
   * die before that, it ends, so that nothing runs that nobody knows. In its own process group, so that Ctrl-C
   * on the supervisor's terminal does not end it undrained.
   */
  static async hold({ argv, cwd, env, logPath }: HeldCommand): Promise<InstanceProcess> {
    await mkdir(dirname(logPath), { recursive: true });
    const log = await open(logPath, "a", 0o600);
    try {
      const child = spawn("/bin/sh", ["-c", HELD, "sh", ...argv], {
        cwd,
        env,
        detached: true,
        stdio: ["ignore", log.fd, log.fd, "pipe"],
      });
      const ended = endOf(child);
      const { pid } = child;
      if (pid === undefined) throw new Error(await ended);
      return new InstanceProcess(pid, await startTimeOfHeld(pid), ended, child);
    } finally {
      await log.close();
    }
  }

  /** Null when the process is gone, or its pid is another's by now. */
  static async adopt(known: KnownProcess): Promise<InstanceProcess | null> {
    if (!(await isSameProcess(known))) return null;
    return new InstanceProcess(known.pid, known.startTime, goneOf(known), null);
  }

  /** Lets a process that is held become its command. */
  begin(): void {
    const door = this.#child?.stdio[3];
    if (!(door instanceof Writable)) return;
    // It may have been ended while it was held, which `ended` says.
    door.on("error", () => {});
    door.end("\n");
  }

  /** SIGTERM, then SIGKILL when it is not gone within `graceMs`. `beforeKill` runs in between. */
  async stop(graceMs: number, beforeKill: () => void = () => {}): Promise<void> {
    if (this.#endedHow === undefined) {
      signalGroup(this.pid, "SIGTERM");
      const timer = new AbortController();
      const tooLong = sleep(graceMs, "late" as const, { signal: timer.signal }).catch(() => "");
      const first = await Promise.race([this.ended, tooLong]);
      timer.abort();
      if (first === "late" && this.#endedHow === undefined) {
        beforeKill();
        signalGroup(this.pid, "SIGKILL");
        await this.ended;
      }
    }
    // Whatever it started and left behind is in its group.
    signalGroup(this.pid, "SIGKILL");
  }
}

function endOf(child: ChildProcess): Promise<string> {
  return new Promise((resolve) => {
    child.once("error", (error) => resolve(`could not be started: ${error.message}`));
    child.once("exit", (code, signal) =>
      resolve(signal ? `was ended by ${signal}` : `exited with code ${code}`),
    );
  });
}

async function goneOf(known: KnownProcess): Promise<string> {
  while (await isStillThere(known)) await sleep(ADOPTED_POLL_MS, undefined, { ref: false });
  return "ended";
}

/** Nobody can write down a process that it cannot be told of: it must not stay. */
async function startTimeOfHeld(pid: number): Promise<string> {
  try {
    return (await startTimeOf(pid)) ?? "gone";
  } catch (error) {
    signalGroup(pid, "SIGKILL");
    throw error;
  }
}

/** What cannot be told now is asked again: until then nothing says that it ended. */
function isStillThere(known: KnownProcess): Promise<boolean> {
  return isSameProcess(known).catch(() => true);
}
