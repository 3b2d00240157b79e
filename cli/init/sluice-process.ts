import { spawn } from "node:child_process";
import { join } from "node:path";
import { LIBRARY_ROOT } from "./library.ts";

export interface EndedSluice {
  readonly code: number;
  /** What it printed; a person has seen it already. */
  readonly output: string;
}

/** Runs this Sluice in a folder, as a person would, and shows what it prints; `signal` is Ctrl-C. */
export function runSluice(
  cwd: string,
  args: readonly string[],
  signal?: AbortSignal,
): Promise<EndedSluice> {
  const command = join(LIBRARY_ROOT, "cli", "sluice.js");
  const child = spawn(process.execPath, [command, ...args], {
    cwd,
    stdio: ["inherit", "pipe", "inherit"],
    env: { ...process.env, SLUICE_SITES: cwd },
  });
  const interrupt = (): void => void child.kill("SIGINT");
  signal?.addEventListener("abort", interrupt);
  if (signal?.aborted) interrupt();
  let output = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    output += text;
    process.stdout.write(text);
  });
  return new Promise<EndedSluice>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code) => resolve({ code: code ?? 1, output }));
  }).finally(() => signal?.removeEventListener("abort", interrupt));
}
