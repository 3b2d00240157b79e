import { causes } from "../../lib/error.ts";
import type { JobResult } from "../run-event.ts";
import { CommandFiles, MAX_SUMMARY_BYTES, parseNameValues, parsePaths } from "./command-file.ts";
import { type ProcessEnd, type ProcessRequest, runProcess } from "./process.ts";
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

type Environment = { readonly [name: string]: string };

/** What a process is given; one that runs a container of its own makes it from the step's environment, and stays outside. */
type Invocation =
  | { readonly args: readonly string[] }
  | {
      readonly invocation: (env: Environment) => {
        readonly args: readonly string[];
        readonly env: NodeJS.ProcessEnv;
      };
    };

/** Runs one process of a step, with its command files before and after. */
export async function runStepProcess(
  call: StepCall,
  process: {
    command: string;
    cwd: string;
    extra?: ReadonlyMap<string, string>;
    /** An action says itself what went wrong: its exit code is no annotation. */
    isAction?: boolean;
  } & Invocation,
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
  const end = await runProcess({
    ...(await placed(process, env, call)),
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
  process: { readonly command: string; readonly cwd: string } & Invocation,
  env: Environment,
  call: StepCall,
): Promise<Pick<ProcessRequest, "command" | "args" | "cwd" | "env">> {
  const { command, cwd } = process;
  if ("invocation" in process) return { command, cwd, ...process.invocation(env) };
  const { args } = process;
  const { container } = call.job;
  if (!container) return { command, args, cwd, env };
  const { insideOf } = await import("../container/job-container.ts");
  return insideOf(container, { command, args, cwd, env }, call);
}

function resultOf(
  end: ProcessEnd,
  process: { command: string; isAction?: boolean } & Invocation,
  log: StepLog,
): JobResult {
  const { command, isAction } = process;
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
      else if ("invocation" in process)
        log.error(`Docker run failed with exit code ${end.code}`); // GitHub's words, whatever the engine
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
