import { type ChildProcess, spawn } from "node:child_process";
import type { Readable } from "node:stream";
import { StringDecoder } from "node:string_decoder";
import { signalGroup } from "../../lib/process/group.ts";

/** How long a cancelled process may take at each stage; GitHub's values. */
export interface CancelTiming {
  readonly interruptMs: number;
  readonly terminateMs: number;
}

export const GITHUB_CANCEL_TIMING: CancelTiming = { interruptMs: 7500, terminateMs: 2500 };

/** A process that has ended may leave others that hold its output open; this is how long we still listen. */
const QUIET_MS = 50;
const MAX_QUIET_WAIT_MS = 2_000;
const MAX_LINE_CHARACTERS = 1024 * 1024;

export interface ProcessRequest {
  readonly command: string;
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  readonly onLine: (line: string) => void;
  /** Cancels, step by step. */
  readonly signal: AbortSignal;
  /** Ends at once. */
  readonly kill: AbortSignal;
  readonly timing: CancelTiming;
  /** Called with the streams of processes that were left running, to be closed when the job ends. */
  readonly onLeftOpen: (streams: readonly Readable[]) => void;
}

export type ProcessEnd =
  | { readonly kind: "exited"; readonly code: number }
  | { readonly kind: "cancelled" }
  | { readonly kind: "not-started"; readonly reason: string };

/** Runs a process in a group of its own, line by line, with GitHub's way of cancelling. */
export async function runProcess(request: ProcessRequest): Promise<ProcessEnd> {
  if (request.signal.aborted || request.kill.aborted) return { kind: "cancelled" };
  const child = spawn(request.command, request.args, {
    cwd: request.cwd,
    env: request.env,
    detached: true,
    stdio: ["ignore", "pipe", "pipe"],
  });
  const streams = [child.stdout, child.stderr];
  const lines = streams.map((stream) => new Lines(stream, request.onLine));
  const ended = endOf(child);
  const ladder = new CancelLadder(child, request.timing);
  const cancel = (): void => ladder.begin();
  const kill = (): void => ladder.finish();
  request.signal.addEventListener("abort", cancel, { once: true });
  request.kill.addEventListener("abort", kill, { once: true });
  try {
    const end = await ended;
    await Promise.race([Promise.all(lines.map((line) => line.closed)), quiet(lines)]);
    for (const line of lines) line.flush();
    const open = streams.filter((stream) => !stream.closed);
    if (open.length > 0) request.onLeftOpen(open);
    if (!ladder.began) return end;
    ladder.finish();
    return { kind: "cancelled" };
  } finally {
    request.signal.removeEventListener("abort", cancel);
    request.kill.removeEventListener("abort", kill);
    ladder.stop();
  }
}

function endOf(child: ChildProcess): Promise<ProcessEnd> {
  return new Promise((resolve) => {
    child.once("error", (error) => resolve({ kind: "not-started", reason: error.message }));
    child.once("exit", (code, signal) => {
      // As a shell tells the death of a child by signal n: 128 + n; the number itself is of little use.
      resolve({ kind: "exited", code: code ?? (signal === "SIGKILL" ? 137 : 143) });
    });
  });
}

/** Resolves when nothing has been printed for a while, or when it has been printed for too long. */
async function quiet(lines: readonly Lines[]): Promise<void> {
  const deadline = performance.now() + MAX_QUIET_WAIT_MS;
  while (performance.now() < deadline) {
    const before = lines.map((line) => line.received).join();
    await new Promise((resolve) => setTimeout(resolve, QUIET_MS));
    // Who was held up comes to its timers before it reads what was printed meanwhile: it must have looked once.
    await new Promise((resolve) => setImmediate(resolve));
    if (before === lines.map((line) => line.received).join()) return;
  }
}

class Lines {
  received = 0;
  readonly closed: Promise<void>;
  readonly #decoder = new StringDecoder("utf8");
  readonly #onLine: (line: string) => void;
  #rest = "";
  #done = false;

  constructor(stream: Readable, onLine: (line: string) => void) {
    this.#onLine = onLine;
    stream.on("data", (chunk: Buffer) => this.#take(chunk));
    stream.on("error", () => {});
    this.closed = new Promise((resolve) => stream.once("close", () => resolve()));
  }

  #take(chunk: Buffer): void {
    this.received += chunk.length;
    if (this.#done) return;
    const lines = (this.#rest + this.#decoder.write(chunk)).split("\n");
    this.#rest = lines.pop() ?? "";
    for (const line of lines) this.#onLine(line.endsWith("\r") ? line.slice(0, -1) : line);
    if (this.#rest.length > MAX_LINE_CHARACTERS) this.#flushRest();
  }

  #flushRest(): void {
    const line = this.#rest;
    this.#rest = "";
    if (line !== "") this.#onLine(line);
  }

  /** Passes on what came without a line end, and ignores what comes later. */
  flush(): void {
    this.#rest += this.#decoder.end();
    this.#flushRest();
    this.#done = true;
  }
}

/** SIGINT, then SIGTERM, then SIGKILL, to the whole process group. */
class CancelLadder {
  began = false;
  readonly #child: ChildProcess;
  readonly #timing: CancelTiming;
  #timer: NodeJS.Timeout | undefined;

  constructor(child: ChildProcess, timing: CancelTiming) {
    this.#child = child;
    this.#timing = timing;
  }

  begin(): void {
    if (this.began) return;
    this.began = true;
    this.#kill("SIGINT");
    this.#timer = setTimeout(() => {
      this.#kill("SIGTERM");
      this.#timer = setTimeout(() => this.#kill("SIGKILL"), this.#timing.terminateMs);
    }, this.#timing.interruptMs);
  }

  /** Nobody of its group stays. */
  finish(): void {
    this.began = true;
    this.#kill("SIGKILL");
  }

  stop(): void {
    clearTimeout(this.#timer);
  }

  #kill(signal: NodeJS.Signals): void {
    signalGroup(this.#child.pid, signal);
  }
}
