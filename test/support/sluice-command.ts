import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";

const CLI = fileURLToPath(new URL("../../cli/sluice.js", import.meta.url));

export interface Ended {
  readonly code: number | null;
  /** What it printed, standard output and errors as they came. */
  readonly output: string;
}

export interface RunningCommand {
  readonly ended: Promise<Ended>;
  /** Resolves when it has printed `text`; rejects with all it printed when it ends without. */
  prints(text: string): Promise<void>;
  /** As Ctrl-C does. */
  interrupt(): void;
}

export interface CommandOptions {
  readonly cwd: string;
  readonly env?: NodeJS.ProcessEnv;
  /** Killed when it takes longer. */
  readonly deadlineMs?: number;
}

const DEADLINE_MS = 120_000;

/** Runs `node cli/sluice.js …` as somebody in another repository does. */
export function startSluice(args: readonly string[], options: CommandOptions): RunningCommand {
  const { cwd, env = process.env, deadlineMs = DEADLINE_MS } = options;
  const child = spawn(process.execPath, [CLI, ...args], {
    cwd,
    env,
    stdio: ["ignore", "pipe", "pipe"],
    timeout: deadlineMs,
    killSignal: "SIGKILL",
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (text: string) => {
      output += text;
    });
  }
  const ended = new Promise<Ended>((resolve) => {
    child.once("close", (code) => resolve({ code, output }));
  });
  const prints = (text: string): Promise<void> =>
    new Promise((resolve, reject) => {
      const look = () => {
        if (output.includes(text)) resolve();
      };
      child.stdout.on("data", look);
      look();
      void ended.then(() => reject(new Error(`it ended without '${text}':\n${output}`)));
    });
  return { ended, prints, interrupt: () => child.kill("SIGINT") };
}
