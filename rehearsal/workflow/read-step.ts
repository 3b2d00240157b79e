import { causes } from "../../lib/error.ts";
import type { Condition } from "../language/condition.ts";
import { conditionFrom, conditionText } from "../language/condition.ts";
import { faultAt } from "../language/document.ts";
import { checkCondition } from "../language/expression.ts";
import type { Fault } from "../language/fault.ts";
import { isExpression, itemsOf, property, type Token, textOf, textsOf } from "../language/token.ts";
import { isIdentifier } from "./identifier.ts";
import type { ControlStep, JobStep, RunStep, StepDefinition, UsesStep } from "./workflow.ts";

const ONLY_IN_JOBS = ["background", "wait", "wait-all", "cancel", "parallel"];

/** Reads `steps:` of a composite action, which has no background steps. */
export function readSteps(
  faults: Fault[],
  file: string,
  token: Token | undefined,
): StepDefinition[] {
  const ids = new Set<string>();
  const named = actionNames();
  return itemsOf(token).flatMap((item) => {
    const only = ONLY_IN_JOBS.find((name) => property(item, name));
    if (only) {
      faultAt(faults, file, property(item, only), `'${only}' can't be used in a composite action`);
      return [];
    }
    const step = readStep(faults, file, item);
    if (step?.id !== undefined) tellWrongId(faults, file, property(item, "id"), step.id, ids);
    return step ? [named(step)] : [];
  });
}

/** `github.action` of each step: its id, or what it runs, with a number from the second one on. */
function actionNames(): (step: UnnamedStep) => StepDefinition {
  const seen = new Map<string, number>();
  return (step) => {
    if (step.id !== undefined) return { ...step, action: step.id };
    const base = step.kind === "run" ? "__run" : `__${usedName(step.uses)}`;
    const count = (seen.get(base) ?? 0) + 1;
    seen.set(base, count);
    return { ...step, action: count === 1 ? base : `${base}_${count}` };
  };
}

function usedName(uses: string): string {
  if (/^(\.|\$)\//.test(uses)) return "self";
  const name = uses.startsWith("docker://")
    ? uses.slice("docker://".length)
    : uses.replace(/@.*/, "").split("/").slice(0, 2).join("_");
  return name.replace(/[^A-Za-z0-9-]/g, "_");
}

/** Reads `steps:` of a job. `parallel` is short for steps in the background and a wait for them. */
export function readJobSteps(faults: Fault[], file: string, token: Token | undefined): JobStep[] {
  const ids = new Set<string>();
  const background: StepDefinition[] = [];
  const named = actionNames();
  const plain = (item: Token): StepDefinition[] => {
    const read = readStep(faults, file, item);
    const step = read && named(read);
    if (step?.id !== undefined) tellWrongId(faults, file, property(item, "id"), step.id, ids);
    if (step?.background) background.push(step);
    return step ? [step] : [];
  };
  return itemsOf(token).flatMap((item): JobStep[] => {
    const group = property(item, "parallel");
    if (group) {
      const members = itemsOf(group)
        .flatMap(plain)
        .map((step) => ({ ...step, background: true }));
      return [...members, waitFor(item, members)];
    }
    const control = readControl(item, background);
    if (!control) return plain(item);
    if (control.id !== undefined) tellWrongId(faults, file, property(item, "id"), control.id, ids);
    return [control];
  });
}

function waitFor(token: Token, targets: readonly StepDefinition[]): ControlStep {
  const base = { id: undefined, name: undefined, continueOnError: undefined };
  return { kind: "control", control: "wait", ...base, token, targets, unknown: [] };
}

function readControl(token: Token, background: readonly StepDefinition[]): ControlStep | undefined {
  const control = (["wait", "wait-all", "cancel"] as const).find((name) => property(token, name));
  if (!control) return undefined;
  const ids =
    control === "wait-all" ? [] : textsOf(property(token, control)).map(({ text }) => text);
  const find = (id: string): StepDefinition | undefined =>
    background.find((step) => step.id?.toLowerCase() === id.toLowerCase());
  return {
    kind: "control",
    control,
    id: textOf(property(token, "id")),
    token,
    name: property(token, "name"),
    continueOnError: property(token, "continue-on-error"),
    targets: ids.flatMap((id) => find(id) ?? []),
    unknown: ids.filter((id) => !find(id)),
  };
}

type UnnamedStep = Omit<RunStep, "action"> | Omit<UsesStep, "action">;

function readStep(faults: Fault[], file: string, token: Token): UnnamedStep | undefined {
  const base = {
    id: textOf(property(token, "id")),
    token,
    name: property(token, "name"),
    condition: readCondition(faults, file, property(token, "if"), "step"),
    env: property(token, "env"),
    continueOnError: property(token, "continue-on-error"),
    timeoutMinutes: property(token, "timeout-minutes"),
    background: textOf(property(token, "background")) === "true",
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
export function readCondition(
  faults: Fault[],
  file: string,
  token: Token | undefined,
  place: "job" | "step",
): Condition {
  const text = conditionText(token);
  // What stands in ${{ }} was checked with the schema; it is an expression by now, unless there was something wrong.
  if (!isExpression(token) && text.includes("${{")) return conditionFrom("");
  try {
    const condition = conditionFrom(text);
    if (!isExpression(token) && condition.source !== "") checkCondition(condition.source, place);
    return condition;
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
