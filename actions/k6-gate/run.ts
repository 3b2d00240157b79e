import type { Log } from "../../lib/action/action.ts";
import type { BaselineFile } from "../../lib/load/history.ts";
import type { Metric } from "../../lib/load/metric.ts";
import type { VersionInputs, Versions } from "./versions.ts";

export interface GateInputs extends VersionInputs {
  path: string[];
  flags: string[] | undefined;
  "url-variable": string;
  duration: number;
  "max-duration": number;
  rounds: number | undefined;
  block: number;
  "warm-up": number;
  metric: string;
  margin: number;
  "rule-out": number;
  "pass-on": Metric[];
  alpha: number;
  beta: number;
  "process-spread": number;
  "on-inconclusive": "fail" | "pass" | "ask";
  "baseline-file": string | undefined;
  parallel: boolean;
  "fail-fast": boolean;
  debug: boolean;
  "k6-version": string;
  report: string;
}

/** One script that is about to be run. */
export interface ScriptRun {
  inputs: GateInputs;
  versions: Versions;
  /** Absolute path, and the same relative to the workspace. */
  script: string;
  name: string;
  /** Scripts that are run in all: they share alpha. */
  scripts: number;
  history: BaselineFile;
  program: string;
  flags: readonly string[];
  cwd: string;
  env: NodeJS.ProcessEnv;
  /** Of its own, for files of this run. */
  folder: string;
  commit: string;
  log: Log;
  signal: AbortSignal;
}
