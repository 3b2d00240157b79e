import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { K6Script } from "./inspect.ts";
import { runArguments } from "./k6-arguments.ts";
import { type K6Ended, startK6 } from "./k6-process.ts";
import { type K6Summary, readSummary } from "./k6-summary.ts";
import { parseSample, type Sample } from "./sample.ts";
import { type Wrapping, wrapperText } from "./wrapper.ts";

export interface ArmRunSettings extends K6Script {
  /** For files of this run; empty, and removed by whoever made it. */
  folder: string;
  name: string;
  wrapping: Omit<Wrapping, "script" | "summaryPath">;
  variables: Readonly<Record<string, string>>;
  wants(metric: string): boolean;
  onSample(sample: Sample): void;
  /** What k6 logs, and what the script prints. */
  onLog(line: string): void;
}

export interface ArmEnded extends K6Ended {
  summary: K6Summary | undefined;
}

/** One k6 under way. */
export interface ArmRun {
  readonly ended: Promise<ArmEnded>;
  stop(): Promise<ArmEnded>;
}

/** Starts k6 on the wrapped script. */
export async function startArmRun(settings: ArmRunSettings): Promise<ArmRun> {
  const { folder, name, script, flags, wrapping, variables, program, cwd, env } = settings;
  const summaryPath = join(folder, `${name}-summary.json`);
  const wrapper = join(folder, `${name}.ts`);
  await writeFile(wrapper, wrapperText({ ...wrapping, script, summaryPath }));
  const k6 = startK6({
    program,
    args: runArguments(wrapper, flags, variables),
    cwd,
    env,
    onLog: settings.onLog,
    onOutput(line) {
      const sample = parseSample(line, settings.wants);
      if (sample) settings.onSample(sample);
      else if (!line.startsWith('{"')) settings.onLog(line);
    },
  });
  const withSummary = async (ended: K6Ended): Promise<ArmEnded> => ({
    ...ended,
    summary: await readSummary(summaryPath),
  });
  const ended = k6.ended.then(withSummary);
  ended.catch(() => {});
  return { ended, stop: async () => withSummary(await k6.stop()) };
}
