import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, dirname, join, relative } from "node:path";
import { type Log, type Summary, workspaceFolder } from "../../lib/action/action.ts";
import { SluiceError } from "../../lib/error.ts";
import { digestOfFile } from "../../lib/evidence/digest.ts";
import type { Gate } from "../../lib/evidence/record.ts";
import { type BaselineFile, baselineFile, NO_BASELINE, withRun } from "../../lib/load/history.ts";
import { k6Environment } from "../../lib/load/k6-arguments.ts";
import { ensure } from "../../lib/tools/ensure.ts";
import { openShop } from "../../lib/tools/shop.ts";
import { runAlone } from "./alone.ts";
import { compare } from "./compare.ts";
import { annotate, ratiosByScript, reportOf, summarise } from "./report.ts";
import { type Outcome, reasonOf, type ScriptResult, worstOf } from "./result.ts";
import type { GateInputs, ScriptRun } from "./run.ts";
import { scriptsOf } from "./scripts.ts";
import { statementAbout } from "./statement.ts";
import { openVersions, type Versions } from "./versions.ts";

interface GateContext {
  inputs: GateInputs;
  outputs: { set(known: Partial<GateOutputs>): void };
  log: Log;
  summary: Summary;
  signal: AbortSignal;
  env: NodeJS.ProcessEnv;
}

interface GateOutputs {
  gate: Gate;
  outcome: Outcome;
  ratios: unknown;
  iterations: number;
  requests: number;
  report: string;
  duration: number;
  baseline?: string | undefined;
}

/** Runs the scripts; the action's outputs are set however it ends. */
export async function k6Gate(context: GateContext): Promise<GateOutputs> {
  const { inputs, log, signal, env } = context;
  const startedMs = performance.now();
  const workspace = workspaceFolder(env);
  const scripts = await scriptsOf(inputs.path, workspace);
  const history = await readHistory(inputs["baseline-file"]);
  const shop = openShop({ env, say: (message) => log.info(message), signal });
  const { path: program } = await ensure("k6", inputs["k6-version"], shop);
  const folder = await mkdtemp(join(tmpdir(), "sluice-k6-gate-"));
  let versions: Versions | undefined;
  try {
    versions = await openVersions(inputs, join(folder, "versions"), signal, (text) =>
      log.info(text),
    );
    log.info(`compared with ${versions.comparedWith}`);
    const open = versions;
    const runs = scripts.map(
      (script): Omit<ScriptRun, "folder"> => ({
        inputs,
        versions: open,
        script,
        name: relative(workspace, script) || basename(script),
        scripts: scripts.length,
        history,
        program,
        flags: inputs.flags ?? [],
        cwd: workspace,
        env: k6Environment(env, open.baseline !== undefined),
        commit: env.GITHUB_SHA ?? "",
        log,
        signal,
      }),
    );
    const results = await runAll(runs, folder);
    return await conclude(context, versions, results, performance.now() - startedMs);
  } finally {
    await versions?.stop();
    await rm(folder, { recursive: true, force: true, maxRetries: 3 });
  }
}

/** One after the other, or all at once if that is wanted and nothing is compared. */
async function runAll(
  runs: ReadonlyArray<Omit<ScriptRun, "folder">>,
  folder: string,
): Promise<ScriptResult[]> {
  const withFolder = async (run: Omit<ScriptRun, "folder">, at: number): Promise<ScriptResult> => {
    const own = join(folder, `script-${at}`);
    await mkdir(own);
    return runOne({ ...run, folder: own });
  };
  if (runs[0]?.inputs.parallel) return Promise.all(runs.map(withFolder));
  const results: ScriptResult[] = [];
  for (const [at, run] of runs.entries()) {
    results.push(await withFolder(run, at));
    if (run.inputs["fail-fast"] && results.at(-1)?.outcome === "failed") break;
  }
  return results;
}

function runOne(run: ScriptRun): Promise<ScriptResult> {
  const { candidate, baseline } = run.versions;
  run.log.info(`${run.name}: ${baseline ? "both versions in turns" : "by itself"}`);
  if (candidate === undefined || baseline === undefined) return runAlone(run);
  return compare(run);
}

async function readHistory(path: string | undefined): Promise<BaselineFile> {
  if (path === undefined) return NO_BASELINE;
  const text = await readFile(path, "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return undefined;
    throw error;
  });
  if (text === undefined) return NO_BASELINE;
  try {
    return baselineFile.parse(JSON.parse(text));
  } catch (cause) {
    throw new SluiceError("invalid-input", `baseline-file: ${path} is no baseline of k6-gate`, {
      cause,
      hint: "give the file that an earlier run wrote as output `baseline`, or none to begin anew",
    });
  }
}

async function conclude(
  context: GateContext,
  versions: Versions,
  results: ScriptResult[],
  tookMs: number,
): Promise<GateOutputs> {
  const { inputs, outputs, log, summary } = context;
  const outcome = worstOf(results);
  const reason = reasonOf(results);
  const report = reportOf({
    outcome,
    reason,
    comparedWith: versions.comparedWith,
    tookMs,
    inputs,
    results,
  });
  await mkdir(dirname(inputs.report), { recursive: true });
  await writeFile(inputs.report, `${JSON.stringify(report, null, 1)}\n`);
  const statement = statementAbout(inputs.digest, versions, {
    outcome,
    results,
    report: await digestOfFile(inputs.report),
  });
  const letsThrough = outcome === "inconclusive" && inputs["on-inconclusive"] === "pass";
  const gate: Gate = {
    name: "k6-gate",
    outcome: letsThrough ? "passed" : outcome,
    reason: letsThrough
      ? `undecided, let through since on-inconclusive is pass: ${reason}`
      : reason,
    ...(statement && { statement }),
  };
  const known: GateOutputs = {
    gate,
    outcome,
    ratios: ratiosByScript(results),
    iterations: results.reduce((sum, { iterations }) => sum + iterations, 0),
    requests: results.reduce((sum, { requests }) => sum + requests, 0),
    report: inputs.report,
    duration: Math.round(tookMs / 100) / 10,
    baseline: await writeHistory(inputs, results, outcome),
  };
  outputs.set(known);
  summarise(summary, {
    outcome,
    reason,
    comparedWith: versions.comparedWith,
    results,
    blockMs: inputs.block,
  });
  annotate(log, results);
  log.info(`${outcome}: ${reason}`);
  mustGoOn(outcome, reason, results, inputs, log);
  return known;
}

/** Beside the report: the file in the checkout is for the workflow to commit or to keep. */
async function writeHistory(
  inputs: GateInputs,
  results: readonly ScriptResult[],
  outcome: Outcome,
): Promise<string | undefined> {
  const path = inputs["baseline-file"];
  if (path === undefined) return undefined;
  const before = await readHistory(path);
  const good = outcome === "passed" ? results : [];
  const after = good.reduce(
    (file, { script, facts }) => (facts ? withRun(file, script, facts) : file),
    before,
  );
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, `${JSON.stringify(after, null, 1)}\n`);
  return path;
}

/** Throws unless the step is to succeed. */
function mustGoOn(
  outcome: Outcome,
  reason: string,
  results: readonly ScriptResult[],
  inputs: GateInputs,
  log: Log,
): void {
  if (outcome === "passed") return;
  if (outcome === "failed") {
    const finding = results.flatMap(({ findings }) => findings)[0];
    throw new SluiceError(finding ? "load-failed" : "worse", reason, {
      hint:
        finding?.hint ?? `compare the two versions by yourself; the blocks are in ${inputs.report}`,
    });
  }
  if (inputs["on-inconclusive"] === "fail") {
    throw new SluiceError("inconclusive", reason, {
      hint: "run it again when the machine is quieter, lengthen max-duration, or make blocks shorter",
    });
  }
  log.warning(`undecided, and on-inconclusive is ${inputs["on-inconclusive"]}: ${reason}`, {
    title: "k6-gate: inconclusive",
  });
}
