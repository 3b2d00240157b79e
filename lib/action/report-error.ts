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
export function describeProblem(problem: InputProblem): string {
  const facts = factsOf(problem).map(([label, fact]) => `${IN_A_SENTENCE[label]}${fact}`);
  return `${problem.input ? `${problem.input}: ` : ""}${facts.join("; ")}`;
}

function problemLines(problem: InputProblem): string[] {
  return [
    `  ${problem.input || "(all inputs together)"}`,
    ...factsOf(problem).map(([label, fact]) => `    ${label.padEnd(8)} ${fact}`),
  ];
}

const IN_A_SENTENCE = { given: "given ", note: "", accepted: "accepted: " } as const;

type Fact = readonly [label: keyof typeof IN_A_SENTENCE, fact: string];

function factsOf(problem: InputProblem): Fact[] {
  if (problem.kind === "unknown-input") {
    const meant = problem.nearest === undefined ? "" : `; did you mean ${problem.nearest}?`;
    return [
      ["note", `there is no such input${meant}`],
      ["accepted", problem.known.join(", ")],
    ];
  }
  const { given, reason, accepted } = problem;
  return [
    ["given", given === undefined ? "nothing" : JSON.stringify(given)],
    ...(reason ? [["note", reason] as const] : []),
    ...(accepted ? [["accepted", accepted] as const] : []),
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
