import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

export interface ActionCall {
  /** Folder that stands for GITHUB_WORKSPACE. */
  workspace: string;
  inputs: Record<string, string>;
  env?: Record<string, string>;
}

export interface ActionResult {
  code: number | null;
  log: string;
  outputs: Record<string, string>;
  summary: string;
}

export interface RunningAction {
  readonly child: ChildProcess;
  log(): string;
  /** Resolves when the log shows `text`; rejects with the whole log when the action ends without it. */
  shows(text: string): Promise<void>;
  ended: Promise<ActionResult>;
}

/** While sources are being changed, `SLUICE_TEST_ACTIONS=sources` runs those instead of the bundle. */
const FROM_SOURCES = process.env.SLUICE_TEST_ACTIONS === "sources";

function entryOf(name: string): string[] {
  const path = (relative: string) => fileURLToPath(new URL(`../../${relative}`, import.meta.url));
  return FROM_SOURCES ? [path("scripts/run-action.ts"), name] : [path(`actions/${name}/index.js`)];
}

/** Starts what ships, `actions/NAME/index.js`, as a runner does: a process of its own with INPUT_ variables. */
export function startAction(name: string, call: ActionCall): RunningAction {
  const files = mkdtempSync(join(tmpdir(), "sluice-action-"));
  const output = join(files, "output");
  const summary = join(files, "summary");
  writeFileSync(output, "");
  writeFileSync(summary, "");
  const child = spawn(process.execPath, entryOf(name), {
    cwd: call.workspace,
    stdio: ["ignore", "pipe", "pipe"],
    env: {
      PATH: process.env.PATH,
      HOME: process.env.HOME,
      GITHUB_ACTIONS: "true",
      GITHUB_WORKSPACE: call.workspace,
      GITHUB_REPOSITORY: "owner/repository",
      GITHUB_WORKFLOW: "release",
      GITHUB_RUN_ID: "1",
      GITHUB_JOB: name,
      GITHUB_OUTPUT: output,
      GITHUB_STEP_SUMMARY: summary,
      ...call.env,
      ...Object.fromEntries(
        Object.entries(call.inputs).map(([key, value]) => [`INPUT_${key.toUpperCase()}`, value]),
      ),
    },
  });
  let log = "";
  child.stdout?.setEncoding("utf8").on("data", (text: string) => {
    log += text;
  });
  child.stderr?.setEncoding("utf8").on("data", (text: string) => {
    log += text;
  });
  const ended = once(child, "close").then(([code]): ActionResult => {
    const result = {
      code: code as number | null,
      log,
      outputs: parseOutputs(readFileSync(output, "utf8")),
      summary: readFileSync(summary, "utf8"),
    };
    rmSync(files, { recursive: true, force: true });
    return result;
  });
  return {
    child,
    log: () => log,
    ended,
    async shows(text) {
      let over = false;
      void ended.then(() => {
        over = true;
      });
      while (!log.includes(text)) {
        if (over)
          throw new Error(`the action ended without showing ${JSON.stringify(text)}:\n${log}`);
        await new Promise((resolve) => setTimeout(resolve, 10));
      }
    },
  };
}

export async function runAction(name: string, call: ActionCall): Promise<ActionResult> {
  return startAction(name, call).ended;
}

/** `name<<delimiter`, lines, `delimiter`: the form in which lib/action writes outputs. */
function parseOutputs(text: string): Record<string, string> {
  const outputs: Record<string, string> = {};
  for (const [, name = "", , value = ""] of text.matchAll(/^(.+?)<<(.+)\n([\s\S]*?)\n\2$/gm))
    outputs[name] = value;
  return outputs;
}
