import { createInterface, type Interface } from "node:readline/promises";
import type { ApprovalRequest } from "../run/environment.ts";

let last: Promise<unknown> = Promise.resolve();
let piped: { terminal: Interface; lines: AsyncIterator<string> } | undefined;
/** The line that is waited for, and that no question has taken yet. */
let awaited: Promise<string> | undefined;

/** Asks one question at a time; a cancelled run or a closed input means no. */
export async function askOnTerminal(
  request: ApprovalRequest,
  signal: AbortSignal,
): Promise<boolean> {
  const answer = last.then(() => ask(request, signal));
  last = answer.catch(() => undefined);
  return answer;
}

/** Lets the process end although its input is still open. */
export function stopAsking(): void {
  piped?.terminal.close();
  piped = undefined;
  awaited = undefined;
}

async function ask(request: ApprovalRequest, signal: AbortSignal): Promise<boolean> {
  if (signal.aborted) return false;
  const who = request.reviewers.length > 0 ? ` as ${request.reviewers.join(" or ")}` : "";
  const question = `Approve ${request.job} to deploy to ${request.environment}${who}? [y/N] `;
  const answer = await (process.stdin.isTTY
    ? onTerminal(question, signal)
    : fromPipe(question, signal));
  return /^y(es)?$/i.test(answer.trim());
}

async function onTerminal(question: string, signal: AbortSignal): Promise<string> {
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  // readline takes Ctrl-C from the terminal; it must still cancel the run.
  terminal.on("SIGINT", () => process.kill(process.pid, "SIGINT"));
  const closed = new Promise<string>((resolve) => terminal.once("close", () => resolve("")));
  try {
    return await Promise.race([terminal.question(question, { signal }), closed]);
  } catch {
    return "";
  } finally {
    terminal.close();
  }
}

/** A line of the input for each question that is not decided elsewhere before there is one. */
async function fromPipe(question: string, signal: AbortSignal): Promise<string> {
  process.stderr.write(question);
  if (!piped) {
    const terminal = createInterface({ input: process.stdin });
    piped = { terminal, lines: terminal[Symbol.asyncIterator]() };
  }
  const cancelled = new Promise<string>((resolve) =>
    signal.addEventListener("abort", () => resolve(""), { once: true }),
  );
  awaited ??= piped.lines.next().then((line) => (line.done ? "" : line.value));
  const line = awaited.then((text) => {
    if (!signal.aborted) awaited = undefined;
    return text;
  });
  const answer = await Promise.race([line, cancelled]);
  process.stderr.write("\n");
  return answer;
}
