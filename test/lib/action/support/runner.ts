import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

export interface StepResult {
  code: number | null;
  log: string;
  outputs: Record<string, string>;
  state: Record<string, string>;
  summary: string;
}

/** What the runner does for one step: command files, variables, and reading what came back. */
export class Step implements Disposable {
  readonly folder = mkdtempSync(join(tmpdir(), "sluice-step-"));
  #log = "";
  #child: ChildProcess | undefined;
  #closed: Promise<number | null> | undefined;

  start(script: string, args: string[], variables: Record<string, string>): this {
    for (const name of ["output", "state", "summary"]) writeFileSync(this.#file(name), "");
    const inherited = Object.entries(process.env).filter(
      ([name]) => !/^(INPUT_|GITHUB_)/.test(name),
    );
    const child = spawn(process.execPath, [script, ...args], {
      cwd: this.folder,
      env: {
        ...Object.fromEntries(inherited),
        GITHUB_WORKSPACE: this.folder,
        GITHUB_OUTPUT: this.#file("output"),
        GITHUB_STATE: this.#file("state"),
        GITHUB_STEP_SUMMARY: this.#file("summary"),
        ...variables,
      },
      stdio: ["ignore", "pipe", "pipe"],
    });
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding("utf8").on("data", (text: string) => {
        this.#log += text;
      });
    }
    this.#child = child;
    this.#closed = new Promise((resolve) => child.once("close", resolve));
    return this;
  }

  /** Waits until the log has `text`. */
  async says(text: string): Promise<void> {
    const deadline = Date.now() + 60_000;
    while (!this.#log.includes(text)) {
      if (Date.now() > deadline) throw new Error(`the step did not say ${text}:\n${this.#log}`);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }

  signal(name: NodeJS.Signals): void {
    this.#child?.kill(name);
  }

  async end(): Promise<StepResult> {
    if (!this.#closed) throw new Error("the step was not started");
    const code = await this.#closed;
    return {
      code,
      log: this.#log,
      outputs: readCommandFile(this.#read("output")),
      state: readCommandFile(this.#read("state")),
      summary: this.#read("summary"),
    };
  }

  [Symbol.dispose](): void {
    this.#child?.kill("SIGKILL");
    rmSync(this.folder, { recursive: true, force: true });
  }

  #file(name: string): string {
    return join(this.folder, `.${name}`);
  }

  #read(name: string): string {
    return readFileSync(this.#file(name), "utf8");
  }
}

/** Runs a step to its end. */
export async function runStep(
  script: string,
  args: string[],
  variables: Record<string, string>,
): Promise<StepResult> {
  using step = new Step();
  return await step.start(script, args, variables).end();
}

/** As the runner reads it: `NAME<<DELIMITER`, lines, `DELIMITER`. */
export function readCommandFile(text: string): Record<string, string> {
  const values: Record<string, string> = {};
  const lines = text.split("\n");
  while (lines.length > 0) {
    const head = /^([^=<]+)<<(.+)$/.exec(lines.shift() ?? "");
    if (!head?.[1]) continue;
    const end = lines.indexOf(head[2] ?? "");
    if (end === -1) throw new Error(`no end of ${head[1]}`);
    values[head[1]] = lines
      .splice(0, end + 1)
      .slice(0, -1)
      .join("\n");
  }
  return values;
}
