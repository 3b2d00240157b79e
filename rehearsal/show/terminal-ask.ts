import { createInterface } from "node:readline/promises";
import type { ApprovalRequest } from "../run/environment.ts";

let last: Promise<unknown> = Promise.resolve();

/** Asks one question at a time; a cancelled run or a closed terminal means no. */
export async function askOnTerminal(
  request: ApprovalRequest,
  signal: AbortSignal,
): Promise<boolean> {
  const answer = last.then(() => ask(request, signal));
  last = answer.catch(() => undefined);
  return answer;
}

async function ask(request: ApprovalRequest, signal: AbortSignal): Promise<boolean> {
  if (signal.aborted) return false;
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  // readline takes Ctrl-C from the terminal; it must still cancel the run.
  terminal.on("SIGINT", () => process.kill(process.pid, "SIGINT"));
  const closed = new Promise<string>((resolve) => terminal.once("close", () => resolve("no")));
  const who = request.reviewers.length > 0 ? ` as ${request.reviewers.join(" or ")}` : "";
  try {
    const question = `Approve ${request.job} to deploy to ${request.environment}${who}? [y/N] `;
    const answer = await Promise.race([terminal.question(question, { signal }), closed]);
    return /^y(es)?$/i.test(answer.trim());
  } catch {
    return false;
  } finally {
    terminal.close();
  }
}
