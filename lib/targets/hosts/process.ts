import { type ChildProcess, spawn } from "node:child_process";
import { createReadStream, createWriteStream } from "node:fs";
import { pipeline } from "node:stream/promises";
import { SluiceError } from "../../error.ts";
import { ANSWER_MS, type Answer, type RunOptions } from "./shell.ts";

/** More than this is no answer of our programs. */
const MAX_ANSWER_BYTES = 64 * 1024 * 1024;

/**
 * Runs a program of this machine to its end. What it leaves running (an ssh master) may keep its stderr open, so
 * only its exit and the end of stdout are waited for.
 */
export async function runProcess(
  name: string,
  [program, ...args]: readonly [string, ...string[]],
  { input = "", output, timeoutMs = ANSWER_MS, signal }: RunOptions,
): Promise<Answer> {
  signal?.throwIfAborted();
  const child = spawn(program, args, { stdio: ["pipe", "pipe", "pipe"] });
  const late = setTimeout(() => child.kill("SIGKILL"), timeoutMs);
  const onAbort = () => child.kill("SIGTERM");
  signal?.addEventListener("abort", onAbort, { once: true });
  try {
    const [ended, stdout, stderr] = [
      exitOf(child),
      output ? store(child.stdout, output.file) : gather(child.stdout).done,
      gather(child.stderr),
    ];
    const feeding = feed(child, input);
    const { code, killed } = await ended;
    const text = await stdout;
    await feeding;
    signal?.throwIfAborted();
    if (killed) throw unreachable(name, `did not answer within ${timeoutMs} ms`);
    return { code, stdout: text, stderr: stderr.soFar() };
  } finally {
    clearTimeout(late);
    signal?.removeEventListener("abort", onAbort);
    child.stderr.destroy();
  }

  function exitOf(process: ChildProcess): Promise<{ code: number; killed: boolean }> {
    return new Promise((resolve, reject) => {
      process.once("error", (error) => reject(unreachable(name, error.message, error)));
      process.once("exit", (code) => resolve({ code: code ?? -1, killed: code === null }));
    });
  }
}

export function unreachable(name: string, how: string, cause?: unknown): SluiceError {
  return new SluiceError("target-unreachable", `${name} cannot be reached: ${how}`, {
    ...(cause === undefined ? {} : { cause }),
    hint: "see that the machine is up and that `ssh` reaches it from here without asking anything",
  });
}

function gather(stream: NodeJS.ReadableStream): { done: Promise<string>; soFar(): string } {
  const chunks: Buffer[] = [];
  let length = 0;
  stream.on("data", (chunk: Buffer) => {
    length += chunk.length;
    if (length <= MAX_ANSWER_BYTES) chunks.push(chunk);
  });
  const soFar = () => Buffer.concat(chunks).toString("utf8");
  const done = new Promise<string>((resolve) => {
    stream.once("close", () => resolve(soFar()));
    stream.on("error", () => {});
  });
  return { done, soFar };
}

async function store(stream: NodeJS.ReadableStream, file: string): Promise<string> {
  await pipeline(stream, createWriteStream(file, { mode: 0o600 }));
  return "";
}

async function feed(
  { stdin }: ChildProcess,
  input: NonNullable<RunOptions["input"]>,
): Promise<void> {
  if (!stdin) return;
  // A program that refuses at once does not read on.
  stdin.on("error", () => {});
  if (typeof input === "string") stdin.end(input);
  else await pipeline(createReadStream(input.file), stdin).catch(() => {});
}
