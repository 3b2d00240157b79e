import { type ChildProcess, spawn } from "node:child_process";
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("../../../", import.meta.url));
const START_LIMIT_MS = 120_000;
const ON_LOOPBACK = { PORT: "0", METRICS_PORT: "0", SLOT: "blue", VERSION: "1.0.0" };
/** A disk that others use may take seconds for a sync: orders are refused for that only where a test asks for it. */
const PATIENT = { JOURNAL_SLOW_MS: "60000" };

export interface LogLine {
  level: string;
  message: string;
  [field: string]: unknown;
}

/** A real engine process on free ports of loopback; `await using` ends it. */
export class EngineProcess {
  readonly child: ChildProcess;
  readonly log: LogLine[] = [];
  readonly ended: Promise<{ code: number | null; signal: NodeJS.Signals | null }>;
  url = "";
  metricsUrl = "";
  port = 0;

  /** `within` is a command that runs the engine in another place, as nsenter does. */
  static async start(
    env: Record<string, string> = {},
    folder = ROOT,
    within: readonly string[] = [],
  ): Promise<EngineProcess> {
    const engine = EngineProcess.spawn(env, folder, within);
    const line = await engine.waitFor("listening").catch(async (error: unknown) => {
      await engine[Symbol.asyncDispose]();
      throw error;
    });
    engine.port = Number(line.port);
    engine.url = `http://127.0.0.1:${line.port}`;
    engine.metricsUrl = `http://127.0.0.1:${line.metricsPort}/metrics`;
    return engine;
  }

  static spawn(
    env: Record<string, string> = {},
    folder = ROOT,
    within: readonly string[] = [],
  ): EngineProcess {
    const [program = "", ...args] = [...within, process.execPath, join(folder, "engine/main.ts")];
    return new EngineProcess(
      spawn(program, args, {
        env: { ...ON_LOOPBACK, ...PATIENT, ...env },
        stdio: ["ignore", "pipe", "inherit"],
      }),
    );
  }

  constructor(child: ChildProcess) {
    this.child = child;
    this.ended = new Promise((resolve) => {
      child.once("close", (code, signal) => resolve({ code, signal }));
    });
    if (child.stdout === null) throw new Error("the engine's log is not piped");
    createInterface(child.stdout).on("line", (line) => this.log.push(JSON.parse(line)));
  }

  async waitFor(message: string): Promise<LogLine> {
    const end = performance.now() + START_LIMIT_MS;
    let isOver = false;
    while (performance.now() < end) {
      const line = this.log.find((entry) => entry.message === message);
      if (line !== undefined) return line;
      if (isOver) break;
      isOver = this.child.exitCode !== null || this.child.signalCode !== null;
      // What it said last may come after its end.
      await (isOver ? this.ended : new Promise((resolve) => setTimeout(resolve, 5)));
    }
    const { exitCode, signalCode } = this.child;
    const threads = threadsOf(this.child.pid ?? 0);
    const state = JSON.stringify({ exitCode, signalCode, log: this.log, threads });
    throw new Error(`no "${message}" in the engine's log: ${state}`);
  }

  async call(method: string, path: string, body?: unknown): Promise<{ code: number; body: Json }> {
    const sent = body === undefined ? {} : { body: JSON.stringify(body) };
    const response = await fetch(this.url + path, { method, ...sent });
    return { code: response.status, body: (await response.json()) as Json };
  }

  async metrics(): Promise<string> {
    return (await fetch(this.metricsUrl)).text();
  }

  /** The number that the first group of `series` finds in the metrics; NaN when there is none. */
  async counted(series: RegExp): Promise<number> {
    return Number(series.exec(await this.metrics())?.[1] ?? Number.NaN);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.child.exitCode === null && this.child.signalCode === null) this.child.kill("SIGKILL");
    await this.ended;
  }
}

/** What each thread waits for, how long it ran and how long it was kept from running: one that hangs is told from one without a CPU. */
function threadsOf(pid: number): string[] {
  try {
    const tasks = `/proc/${pid}/task`;
    return readdirSync(tasks).map((task) => {
      const [stat = "", wchan = "", sched = ""] = ["stat", "wchan", "schedstat"].map((name) =>
        readFileSync(join(tasks, task, name), "utf8"),
      );
      const [, name, state] = /\((.*)\) (\S)/.exec(stat) ?? [];
      const [ranMs, keptMs] = sched.split(" ").map((ns) => Math.round(Number(ns) / 1e6));
      return `${name} ${state} ${wchan} ran ${ranMs} ms, waited for a CPU ${keptMs} ms`;
    });
  } catch {
    return [];
  }
}

export type Json = Record<string, unknown>;

/** A copy of the engine, so that files can be put beside it; disposing removes it. */
export function copyEngine(): { folder: string; [Symbol.dispose](): void } {
  const folder = mkdtempSync(join(tmpdir(), "engine-"));
  cpSync(join(ROOT, "engine"), join(folder, "engine"), {
    recursive: true,
    filter: (source) => !source.includes("node_modules"),
  });
  symlinkSync(join(ROOT, "node_modules"), join(folder, "node_modules"));
  return {
    folder,
    [Symbol.dispose]: () => rmSync(folder, { recursive: true, force: true }),
  };
}
