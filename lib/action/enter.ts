import { SluiceError } from "../error.ts";
import { listenForCancellation } from "./cancel.ts";
import type { Action } from "./define.ts";
import { secretValues } from "./inputs.ts";
import { createLog } from "./log.ts";
import { runMain } from "./main-phase.ts";
import { runPost } from "./post-phase.ts";
import { reportError } from "./report-error.ts";

export type Phase = "main" | "post";

/** Runs one phase in this process and ends it, whatever handles the action left open. */
export async function enterProcess(action: Action, phase: Phase): Promise<never> {
  process.exit(await enterAction(action, phase));
}

/** Runs one phase of `action` as the runner expects it. Resolves to the exit code; never rejects. */
async function enterAction(action: Action, phase: Phase): Promise<number> {
  const { env } = process;
  const log = createLog((text) => process.stdout.write(text), env);
  for (const secret of secretValues(action.inputs, env)) log.mask(secret);
  using cancellation = listenForCancellation((message) => log.info(message));
  const faults: unknown[] = [];
  process.on("uncaughtException", (fault) => {
    faults.push(fault);
    cancellation.abort(fault);
  });
  const call = { action, log, env, signal: cancellation.signal, deadEnd: deadEnd() };
  const code = phase === "main" ? await runMain(call) : await runPost(call);
  if (code !== 0 || faults.length === 0) return code;
  // The action did not listen to its signal: what it says it did cannot be believed.
  for (const fault of faults) reportError(action.name, fault, log);
  return 1;
}

/** Rejects when nothing is left that could end the action: its promise waits for what will never happen. */
function deadEnd(): Promise<never> {
  return new Promise((_, reject) => {
    process.once("beforeExit", () => {
      reject(new SluiceError("internal", "the action stopped without an end"));
    });
  });
}
