import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { Command, InvalidArgumentError, Option } from "commander";
import { causes, SluiceError } from "../../lib/error.ts";
import { formatDuration } from "../../lib/units/duration.ts";
import type { ApproveMode } from "../run/environment.ts";
import { teller } from "../show/teller.ts";
import { askOnTerminal, stopAsking } from "../show/terminal-ask.ts";
import { disappointments, resultTable } from "./result-table.ts";
import { runScenario } from "./scenario.ts";

/** `npm run rehearse`: exit 0 when the good release was promoted, the bad one taken back, and nothing lost. */
const SOURCE = fileURLToPath(new URL("../..", import.meta.url));
const MIN_RATE = 200;
const MAX_RATE = 5_000;

interface Options {
  approve?: ApproveMode;
  rate: number;
  out: string;
}

const program = new Command("rehearse")
  .description(
    "Pushes a good and a bad tag through .github/workflows/release.yml on this machine, under live order flow.",
  )
  .addOption(
    new Option("--approve <mode>", "who approves the environment `production`").choices([
      "always",
      "ask",
      "never",
    ]),
  )
  .option("--rate <orders>", "orders per second", rateOf, 2_000)
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

async function main(options: Options): Promise<number> {
  const say = (line: string) => process.stdout.write(`${line}\n`);
  const isTerminal = Boolean(process.stdin.isTTY && process.stdout.isTTY);
  const approve = options.approve ?? (isTerminal ? "ask" : "always");
  if (!options.approve && !isTerminal)
    say("There is no terminal to ask on, so approvals are given: --approve always");
  const interrupts = listenForInterrupts(say);
  let tell = teller(process.stdout, process.env);
  const out = resolve(SOURCE, options.out);
  try {
    const result = await runScenario({
      source: SOURCE,
      out,
      requestsPerSecond: options.rate,
      approve,
      ask: askOnTerminal,
      say,
      onEvent(event) {
        // Each pushed tag is a run of its own, with a tree of its own.
        if (event.type === "run-started") tell = teller(process.stdout, process.env);
        tell(event);
      },
      signal: interrupts.cancel,
      forceSignal: interrupts.force,
    });
    say(`\n${resultTable(result).join("\n")}\n`);
    const wrong = disappointments(result);
    for (const line of wrong) say(`✗ ${line}`);
    if (wrong.length === 0)
      say("✓ the good release was promoted, the bad one taken back, and no request was lost");
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

/** The first Ctrl-C cancels the run in hand as GitHub does; the second ends what is still running. */
function listenForInterrupts(say: (line: string) => void) {
  const cancel = new AbortController();
  const force = new AbortController();
  for (const name of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    process.on(name, () => {
      if (cancel.signal.aborted) return force.abort();
      say(`\n${name}: giving traffic back to stable and ending; once more ends what still runs`);
      cancel.abort(new SluiceError("cancelled", `the rehearsal was cancelled by ${name}`));
    });
  }
  return { cancel: cancel.signal, force: force.signal };
}

await program.parseAsync();
