import { execFile } from "node:child_process";
import { SluiceError } from "../../lib/error.ts";
import { findProgram } from "../runner/shell.ts";

const PROBE_LIMIT_MS = 10_000;
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
    if (program && fault === undefined) return { name, path: program };
    said.push(`${name}: ${fault}`);
  }
  throw new Error(said.join("; "));
}

async function whyNot(program: string, path: string): Promise<string | undefined> {
  const { code, err } = await ask(
    program,
    ["info"],
    { PATH: path, HOME: process.env.HOME },
    PROBE_LIMIT_MS,
  );
  if (code === 0) return undefined;
  const lines = err.split("\n").map((line) => line.trim());
  return lines.find((line) => /cannot|error|denied|failed/i.test(line)) ?? lines[0] ?? "it failed";
}

export interface Asked {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** Runs the engine to its end; `input` is what it reads. */
export function ask(
  program: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv,
  limitMs: number,
  input = "",
): Promise<Asked> {
  return new Promise((resolve) => {
    const options = { env, timeout: limitMs, maxBuffer: OUTPUT_BYTES };
    const child = execFile(program, [...args], options, (error, out, err) => {
      const code = error === null ? 0 : typeof error.code === "number" ? error.code : 1;
      resolve({ code, out, err: err || (error?.message ?? "") });
    });
    child.stdin?.on("error", () => {}); // who does not read it need not
    child.stdin?.end(input);
  });
}

/** Splits `options:` at spaces outside quotes. */
export function options(text: string): string[] {
  const found = text.matchAll(/((?:"[^"]*"|'[^']*'|[^\s"'])+)/g);
  return [...found].map((match) => (match[0] ?? "").replace(/["']/g, ""));
}
