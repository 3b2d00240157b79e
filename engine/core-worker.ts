import { type MessagePort, parentPort, workerData } from "node:worker_threads";
import type { Command } from "./command.ts";
import { Core, type CoreOptions } from "./core.ts";
import { type Outcome, OutcomeCollector } from "./outcome.ts";
import { type SymbolSpec, Symbols } from "./symbols.ts";

/** Commands travel in batches: one message for all that came in one turn of the gateway's loop. */
export type Request = { commands: Command[] } | { depth: number; ticket: number };
export type Reply =
  | { outcomes: Outcome[]; sequence: number }
  | { depth: ReturnType<Core["depth"]>; ticket: number };

export interface WorkerOptions extends CoreOptions {
  symbols: SymbolSpec[];
}

if (parentPort !== null) serve(parentPort, workerData as WorkerOptions);

function serve(port: MessagePort, options: WorkerOptions): void {
  const core = new Core(options);
  const symbols = new Symbols();
  for (const spec of options.symbols) core.addSymbol(symbols.list(spec));
  const collector = new OutcomeCollector();
  const run = (command: Command): Outcome => {
    collector.begin(command.id, command.qty);
    core.apply(command, collector);
    return collector.end();
  };
  const reply = (message: Reply): void => port.postMessage(message);
  port.on("message", (request: Request) => {
    if ("depth" in request) {
      reply({ depth: core.depth(request.depth), ticket: request.ticket });
      return;
    }
    reply({ outcomes: request.commands.map(run), sequence: core.sequence });
  });
}
