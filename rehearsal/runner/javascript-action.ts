import { existsSync } from "node:fs";
import { join } from "node:path";
import { evaluate, type Scope } from "../language/expression.ts";
import { entriesOf, type Token } from "../language/token.ts";
import { toText } from "../language/value.ts";
import type { JobResult } from "../run-event.ts";
import type { ActionDefinition, ActionRuns } from "../workflow/action.ts";
import type { ActionMemory } from "./running-job.ts";
import type { StepLog } from "./step-log.ts";
import { runStepProcess, type StepCall } from "./step-process.ts";

type NodeRuns = Extract<ActionRuns, { kind: "node" }>;

/** Runs one stage of a JavaScript action on our own Node.js. */
export async function runJavaScript(
  script: string,
  action: ActionDefinition,
  inputs: ReadonlyMap<string, string>,
  memory: ActionMemory,
  call: StepCall,
): Promise<JobResult> {
  const file = join(action.folder, script);
  if (!existsSync(file)) {
    call.log.error(`File not found: '${script}' of ${action.file}`);
    return "failure";
  }
  const extra = new Map<string, string>(Object.entries(call.job.access.actions));
  for (const [name, value] of inputs) extra.set(inputVariable(name), value);
  for (const [name, value] of memory.state) extra.set(`STATE_${name}`, value);
  const cwd = call.job.folders.workspace;
  const process_ = { command: process.execPath, args: [file], cwd, extra, isAction: true };
  return runStepProcess(call, process_, memory.state);
}

/** Tells when GitHub would run this action by another Node.js than the rehearsal does. */
export function tellRuntime(runs: NodeRuns, log: StepLog): void {
  const wanted = Number(runs.using.slice("node".length));
  if (wanted >= 24) return;
  log.annotate(
    "warning",
    `This action asks for ${runs.using}, which GitHub's runners no longer have; it runs on Node.js ${process.versions.node} here.`,
  );
}

function inputVariable(name: string): string {
  return `INPUT_${name.replaceAll(" ", "_").toUpperCase()}`;
}

/** The action's inputs: `with`, then its defaults. */
export function actionInputs(
  action: ActionDefinition,
  given: Token | undefined,
  scope: Scope,
  log: StepLog,
): Map<string, string> {
  const values = new Map<string, string>();
  const names = new Map(action.inputs.map((input) => [input.name.toLowerCase(), input]));
  const unexpected: string[] = [];
  for (const [name, value] of withValues(given, scope)) {
    const input = names.get(name.toLowerCase());
    if (input?.deprecation)
      log.annotate(
        "warning",
        `Input '${name}' has been deprecated with message: ${input.deprecation}`,
      );
    if (!input && !isFreeInput(name)) unexpected.push(`'${name}'`);
    values.set(input?.name ?? name, value);
  }
  if (unexpected.length > 0) {
    const valid = action.inputs.map((input) => `'${input.name}'`).join(", ");
    log.annotate(
      "warning",
      `Unexpected input(s) ${unexpected.join(", ")}, valid inputs are [${valid}]`,
    );
  }
  for (const input of action.inputs) {
    if (values.has(input.name)) continue;
    values.set(input.name, input.default ? toText(evaluate(input.default, scope)) : "");
  }
  return values;
}

/** For a container's command line GitHub accepts these on every action. */
function isFreeInput(name: string): boolean {
  return ["entrypoint", "args"].includes(name.toLowerCase());
}

export function withValues(given: Token | undefined, scope: Scope): [string, string][] {
  if (given?.isExpression) {
    const value = evaluate(given, scope);
    return typeof value === "object" && value !== null
      ? Object.entries(value).map(([name, item]) => [name, toText(item)])
      : [];
  }
  return entriesOf(given).map(({ name, value }) => [name, toText(evaluate(value, scope))]);
}
