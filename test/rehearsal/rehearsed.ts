import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { onTestFinished } from "vitest";
import { type RehearseOptions, type RunResult, rehearse } from "../../rehearsal/run.ts";
import type { RunEvent } from "../../rehearsal/run-event.ts";

export type Files = { readonly [path: string]: string };

/** A folder with files, removed when the test ends. */
export function folder(files: Files): string {
  const root = realpathSync(mkdtempSync(join(tmpdir(), "sluice-test-")));
  onTestFinished(() => rmSync(root, { recursive: true, force: true, maxRetries: 3 }));
  write(root, files);
  return root;
}

export function write(root: string, files: Files): void {
  for (const [path, content] of Object.entries(files)) {
    const file = join(root, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, content);
  }
}

export function git(root: string, ...args: string[]): string {
  const identity = [
    "-c",
    "user.name=test",
    "-c",
    "user.email=test@example.com",
    "-c",
    "commit.gpgsign=false",
  ];
  return execFileSync("git", [...identity, ...args], {
    cwd: root,
    encoding: "utf8",
    stdio: "pipe",
  }).trim();
}

/** A git repository whose files are committed on main. */
export function repository(files: Files): string {
  const root = folder(files);
  git(root, "init", "--quiet", "--initial-branch=main");
  git(root, "add", "--all");
  git(root, "commit", "--quiet", "--message", "first");
  return root;
}

export interface Rehearsed {
  readonly result: RunResult;
  readonly events: readonly RunEvent[];
  /** What the steps of a job printed, line by line. */
  readonly printed: (job: string) => string[];
  /** `level: message` of a job's annotations. */
  readonly annotations: (job: string) => string[];
  /** `name: conclusion` of a job's steps, without its first and last. */
  readonly steps: (job: string) => string[];
  readonly reason: (job: string) => string | undefined;
}

export async function run(dir: string, options: Partial<RehearseOptions> = {}): Promise<Rehearsed> {
  const events: RunEvent[] = [];
  const result = await rehearse({
    dir,
    cancelTiming: { interruptMs: 5_000, terminateMs: 2_000 },
    ...options,
    onEvent: (event) => {
      events.push(event);
      options.onEvent?.(event);
    },
  });
  return {
    result,
    events,
    printed: (job) =>
      events.flatMap((event) =>
        event.type === "log" && event.job === job && event.kind === "output" ? [event.line] : [],
      ),
    annotations: (job) =>
      events.flatMap((event) =>
        event.type === "annotation" && event.job === job
          ? [`${event.annotation.level}: ${event.annotation.message}`]
          : [],
      ),
    steps: (job) =>
      events.flatMap((event) =>
        event.type === "step-finished" &&
        event.job === job &&
        !/^(Set up|Complete) job$/.test(event.name)
          ? [`${event.name}: ${event.conclusion}`]
          : [],
      ),
    reason: (job) =>
      events.flatMap((event) =>
        event.type === "job-finished" && event.job === job ? [event.reason] : [],
      )[0],
  };
}

/** Rehearses one workflow file in a folder without git. */
export async function runWorkflow(
  workflow: string,
  options: Partial<RehearseOptions> & { readonly files?: Files } = {},
): Promise<Rehearsed> {
  const { files, ...rest } = options;
  return run(folder({ ".github/workflows/test.yml": workflow, ...files }), rest);
}
