import { causes } from "../../lib/error.ts";
import type { JobResult } from "../run-event.ts";
import { CommandFiles, MAX_SUMMARY_BYTES, parseNameValues, parsePaths } from "./command-file.ts";
import { type ProcessEnd, runProcess } from "./process.ts";
import { processEnvironment } from "./process-env.ts";
import type { Frame, RunningJob } from "./running-job.ts";
import type { StepLog } from "./step-log.ts";
import { TIME_OVER } from "./step-signal.ts";

/** What a handler needs to run one step. */
export interface StepCall {
  readonly job: RunningJob;
  readonly frame: Frame;
  /** The environment that this step adds, already evaluated. */
  readonly env: ReadonlyMap<string, string>;
  readonly log: StepLog;
  readonly signal: AbortSignal;
  readonly outputs: { [name: string]: string };
  /** The step's command files, where its expressions can name them (`github.output`); else each process gets its own. */
  readonly files?: CommandFiles | undefined;
}

/** Runs one process of a step, with its command files before and after. */
export async function runStepProcess(
  call: StepCall,
  process: {
    command: string;
    /** Some can only be told when the environment is known. */
    args: readonly string[] | ((env: { readonly [name: string]: string }) => readonly string[]);
    cwd: string;
    extra?: ReadonlyMap<string, string>;
    /** An action says itself what went wrong: its exit code is no annotation. */
    isAction?: boolean;
    /** It runs a container of its own. */
    isOutside?: boolean;
  },
  state: Map<string, string>,
): Promise<JobResult> {
  const { job, log, frame } = call;
  const files = call.files ?? (await CommandFiles.create(job.folders.temp));
  const env = processEnvironment(job, frame, call.env, files);
  for (const [name, value] of process.extra ?? []) env[name] = value;
  let refused = false;
  const target = {
    fail: () => {
      refused = true;
    },
    setOutput: (name: string, value: string) => {
      call.outputs[name] = value;
    },
    saveState: (name: string, value: string) => {
      state.set(name, value);
    },
  };
  const args = typeof process.args === "function" ? process.args(env) : process.args;
  const end = await runProcess({
    ...(await placed({ ...process, args }, env, job)),
    env,
    onLine: (line) => log.line(line, target),
    signal: call.signal,
    kill: job.kill,
    timing: job.timing,
    onLeftOpen: (streams) => job.leftOpen.push(...streams),
  });
  const read = await readCommandFiles(call, files, state);
  if (!call.files) await files.remove();
  const result =
    end.kind === "cancelled" && call.signal.reason === TIME_OVER
      ? "cancelled"
      : resultOf(end, process, log);
  return (read && !refused) || result !== "success" ? result : "failure";
}

/** In the job's container, if it has one; what runs a container itself stays outside. */
async function placed(
  process: { command: string; args: readonly string[]; cwd: string; isOutside?: boolean },
  env: { readonly [name: string]: string },
  job: RunningJob,
): Promise<{ command: string; args: readonly string[]; cwd: string }> {
  const { command, args, cwd } = process;
  if (!job.container || process.isOutside) return { command, args, cwd };
  const { insideOf } = await import("../container/job-container.ts");
  return insideOf(job.container, { command, args, cwd }, env, job);
}

function resultOf(
  end: ProcessEnd,
  { command, isAction }: { command: string; isAction?: boolean },
  log: StepLog,
): JobResult {
  switch (end.kind) {
    case "cancelled":
      log.error("The operation was canceled.");
      return "cancelled";
    case "not-started":
      log.error(`${command} could not be started: ${end.reason}`);
      return "failure";
    case "exited":
      if (end.code === 0) return "success";
      if (isAction) log.write("runner", `The action ended with exit code ${end.code}`);
      else log.error(`Process completed with exit code ${end.code}.`);
      return "failure";
  }
}

/** False when one of the files can't be read: then the step fails. */
async function readCommandFiles(
  call: StepCall,
  files: CommandFiles,
  state: Map<string, string>,
): Promise<boolean> {
  const { job, log } = call;
  const readers: readonly (readonly [string, () => Promise<void>])[] = [
    ["env", async () => readEnvironment(call, await files.read("GITHUB_ENV"))],
    [
      "path",
      async () => {
        job.extraPath.unshift(...parsePaths(await files.read("GITHUB_PATH")).reverse());
      },
    ],
    [
      "output",
      async () => {
        for (const [name, value] of parseNameValues(await files.read("GITHUB_OUTPUT")))
          call.outputs[name] = value;
      },
    ],
    [
      "state",
      async () => {
        for (const [name, value] of parseNameValues(await files.read("GITHUB_STATE")))
          state.set(name, value);
      },
    ],
    ["step_summary", async () => readSummary(log, await files.read("GITHUB_STEP_SUMMARY"))],
  ];
  let readable = true;
  for (const [name, read] of readers) {
    try {
      await read();
    } catch (error) {
      readable = false;
      log.error(`Unable to process file command '${name}' successfully.`);
      log.error(causes(error)[0] ?? "A command file is not readable");
    }
  }
  return readable;
}

function readEnvironment({ job, log }: StepCall, text: string): void {
  for (const [name, value] of parseNameValues(text)) {
    if (name.toUpperCase() === "NODE_OPTIONS") {
      log.error("Can't store NODE_OPTIONS output parameter using '$GITHUB_ENV' command.");
      continue;
    }
    job.env.set(name, value);
  }
}

function readSummary(log: StepLog, markdown: string): void {
  if (markdown === "") return;
  const bytes = Buffer.byteLength(markdown);
  if (bytes > MAX_SUMMARY_BYTES) {
    log.error(
      `$GITHUB_STEP_SUMMARY upload aborted, supports content up to a size of 1024k, got ${Math.floor(bytes / 1024)}k.`,
    );
    return;
  }
  log.summary(markdown);
}
