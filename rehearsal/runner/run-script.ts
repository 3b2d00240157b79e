import { randomUUID } from "node:crypto";
import { existsSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { basename, join, resolve } from "node:path";
import { evaluate } from "../language/expression.ts";
import { toText } from "../language/value.ts";
import type { JobResult } from "../run-event.ts";
import type { RunStep } from "../workflow/workflow.ts";
import { searchPath } from "./process-env.ts";
import { scopeOf } from "./running-job.ts";
import { shellFor, shellInside } from "./shell.ts";
import { runStepProcess, type StepCall } from "./step-process.ts";

/** Runs a `run:` step. `${{ }}` in it was put into the text as GitHub does; nothing else is. */
export async function runScript(step: RunStep, call: StepCall): Promise<JobResult> {
  const { job, log, frame } = call;
  const scope = scopeOf(job, frame, call.env);
  const script = toText(evaluate(step.run, scope));
  const given = (token: RunStep["shell"]): string | undefined =>
    token === undefined ? undefined : toText(evaluate(token, scope)) || undefined;
  // A composite action's steps do not take the caller's defaults.
  const defaults = frame.embedded ? {} : job.defaults;
  const wanted = given(step.shell) ?? defaults.shell;
  const shell = job.container
    ? shellInside(wanted, script)
    : shellFor(wanted, script, searchPath(job, call.env));
  const folder = given(step.workingDirectory) ?? defaults.workingDirectory ?? "";
  const cwd = resolve(job.folders.workspace, folder);
  if (!existsSync(cwd)) {
    log.error(`The working directory '${folder}' does not exist in the workspace.`);
    return "failure";
  }
  const file = join(job.folders.temp, `${randomUUID()}${shell.extension}`);
  await writeFile(file, script.endsWith("\n") ? script : `${script}\n`, { mode: 0o755 });
  const args = shell.args.map((arg) => arg.replaceAll("{0}", file));
  log.write("group", `Run ${firstLine(script)}`);
  log.write("command", script.trimEnd());
  log.write("runner", `shell: ${[basename(shell.command), ...shell.args].join(" ")}`);
  log.write("end-group", "");
  return runStepProcess(call, { command: shell.command, args, cwd }, new Map());
}

export function firstLine(text: string): string {
  return text.trim().split("\n")[0]?.trim() ?? "";
}
