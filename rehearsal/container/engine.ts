import { execFile } from "node:child_process";
import { SluiceError } from "../../lib/error.ts";
import { findProgram } from "../runner/shell.ts";
import { watchOver } from "./left-behind.ts";

const PROBE_LIMIT_MS = 30_000;
/** How long an engine that is told to end may take until it is killed. */
const END_LIMIT_MS = 30_000;
const OUTPUT_BYTES = 2 ** 24;

/** A program that runs containers here, and has just said that it can. */
export interface ContainerEngine {
  readonly name: "docker" | "podman";
  readonly path: string;
}

const known = new Map<string, Promise<ContainerEngine>>();
let daemonsAreRefused = false;

/** For a process in a network of its own: what a daemon starts for it is in the daemon's network, which is all of it. */
export function refuseDaemons(): void {
  daemonsAreRefused = true;
}

/** Docker or podman, whichever works; asked once for each PATH. Throws `unsupported` with what each of them said. */
export function containerEngine(path: string, wantedBy: string): Promise<ContainerEngine> {
  const found = known.get(path) ?? probe(path);
  known.set(path, found);
  return found.catch((error: unknown) => {
    throw new SluiceError("unsupported", `${wantedBy} needs containers, which can't run here`, {
      hint: "Install podman (no root and no service needed) or start Docker; all other steps run without.",
      cause: error,
    });
  });
}

async function probe(path: string): Promise<ContainerEngine> {
  const said: string[] = [];
  for (const name of ["docker", "podman"] as const) {
    const program = findProgram(name, path);
    const isOutside = name === "docker" && daemonsAreRefused;
    const fault = isOutside
      ? "its daemon is outside of the network that --network leaves"
      : program
        ? await whyNot(program, path)
        : "not on PATH";
    if (program && fault === undefined) {
      watchOver(program, engineEnvironment(path));
      return { name, path: program };
    }
    said.push(`${name}: ${fault}`);
  }
  throw new Error(said.join("; "));
}

/** What the engine itself runs with: where its daemon, its storage and its settings are is this machine's affair. */
export function engineEnvironment(path: string): NodeJS.ProcessEnv {
  return { ...process.env, PATH: path };
}

async function whyNot(program: string, path: string): Promise<string | undefined> {
  const { code, err } = await ask(program, ["info"], engineEnvironment(path), {
    limitMs: PROBE_LIMIT_MS,
  });
  if (code === 0) return undefined;
  const lines = err.split("\n").map((line) => line.trim());
  return lines.find((line) => /cannot|error|denied|failed/i.test(line)) ?? lines[0] ?? "it failed";
}

export interface Asked {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/**
 * Runs the engine to its end; `input` is what it reads. Ends it at the limit, and when the signal fires. Resolves when it has
 * ended: one that is asked to end still makes what it was about to make, and only then is all there to be removed.
 */
export function ask(
  program: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv,
  given: { readonly limitMs: number; readonly input?: string; readonly signal?: AbortSignal },
): Promise<Asked> {
  const { limitMs, input = "", signal } = given;
  return new Promise((resolve) => {
    const limits = { env, timeout: limitMs, maxBuffer: OUTPUT_BYTES };
    let late: NodeJS.Timeout | undefined;
    const cancel = (): void => {
      child.kill();
      late = setTimeout(() => child.kill("SIGKILL"), END_LIMIT_MS);
    };
    const child = execFile(program, [...args], limits, (error, out, err) => {
      signal?.removeEventListener("abort", cancel);
      clearTimeout(late);
      const code = error === null ? 0 : typeof error.code === "number" ? error.code : 1;
      resolve({ code, out, err: err || (error?.message ?? "") });
    });
    child.stdin?.on("error", () => {}); // who does not read it need not
    child.stdin?.end(input);
    signal?.addEventListener("abort", cancel, { once: true });
    if (signal?.aborted) cancel();
  });
}
