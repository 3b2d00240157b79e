import { rm } from "node:fs/promises";
import { dirname } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { signalGroup } from "../../../process/group.ts";
import { isSameProcess, type KnownProcess } from "../../../process/identity.ts";
import { INSTANCE_HOST } from "../../../process/instance.ts";
import { boundLog, tailOf } from "../../../process/instance-log.ts";
import { InstanceProcess, MIN_STOP_MS } from "../../../process/instance-process.ts";
import { commandOf, environmentOf, type ShadowValues } from "../../../process/placeholders.ts";
import type { ShadowEnd, ShadowRun, Slot } from "../../target.ts";
import type { ShadowRequest } from "../protocol.ts";
import type { OccupantRecord } from "./site-record.ts";

/** Stable's orders go first. */
const NICE = "10";
/** What it writes is looked at this often, so that it fills no disk. */
const LOG_EVERY_MS = 500;
const SHOWN_LINES = 10;

export interface ShadowPlan {
  slot: Slot;
  candidate: OccupantRecord;
  beside: Slot;
  /** Absent where nothing stands in `beside`. */
  stable: OccupantRecord | null | undefined;
  settings: ShadowRequest["settings"];
  log: string;
  /** Told of the process while there is one. */
  onStart(process: KnownProcess | null): Promise<void>;
}

/** Runs one command of the candidate's folder beside stable, in a process group of its own that is gone afterwards. */
export async function runShadow(plan: ShadowPlan, signal: AbortSignal): Promise<ShadowRun> {
  const startedMs = performance.now();
  const { slot, candidate, settings, log } = plan;
  const instance = candidate.processes[0]?.name ?? slot;
  const values = valuesOf(plan);
  if (values === null) return { instance, end: { how: "alone" }, lastLines: "", tookMs: 0 };
  await rm(log, { force: true });
  const process = await hold(plan, values);
  try {
    await plan.onStart({ pid: process.pid, startTime: process.startTime });
    process.begin();
    const end = await endOf(process, settings.timeoutMs, log, signal);
    const lastLines = await tailOf(log, SHOWN_LINES);
    return { instance, end, lastLines, tookMs: performance.now() - startedMs };
  } finally {
    await process.stop(MIN_STOP_MS);
    await plan.onStart(null);
  }
}

/** What a supervisor that was killed left running. */
export async function endShadow(known: KnownProcess): Promise<void> {
  if (await isSameProcess(known)) signalGroup(known.pid, "SIGKILL");
}

function hold({ candidate, settings, log }: ShadowPlan, values: ShadowValues) {
  const [program, ...args] = commandOf({ start: settings.run }, values);
  const nodeFolder = dirname(process.execPath);
  return InstanceProcess.hold({
    argv: ["nice", "-n", NICE, program, ...args],
    cwd: candidate.folder,
    env: environmentOf(settings, values, process.env, nodeFolder),
    logPath: log,
  });
}

function valuesOf({ slot, candidate, beside, stable }: ShadowPlan): ShadowValues | null {
  const [own, other] = [candidate.processes[0], stable?.processes[0]];
  if (!own || !other || !stable) return null;
  return {
    host: INSTANCE_HOST,
    port: own.port,
    "metrics-port": own.metricsPort,
    slot,
    version: candidate.release.version,
    "stable-port": other.port,
    "stable-metrics-port": other.metricsPort,
    "stable-slot": beside,
    "stable-version": stable.release.version,
    "stable-folder": stable.folder,
  };
}

/** Throws the signal's reason when it fires. */
async function endOf(
  process: InstanceProcess,
  timeoutMs: number,
  log: string,
  signal: AbortSignal,
): Promise<ShadowEnd> {
  const deadline = performance.now() + timeoutMs;
  const over = new AbortController();
  const any = AbortSignal.any([signal, over.signal]);
  void process.ended.then(() => over.abort());
  while (process.endedHow === undefined && performance.now() < deadline) {
    signal.throwIfAborted();
    await boundLog(log);
    const leftMs = Math.max(0, deadline - performance.now());
    await sleep(Math.min(LOG_EVERY_MS, leftMs), undefined, { signal: any }).catch(() => {});
  }
  signal.throwIfAborted();
  const { endedHow, exitCode } = process;
  if (endedHow === undefined) return { how: "too-late" };
  return exitCode === null ? { how: "killed", words: endedHow } : { how: "exited", code: exitCode };
}
