import { causes } from "../../lib/error.ts";
import type { Condition } from "../language/condition.ts";
import { conditionFrom, conditionText } from "../language/condition.ts";
import { faultAt } from "../language/document.ts";
import type { Fault } from "../language/fault.ts";
import { itemsOf, property, type Token, textOf } from "../language/token.ts";
import { isIdentifier } from "./identifier.ts";
import type { StepDefinition } from "./workflow.ts";

const NOT_HERE = ["background", "wait", "wait-all", "cancel", "parallel"];

/** Reads `steps:` of a job or a composite action. */
export function readSteps(
  faults: Fault[],
  file: string,
  token: Token | undefined,
): StepDefinition[] {
  const ids = new Set<string>();
  return itemsOf(token).flatMap((item) => {
    const step = readStep(faults, file, item);
    if (step?.id !== undefined) tellWrongId(faults, file, property(item, "id"), step.id, ids);
    return step ? [step] : [];
  });
}

function readStep(faults: Fault[], file: string, token: Token): StepDefinition | undefined {
  const background = NOT_HERE.find((name) => property(token, name));
  if (background) {
    faultAt(
      faults,
      file,
      property(token, background),
      `'${background}' steps can't be rehearsed yet`,
    );
    return undefined;
  }
  const base = {
    id: textOf(property(token, "id")),
    token,
    name: property(token, "name"),
    condition: readCondition(faults, file, property(token, "if")),
    env: property(token, "env"),
    continueOnError: property(token, "continue-on-error"),
    timeoutMinutes: property(token, "timeout-minutes"),
  };
  const run = property(token, "run");
  if (run) {
    const shell = property(token, "shell");
    return {
      ...base,
      kind: "run",
      run,
      shell,
      workingDirectory: property(token, "working-directory"),
    };
  }
  const usesToken = property(token, "uses");
  const uses = textOf(usesToken);
  if (!usesToken || uses === undefined) return undefined; // the schema has told it
  return { ...base, kind: "uses", uses, usesToken, with: property(token, "with") };
}

/** An `if:`, with a fault at its place when it is not an expression. */
export function readCondition(faults: Fault[], file: string, token: Token | undefined): Condition {
  try {
    return conditionFrom(conditionText(token));
  } catch (error) {
    faultAt(faults, file, token, causes(error)[0] ?? "not an expression");
    return conditionFrom("");
  }
}

function tellWrongId(
  faults: Fault[],
  file: string,
  token: Token | undefined,
  id: string,
  known: Set<string>,
): void {
  if (!isIdentifier(id)) {
    faultAt(
      faults,
      file,
      token,
      `The step id '${id}' is invalid; letters, digits, '_' and '-' are accepted, beginning with a letter or '_', below 100 characters, not '__'`,
    );
  }
  if (known.has(id.toLowerCase())) {
    faultAt(faults, file, token, `The step id '${id}' is used more than once`);
  }
  known.add(id.toLowerCase());
}
