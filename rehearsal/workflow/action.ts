import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { faultAt, readActionDocument } from "../language/document.ts";
import { type Fault, WorkflowFaults } from "../language/fault.ts";
import { entriesOf, property, type Token, textOf } from "../language/token.ts";
import { readSteps } from "./read-step.ts";
import type { StepDefinition } from "./workflow.ts";

export interface ActionInput {
  readonly name: string;
  readonly default: Token | undefined;
  readonly required: boolean;
  readonly deprecation: string | undefined;
}

/** What runs before the job's first step and after its last: a script, or a container's entrypoint. */
export interface Stages {
  readonly pre: string | undefined;
  readonly preIf: string;
  readonly post: string | undefined;
  readonly postIf: string;
}

export type ActionRuns =
  | ({ readonly kind: "node"; readonly using: string; readonly main: string } & Stages)
  | { readonly kind: "composite"; readonly steps: readonly StepDefinition[] }
  | ({
      readonly kind: "docker";
      /** A file to build, or `docker://image`. */
      readonly image: string;
      readonly entrypoint: string | undefined;
      readonly args: Token | undefined;
      readonly env: Token | undefined;
    } & Stages);

/** An action.yml that GitHub would accept. */
export interface ActionDefinition {
  readonly file: string;
  readonly folder: string;
  readonly name: string;
  readonly inputs: readonly ActionInput[];
  readonly outputs: ReadonlyMap<string, Token | undefined>;
  readonly runs: ActionRuns;
}

const FILES = ["action.yml", "action.yaml"];

/** The path of a folder's action file, or undefined. */
export function findActionFile(folder: string): string | undefined {
  return FILES.map((name) => join(folder, name)).find((path) => existsSync(path));
}

/** Reads an action; `shown` is how people call its folder. Throws WorkflowFaults. */
export function readAction(path: string, folder: string, shown: string): ActionDefinition {
  const { action, faults } = tryReadAction(path, folder, shown);
  if (!action || faults.length > 0) throw new WorkflowFaults(faults);
  return action;
}

export function tryReadAction(
  path: string,
  folder: string,
  shown: string,
): { action: ActionDefinition | undefined; faults: Fault[] } {
  const { root, faults } = readActionDocument(shown, readFileSync(path, "utf8"));
  if (!root) return { action: undefined, faults };
  const runs = readRuns(faults, shown, property(root, "runs"), root);
  if (!runs) return { action: undefined, faults };
  const inputs = entriesOf(property(root, "inputs")).map(({ name, value }) => ({
    name,
    default: property(value, "default"),
    required: textOf(property(value, "required")) === "true",
    deprecation: textOf(property(value, "deprecationMessage")),
  }));
  const outputs = entriesOf(property(root, "outputs")).map(
    ({ name, value }) => [name, property(value, "value")] as const,
  );
  const name = textOf(property(root, "name")) ?? shown;
  return {
    action: { file: shown, folder, name, inputs, outputs: new Map(outputs), runs },
    faults,
  };
}

function stagesOf(token: Token | undefined, pre: string, post: string): Stages {
  return {
    pre: textOf(property(token, pre)),
    preIf: textOf(property(token, "pre-if")) ?? "always()",
    post: textOf(property(token, post)),
    postIf: textOf(property(token, "post-if")) ?? "always()",
  };
}

function readRuns(
  faults: Fault[],
  file: string,
  token: Token | undefined,
  root: Token,
): ActionRuns | undefined {
  const using = textOf(property(token, "using"))?.toLowerCase();
  if (using === "composite") {
    return { kind: "composite", steps: readSteps(faults, file, property(token, "steps")) };
  }
  if (using === "docker") {
    return {
      kind: "docker",
      image: textOf(property(token, "image")) ?? "Dockerfile",
      entrypoint: textOf(property(token, "entrypoint")),
      args: property(token, "args"),
      env: property(token, "env"),
      ...stagesOf(token, "pre-entrypoint", "post-entrypoint"),
    };
  }
  if (using !== undefined && /^node\d+$/.test(using)) {
    const main = textOf(property(token, "main"));
    if (main === undefined) {
      faultAt(faults, file, token, "A JavaScript action needs 'main'");
      return undefined;
    }
    return {
      kind: "node",
      using,
      main,
      ...stagesOf(token, "pre", "post"),
    };
  }
  const given = using === undefined ? "nothing" : `'${using}'`;
  faultAt(
    faults,
    file,
    property(token, "using") ?? token ?? root,
    `'runs.using' is ${given}; accepted: composite, node20, node24, docker`,
  );
  return undefined;
}
