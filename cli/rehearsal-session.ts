import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { parseEnv } from "node:util";
import { setFlagsFromString } from "node:v8";
import { SluiceError } from "../lib/error.ts";
import { listenForInterrupts } from "../lib/process/interrupts.ts";
import type { Repository } from "../rehearsal/event/repository.ts";
import type { Value } from "../rehearsal/language/value.ts";
import type { EnvironmentSettingsInput } from "../rehearsal/run/environment.ts";
import {
  prepareRehearsal,
  type RehearseOptions,
  type RunResult,
  runPrepared,
} from "../rehearsal/run.ts";
import type { RunEvent } from "../rehearsal/run-event.ts";
import { teller } from "../rehearsal/show/teller.ts";
import { askOnTerminal, stopAsking } from "../rehearsal/show/terminal-ask.ts";
import type { RehearseArguments } from "./rehearse.ts";

type Texts = Readonly<Record<string, string>>;

/** `sluice rehearse`, from its arguments to its exit code. */
export async function runRehearsal(
  workflow: string | undefined,
  args: RehearseArguments,
  repository?: { readonly answer: Promise<Repository> },
): Promise<number> {
  if (args.network !== "all") {
    const { inOwnNetwork, isInOwnNetwork } = await import("./own-network.ts");
    if (!isInOwnNetwork()) return inOwnNetwork(args.network);
    const { refuseDaemons } = await import("../rehearsal/container/engine.ts");
    refuseDaemons();
  }
  const secrets = takeSecrets(args.secret, process.env);
  if (args.watch) return watchRehearsal(workflow, args, secrets);
  return rehearseOnce(workflow, args, secrets, repository?.answer);
}

/** Rehearses again whenever a file changes, until Ctrl-C. */
async function watchRehearsal(
  workflow: string | undefined,
  args: RehearseArguments,
  secrets: Texts,
): Promise<number> {
  const { watchFolder } = await import("./watch.ts");
  const { tellFailure } = await import("./failure.ts");
  const watched = watchFolder(
    args.dir,
    [args.result, args.page].filter((file) => file !== undefined),
  );
  const stop = (): void => watched.stop();
  try {
    for (;;) {
      const code = await rehearseOnce(workflow, args, secrets).catch(tellFailure);
      process.once("SIGINT", stop).once("SIGTERM", stop);
      console.error(`Watching ${args.dir}; Ctrl-C ends it.`);
      const changed = await watched.next();
      process.off("SIGINT", stop).off("SIGTERM", stop);
      if (changed === undefined) return code;
      const more = changed.length > 3 ? ` and ${changed.length - 3} more` : "";
      console.error(`Changed: ${changed.slice(0, 3).join(", ")}${more}`);
    }
  } finally {
    watched.stop();
  }
}

async function rehearseOnce(
  workflow: string | undefined,
  args: RehearseArguments,
  secrets: Texts,
  repository?: Promise<Repository>,
): Promise<number> {
  const interrupts = listenForInterrupts(() => {
    console.error(
      "Cancelling: steps that ask for it still run. Press Ctrl-C again to end them too.",
    );
  });
  // Whoever reads our output may stop reading: the run still has to end in order.
  process.stdout.on("error", () => {});
  try {
    // The first cancels the run as GitHub does; the second ends what is still running.
    const signals = { signal: interrupts.first, forceSignal: interrupts.again };
    const options = { ...(await readOptions(workflow, args, secrets)), repository, ...signals };
    const prepared = await prepareRehearsal(options);
    // What a job leaves is garbage soon: a young generation that stays small costs little and keeps memory flat.
    setFlagsFromString("--semi-space-growth-factor=1");
    if (args.plan) {
      const { planOf, planText } = await import("../rehearsal/show/plan.ts");
      const plan = planOf(prepared);
      console.log(args.json ? JSON.stringify(plan) : planText(plan));
      return 0;
    }
    if (args.list) {
      const { listingOf } = await import("../rehearsal/show/listing.ts");
      const { listingText } = await import("../rehearsal/show/listing-text.ts");
      const listing = listingOf(prepared, options);
      console.log(args.json ? JSON.stringify(listing) : listingText(listing));
      return 0;
    }
    const show = args.json ? printJson : teller(process.stdout, process.env);
    const page = args.page ? await pageOf(args.page) : undefined;
    const onEvent = (event: RunEvent): void => {
      page?.see(event);
      show(event);
    };
    const result = await runPrepared(prepared, { ...options, onEvent });
    await page?.write();
    if (args.result) await writeResult(args.result, result, args.keep ?? false);
    return result.conclusion === "success" ? 0 : 1;
  } finally {
    interrupts.stop();
    stopAsking();
  }
}

/** Gathers what happens, and writes the page when all is over. */
async function pageOf(
  file: string,
): Promise<{ see: (event: RunEvent) => void; write: () => Promise<void> }> {
  const { RunRecord } = await import("../rehearsal/show/run-record.ts");
  const { runPage } = await import("../rehearsal/show/run-page.ts");
  const record = new RunRecord();
  return {
    see: (event) => record.see(event),
    write: async () => {
      await mkdir(dirname(resolve(file)), { recursive: true });
      await writeFile(file, runPage(record));
    },
  };
}

function printJson(event: RunEvent): void {
  process.stdout.write(`${JSON.stringify(event)}\n`);
}

async function writeResult(file: string, result: RunResult, kept: boolean): Promise<void> {
  const { folder, artifacts, ...rest } = result;
  await mkdir(dirname(resolve(file)), { recursive: true });
  const written = kept ? { ...rest, folder, artifacts } : rest;
  await writeFile(file, `${JSON.stringify(written, null, 2)}\n`);
}

async function readOptions(
  workflow: string | undefined,
  args: RehearseArguments,
  secrets: Texts,
): Promise<RehearseOptions> {
  const isTerminal = Boolean(process.stdin.isTTY && process.stdout.isTTY);
  return {
    dir: args.dir,
    workflow,
    event: args.event,
    payload: args.eventFile
      ? ((await readJson(args.eventFile)) as { [key: string]: Value })
      : undefined,
    ref: args.ref,
    inputs: Object.fromEntries(args.input),
    secrets: { ...(args.secretFile ? await readPairs(args.secretFile) : {}), ...secrets },
    vars: args.varFile ? await readPairs(args.varFile) : undefined,
    environments: args.environments
      ? ((await readJson(args.environments)) as EnvironmentSettingsInput)
      : undefined,
    repos: args.repo,
    runners: args.runner,
    approve: args.approve ?? (isTerminal ? "ask" : undefined),
    ask: askOnTerminal,
    rerun: args.rerun ? await readResult(args.rerun) : undefined,
    job: args.job,
    from: args.from,
    realTime: args.realTime,
    apiFaults: args.apiFault,
    apiLimit: args.apiLimit,
    cancelAfter: args.cancelAfter,
    loseRunner: args.loseRunner,
    keep: args.keep,
    debug: args.debug,
  };
}

/** A file that --result wrote. */
async function readResult(file: string): Promise<Pick<RunResult, "tree" | "artifacts">> {
  const { complete, tree, artifacts } = (await readJson(file)) as Partial<RunResult>;
  if (complete === true && tree) return { tree, artifacts: artifacts ?? {} };
  throw new SluiceError("invalid-input", `The file '${file}' is no result of a rehearsal`, {
    hint: "Name a file that --result wrote; with --keep it also tells where the artifacts are.",
  });
}

async function readText(file: string): Promise<string> {
  try {
    return await readFile(file, "utf8");
  } catch (cause) {
    throw new SluiceError("invalid-input", `The file '${file}' can't be read`, { cause });
  }
}

async function readJson(file: string): Promise<{ [key: string]: unknown }> {
  const text = await readText(file);
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === "object" && value !== null && !Array.isArray(value)) {
      return value as { [key: string]: unknown };
    }
  } catch (cause) {
    throw new SluiceError("invalid-input", `The file '${file}' is no JSON`, { cause });
  }
  throw new SluiceError("invalid-input", `The file '${file}' must hold a JSON object`);
}

/**
 * Takes them out of the environment, which jobs get as well: a secret is for those alone that ask for it. What is no name is
 * not repeated: who writes a value on a command line has shown it to enough people.
 */
function takeSecrets(names: readonly string[], env: NodeJS.ProcessEnv): Texts {
  const wrong = names.find((name) => !/^[A-Za-z_]\w*$/.test(name));
  if (wrong !== undefined) {
    throw new SluiceError("invalid-input", "--secret takes the name of a variable alone", {
      hint: "Put the value into the environment, or into a file for --secret-file: a command line is for everybody to read.",
    });
  }
  const absent = names.find((name) => !env[name]);
  if (absent !== undefined) {
    throw new SluiceError("invalid-input", `The environment has no variable ${absent}`, {
      hint: `Set it before: --secret ${absent} takes its value from there.`,
    });
  }
  const secrets = Object.fromEntries(names.map((name) => [name, env[name] ?? ""]));
  for (const name of names) delete env[name];
  return secrets;
}

/** NAME=value lines, with quotes for values of several lines; or a JSON object. */
async function readPairs(file: string): Promise<{ [name: string]: string }> {
  const text = await readText(file);
  const pairs = text.trimStart().startsWith("{") ? await readJson(file) : parseEnv(text);
  return Object.fromEntries(
    Object.entries(pairs).map(([name, value]) => [
      name,
      typeof value === "string" ? value : JSON.stringify(value),
    ]),
  );
}
