import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { SluiceError } from "../../lib/error.ts";
import { endGroup, signalGroup } from "../../lib/process/group.ts";
import { formatDuration } from "../../lib/units/duration.ts";

export interface Command {
  text: string;
  cwd: string;
  env: NodeJS.ProcessEnv;
  timeoutMs: number;
  signal: AbortSignal;
}

/** Between asking the command to end and ending it: less than the runner gives us. */
const GRACE_MS = 5_000;

/**
 * Runs the text by bash, as one argument: nothing is put into it. It has a process group of its own, so that all
 * it started ends with it; @actions/exec cannot end what it runs.
 */
export async function runCommand({ text, cwd, env, timeoutMs, signal }: Command): Promise<void> {
  signal.throwIfAborted();
  const child = spawn("bash", ["--noprofile", "--norc", "-euo", "pipefail", "-c", text], {
    cwd,
    env,
    stdio: ["ignore", "inherit", "inherit"],
    detached: true,
  });
  const limit = AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]);
  const end = () => endGroup(child, GRACE_MS);
  limit.addEventListener("abort", end, { once: true });
  try {
    const [code, killedBy] = await exit(child);
    signal.throwIfAborted();
    if (limit.aborted) throw tookTooLong(timeoutMs);
    if (code !== 0) throw failed(code, killedBy);
  } finally {
    limit.removeEventListener("abort", end);
    // What it left running in its group could still write to what is packed, scanned and signed from here on.
    signalGroup(child.pid, "SIGKILL");
  }
}

/** By these somebody signs in the name of this workflow, or speaks to the runner's own services. */
const SIGNING = /^(COSIGN_|SIGSTORE_|ACTIONS_ID_TOKEN_REQUEST_|ACTIONS_RUNTIME_)/;
/** A key under a name of its own: `key` of cosign-sign may be any variable. */
const SIGNING_KEY = /-----BEGIN (ENCRYPTED )?(COSIGN|SIGSTORE) PRIVATE KEY-----/;

/**
 * The variables of the step without those of this action's inputs, and without what signs: a command runs other
 * people's code, and the step that builds is often the one that signs afterwards.
 */
export function commandEnv(env: NodeJS.ProcessEnv, epochSeconds: number): NodeJS.ProcessEnv {
  const others = Object.entries(env).filter(
    ([name, value = ""]) =>
      !name.startsWith("INPUT_") && !SIGNING.test(name) && !SIGNING_KEY.test(value),
  );
  return { ...Object.fromEntries(others), SOURCE_DATE_EPOCH: String(epochSeconds) };
}

async function exit(child: ChildProcess): Promise<[number | null, NodeJS.Signals | null]> {
  try {
    const [code, killedBy] = await once(child, "exit");
    return [code, killedBy];
  } catch (cause) {
    throw new SluiceError("build-failed", "the command could not be started", {
      cause,
      hint: "this action needs bash on the runner",
    });
  }
}

function failed(code: number | null, killedBy: NodeJS.Signals | null): SluiceError {
  const how = code === null ? `was ended by ${killedBy}` : `ended with exit code ${code}`;
  return new SluiceError("build-failed", `the command ${how}`, {
    hint: "its own output above says why; nothing was packed",
  });
}

function tookTooLong(timeoutMs: number): SluiceError {
  return new SluiceError(
    "build-failed",
    `the command took longer than ${formatDuration(timeoutMs)}`,
    {
      hint: "raise timeout if that was to be expected; nothing was packed",
    },
  );
}
