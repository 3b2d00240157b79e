import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { Command, InvalidArgumentError, Option } from "commander";
import { causes, SluiceError } from "../../lib/error.ts";
import { nearest } from "../../lib/nearest.ts";
import { listenForInterrupts } from "../../lib/process/interrupts.ts";
import { formatDuration } from "../../lib/units/duration.ts";
import type { ApproveMode } from "../run/environment.ts";
import { teller } from "../show/teller.ts";
import { askOnTerminal, stopAsking } from "../show/terminal-ask.ts";
import { GATE_TOOLS, type ToolGate, toolGateOf } from "./gate-tool.ts";
import { disappointments, resultTable } from "./result-table.ts";
import { runScenario } from "./scenario.ts";
import { BAD, BAD_NAMES, type BadName, GOOD } from "./story.ts";

/** `npm run rehearse`: exit 0 when the good release was promoted, each bad one stopped where it had to be, and nothing lost. */
const SOURCE = fileURLToPath(new URL("../..", import.meta.url));
const MIN_RATE = 200;
const MAX_RATE = 5_000;

interface Options {
  approve?: ApproveMode;
  rate: number;
  out: string;
  scenario: BadName[];
  without: ToolGate[];
}

const program = new Command("rehearse")
  .description(
    "Pushes a good tag and a bad one through .github/workflows/release.yml on this machine, under live order flow.",
  )
  .addOption(
    new Option("--approve <mode>", "who approves the environment `production`").choices([
      "always",
      "ask",
      "never",
    ]),
  )
  .option("--rate <orders>", "orders per second", rateOf, 2_000)
  .option(
    "--scenario <names>",
    `bad releases that follow the good one, by comma: ${BAD_NAMES.join(", ")}, or all`,
    badNames,
    ["failing-orders" as const],
  )
  .option(
    "--without <gates>",
    "gates to skip on purpose, by comma; the record says `skipped by request`",
    gatesOf,
    [],
  )
  .option("--out <folder>", "where record.json and report.html go", "rehearsal/out")
  .action(async (options: Options) => {
    process.exitCode = await main(options);
  });

function rateOf(text: string): number {
  const rate = Number(text);
  if (Number.isInteger(rate) && rate >= MIN_RATE && rate <= MAX_RATE) return rate;
  throw new InvalidArgumentError(
    `given ${JSON.stringify(text)}, accepted is a whole number from ${MIN_RATE} to ${MAX_RATE}.`,
  );
}

function badNames(text: string): BadName[] {
  if (text === "all") return BAD_NAMES;
  return text.split(",").map((name) => {
    const found = BAD_NAMES.find((one) => one === name.trim());
    if (found !== undefined) return found;
    const near = nearest(name, BAD_NAMES);
    throw new InvalidArgumentError(
      `given ${JSON.stringify(name)}, accepted are ${BAD_NAMES.join(", ")} and all.${near ? ` Did you mean ${near}?` : ""}`,
    );
  });
}

function gatesOf(text: string): ToolGate[] {
  return text.split(",").map((name) => {
    const gate = toolGateOf(name.trim());
    if (gate !== undefined) return gate;
    const accepted = Object.entries(GATE_TOOLS).map(([one, tool]) => `${one} (or ${tool})`);
    const near = nearest(name, Object.entries(GATE_TOOLS).flat());
    throw new InvalidArgumentError(
      `given ${JSON.stringify(name)}, accepted are ${accepted.join(", ")}.${near ? ` Did you mean ${near}?` : ""}`,
    );
  });
}

/** Throws `invalid-input` when a release is to be stopped by a gate that is left out. */
function mustBeStoppable({ scenario, without }: Options): void {
  for (const name of scenario) {
    const { stoppedBy } = BAD[name].expected;
    // Without a signature nothing tells that the bytes are others.
    const needs = name === "altered-archive" ? "cosign-sign" : stoppedBy;
    if (!without.some((gate) => gate === needs)) continue;
    throw new SluiceError(
      "invalid-input",
      `--scenario ${name} is a release that ${BAD[name].says}: ${needs} has to tell, and --without leaves it out`,
      { hint: "leave one of both options out" },
    );
  }
}

async function main(options: Options): Promise<number> {
  const say = (line: string) => process.stdout.write(`${line}\n`);
  const isTerminal = Boolean(process.stdin.isTTY && process.stdout.isTTY);
  const approve = options.approve ?? (isTerminal ? "ask" : "always");
  if (!options.approve && !isTerminal)
    say("There is no terminal to ask on, so approvals are given: --approve always");
  // The first cancels the run in hand as GitHub does; the second ends what is still running.
  const interrupts = listenForInterrupts((name) => {
    say(`\n${name}: giving traffic back to stable and ending; once more ends what still runs`);
    return new SluiceError("cancelled", `the rehearsal was cancelled by ${name}`);
  });
  let tell = teller(process.stdout, process.env);
  const out = resolve(SOURCE, options.out);
  try {
    mustBeStoppable(options);
    const result = await runScenario({
      source: SOURCE,
      out,
      requestsPerSecond: options.rate,
      versions: [GOOD, ...options.scenario.map((name) => BAD[name])],
      without: options.without,
      approve,
      ask: askOnTerminal,
      say,
      onEvent(event) {
        // Each pushed tag is a run of its own, with a tree of its own.
        if (event.type === "run-started") tell = teller(process.stdout, process.env);
        tell(event);
      },
      signal: interrupts.first,
      forceSignal: interrupts.again,
    });
    say(`\n${resultTable(result).join("\n")}\n`);
    const wrong = disappointments(result);
    for (const line of wrong) say(`✗ ${line}`);
    if (wrong.length === 0)
      say(
        "✓ the good release was promoted, each bad one stopped where it had to be, and no request was lost",
      );
    say(
      `  ${formatDuration(result.durationMs)}; look at ${out}/report.html and ${out}/record.json`,
    );
    return wrong.length === 0 ? 0 : 1;
  } catch (error) {
    for (const message of causes(error)) console.error(`✗ ${message}`);
    if (error instanceof SluiceError && error.hint) console.error(`  next: ${error.hint}`);
    return 1;
  } finally {
    stopAsking();
  }
}

await program.parseAsync();
