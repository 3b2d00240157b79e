import { writeSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { readConfig } from "./config.ts";
import { coreOptions, type Engine, startEngine } from "./engine.ts";
import { loadFault } from "./fault.ts";
import { createLog, type Log } from "./log.ts";
import { withCredentials } from "./os/credentials.ts";
import { Refusal } from "./refusal.ts";

const REFUSED = 2;
const FAULT_FILE = fileURLToPath(new URL("./fault.json", import.meta.url));

/** Loaded when they are asked for: an engine that serves needs none of them. */
const TOOLS = {
  replay: async (args: readonly string[]) =>
    (await import("./replay.ts")).replayCommand(args, process.stdout),
  journal: async (args: readonly string[]) =>
    (await import("./journal/dump.ts")).journalCommand(args, process.stdout),
  shadow: async (args: readonly string[]) =>
    (await import("./shadow/command.ts")).shadowCommand(args, process.stdout),
  paper: async (args: readonly string[]) =>
    (await import("./feed/paper-command.ts")).paperCommand(args, process.stdout),
  generate: async (args: readonly string[]) =>
    (await import("./generate.ts")).generateCommand(args, process.stdout),
};

function isTool(verb: string): verb is keyof typeof TOOLS {
  return Object.hasOwn(TOOLS, verb);
}

await main(process.argv.slice(2));

async function main([verb, ...args]: readonly string[]): Promise<void> {
  try {
    if (verb === undefined) await serve();
    else if (isTool(verb)) await TOOLS[verb](args);
    else throw unknownVerb(verb);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    // A replay's output is its own; the log of a refusal must not get in between.
    const log = createLog("info", {}, (line) => writeSync(verb === undefined ? 1 : 2, line));
    const cause = error.cause instanceof Error ? error.cause.message : undefined;
    log.error(error.message, { hint: error.hint, cause });
    process.exit(REFUSED);
  }
}

function unknownVerb(verb: string): Refusal {
  return new Refusal(
    `the engine has no "${verb}"`,
    "accepted is nothing, replay FILE, journal FOLDER, shadow FOLDER, paper FILE, generate",
  );
}

async function serve(): Promise<void> {
  // Under `node --watch-path` threads would tell what they import through the ports that are ours.
  delete process.env.WATCH_REPORT_DEPENDENCIES;
  const config = readConfig(withCredentials(process.env));
  const fault = loadFault(FAULT_FILE);
  const log = createLog(config.logLevel, { slot: config.slot, version: config.version });
  log.info("starting", { pid: process.pid, loadMs: Math.round(process.uptime() * 1000) });
  if (fault !== null) log.warn("faults are injected", fault.describe());
  // A standby has the time to load now what it will serve with.
  if (config.standby) await import("./service.ts");
  const promotion = config.standby
    ? await (await import("./replication/standby.ts")).standBy(config, coreOptions(config), log)
    : null;
  const engine = await startEngine(config, fault, log, promotion);
  engine.onLost((cause) => {
    log.error("the core is lost", { cause: String(cause) });
    process.exit(1);
  });
  endOnSignal(engine, log);
  log.info("listening", {
    host: config.host,
    port: engine.port,
    metricsPort: engine.metricsPort,
    ...(engine.marketPort === null ? {} : { marketPort: engine.marketPort }),
    pid: process.pid,
    startMs: Math.round(process.uptime() * 1000),
  });
}

/** The first signal drains; a second one does not wait. */
function endOnSignal(engine: Engine, log: Log): void {
  let ending = false;
  const end = async (signal: string): Promise<void> => {
    if (ending) process.exit(1);
    ending = true;
    const clean = await engine.drain();
    log.info("ended", { signal, clean });
    process.exit(0);
  };
  process.on("SIGTERM", (signal) => void end(signal));
  process.on("SIGINT", (signal) => void end(signal));
}
