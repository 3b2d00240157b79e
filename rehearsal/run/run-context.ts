import type { Scope } from "../language/expression.ts";
import type { Leg } from "./job-matrix.ts";
import type { WorkflowRun } from "./workflow-run.ts";

type Contexts = Scope["contexts"];

/** What every expression of a workflow may speak of. */
export function contextsOfRun({ github, inputs, setting }: WorkflowRun): Contexts {
  return { github, inputs, vars: setting.vars };
}

/** What the expressions of a job see before it has a runner. */
export function contextsOfLeg({
  run,
  needs,
  strategy,
  matrix,
}: Pick<Leg, "run" | "needs" | "strategy" | "matrix">): Contexts {
  return { ...contextsOfRun(run), needs, strategy, matrix };
}
