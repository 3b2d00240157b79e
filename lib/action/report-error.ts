import { causes, SluiceError } from "../error.ts";
import type { InputProblem } from "./inputs.ts";
import type { Log } from "./log.ts";

/** All that is wrong with the inputs, for people in the log and as one annotation each. */
export function reportProblems(action: string, problems: readonly InputProblem[], log: Log): void {
  const count = problems.length === 1 ? "1 input" : `${problems.length} inputs`;
  log.info(`${action}: ${count} cannot be accepted; nothing was done.`);
  for (const problem of problems) log.info(problemLines(problem).join("\n"));
  for (const problem of problems) {
    log.error(describeProblem(problem), {
      title: `${action}: wrong input ${problem.input}`.trim(),
    });
  }
}

/** One problem in one sentence. */
export function describeProblem({ input, given, accepted, reason }: InputProblem): string {
  const parts = [
    given === undefined ? "nothing was given" : `given ${JSON.stringify(given)}`,
    ...(reason ? [reason] : []),
    ...(accepted ? [`accepted: ${accepted}`] : []),
  ];
  return `${input ? `${input}: ` : ""}${parts.join("; ")}`;
}

function problemLines({ input, given, accepted, reason }: InputProblem): string[] {
  return [
    `  ${input || "(all inputs together)"}`,
    `    given     ${given === undefined ? "nothing" : JSON.stringify(given)}`,
    ...(accepted ? [`    accepted  ${accepted}`] : []),
    ...(reason ? [`    because   ${reason}`] : []),
  ];
}

/** The annotation of an error that ended the action: what, why, and the next step. */
export function reportError(action: string, error: unknown, log: Log): void {
  const ours = !(error instanceof SluiceError) || error.code === "internal";
  const [message = "unknown error", ...because] = causes(error);
  const hint =
    error instanceof SluiceError && error.hint
      ? error.hint
      : ours
        ? "this is a fault of Sluice, not of your workflow; run the job again with debug logging and open an issue with the log"
        : undefined;
  const lines = [
    message,
    ...because.map((cause) => `because: ${cause}`),
    ...(hint ? [`next: ${hint}`] : []),
  ];
  const code = error instanceof SluiceError ? error.code : "internal";
  log.error(lines.join("\n"), { title: `${action}: ${code}` });
  if (ours && error instanceof Error && error.stack) log.debug(error.stack);
}
