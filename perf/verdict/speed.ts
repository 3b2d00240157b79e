import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { beginVerdict, DEFAULT_SETTINGS, observeBriefly } from "../../lib/verdict/verdict.ts";
import { costOf, medianCost } from "../actions/process-cost.ts";
import { goodReleases, type Scenario } from "./scenario.ts";
import { makeTrace, samplesOf } from "./trace.ts";

export interface Speed {
  errors: number;
  errorsAndLatency: number;
  /** `sluice replay`: read, parsed, checked, judged and printed as JSON. */
  replay: { errors: number; errorsAndLatency: number };
  /** The same lines read and given to JSON.parse, and nothing else: what no reader of them can do without. */
  parse: { errors: number; errorsAndLatency: number };
}

/** Windows per second of processor time on one core, with errors alone and with latency too. */
export async function speed(): Promise<Speed> {
  const scenarios = goodReleases();
  const latency = scenarios.find((one) => one.latency !== null) as Scenario;
  const errors = scenarios.find((one) => one.rate === 200 && one.baseError === 0.01) as Scenario;
  return {
    errors: windowsPerSecond(errors),
    errorsAndLatency: windowsPerSecond(latency),
    replay: { errors: await replaySpeed(errors), errorsAndLatency: await replaySpeed(latency) },
    parse: { errors: parseSpeed(errors), errorsAndLatency: parseSpeed(latency) },
  };
}

const LEAST_SECONDS = 1;

/** The command itself, from its start to its end, on many files; what it prints is thrown away. */
async function replaySpeed(scenario: Scenario): Promise<number> {
  const folder = await mkdtemp(join(tmpdir(), "sluice-bench-"));
  const file = join(folder, "trace.jsonl");
  const lines = linesOf(scenario);
  await writeFile(file, `${lines.join("\n")}\n`);
  const files = Array<string>(FILES_AT_ONCE).fill(file);
  const costs = Array.from({ length: 3 }, () =>
    costOf([process.execPath, SLUICE, "replay", "--json", ...files], process.env),
  );
  await rm(folder, { recursive: true });
  return (FILES_AT_ONCE * lines.length) / (medianCost(costs).cpuMs / 1_000);
}

function parseSpeed(scenario: Scenario): number {
  const text = linesOf(scenario).join("\n");
  return perCpuSecond(() => {
    let lines = 0;
    for (const line of text.split("\n")) if (JSON.parse(line) !== null) lines += 1;
    return lines;
  });
}

function linesOf(scenario: Scenario): string[] {
  return [...samplesOf(makeTrace(scenario, 1))].map((sample) => JSON.stringify(sample));
}

const SLUICE = fileURLToPath(new URL("../../cli/sluice.js", import.meta.url));
/** 300,000 windows: three and a half days of seconds. */
const FILES_AT_ONCE = 250;

function windowsPerSecond(scenario: Scenario): number {
  const samples = [...samplesOf(makeTrace(scenario, 1))];
  return perCpuSecond(() => {
    let state = beginVerdict(DEFAULT_SETTINGS);
    for (const sample of samples) state = observeBriefly(state, sample).state;
    return samples.length;
  });
}

/** `work` says how much it did. */
function perCpuSecond(work: () => number): number {
  const begun = process.cpuUsage();
  for (let done = 0; ; ) {
    done += work();
    const { user, system } = process.cpuUsage(begun);
    const seconds = (user + system) / 1e6;
    if (seconds >= LEAST_SECONDS) return done / seconds;
  }
}
