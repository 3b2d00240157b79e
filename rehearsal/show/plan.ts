import { conditionFrom } from "../language/condition.ts";
import { evaluate } from "../language/expression.ts";
import { sourceText } from "../language/source-text.ts";
import { property } from "../language/token.ts";
import { isMap, toText } from "../language/value.ts";
import type { Rehearsal } from "../options.ts";
import { combinationText, expandMatrix } from "../run/matrix.ts";
import type { LoadedWorkflow } from "../workflow/load.ts";
import type { ControlStep, JobDefinition } from "../workflow/workflow.ts";

/** A job as it would run, as far as can be said before anything has run. */
export interface PlannedJob {
  readonly id: string;
  readonly needs: readonly string[];
  readonly condition?: string;
  readonly environment?: string;
  readonly concurrency?: string;
  /** The jobs of a matrix; "known later" when it comes from another job. */
  readonly matrix?: readonly string[] | "known later";
  readonly uses?: string;
  readonly steps?: readonly string[];
  readonly jobs?: readonly PlannedJob[];
}

export interface Plan {
  readonly event: string;
  readonly ref: string;
  readonly workflows: readonly { readonly file: string; readonly jobs: readonly PlannedJob[] }[];
  readonly idle: readonly { readonly file: string; readonly reason: string }[];
}

/** What a rehearsal would run, without running it. */
export function planOf({ event, workflows, idle }: Rehearsal): Plan {
  return {
    event: event.name,
    ref: event.ref,
    workflows: workflows.map((loaded) => ({
      file: loaded.workflow.file,
      jobs: plannedJobs(loaded),
    })),
    idle,
  };
}

function plannedJobs(loaded: LoadedWorkflow): PlannedJob[] {
  return [...loaded.workflow.jobs.values()].map((job) => plannedJob(loaded, job));
}

function plannedJob(loaded: LoadedWorkflow, job: JobDefinition): PlannedJob {
  const matrix = plannedMatrix(job);
  const group = job.concurrency
    ? (property(job.concurrency, "group") ?? job.concurrency)
    : undefined;
  const base = {
    id: job.id,
    needs: job.needs,
    ...(job.condition.source === "" ? {} : { condition: job.condition.source }),
    ...(group ? { concurrency: shown(sourceText(group)) } : {}),
    ...(matrix ? { matrix } : {}),
  };
  if (job.kind === "call") {
    const called = loaded.calls.get(job.id);
    return { ...base, uses: job.uses, jobs: called ? plannedJobs(called) : [] };
  }
  const environment = job.environment
    ? sourceText(property(job.environment, "name") ?? job.environment)
    : undefined;
  return {
    ...base,
    ...(environment === undefined ? {} : { environment: shown(environment) }),
    steps: job.steps.map((step) => {
      if (step.kind === "control") return controlText(step);
      const what =
        step.kind === "uses" ? step.uses : (sourceText(step.run).trim().split("\n")[0] ?? "");
      const name = step.name ? shown(sourceText(step.name)) : shown(what);
      const condition = step.condition.source;
      return condition === "" ? name : `${name} (if ${condition})`;
    }),
  };
}

function controlText({ control, targets }: ControlStep): string {
  const names = targets.map(({ id }) => id ?? "a parallel step");
  return control === "wait-all" ? "wait for all" : `${control} ${names.join(", ")}`;
}

/** Short enough for a line. */
function shown(text: string): string {
  const line = text.replace(/\s+/g, " ").trim();
  return line.length > 70 ? `${line.slice(0, 69)}…` : line;
}

function plannedMatrix(job: JobDefinition): PlannedJob["matrix"] {
  const token = property(job.strategy, "matrix");
  if (!job.strategy || !token) return undefined;
  try {
    const strategy = evaluate(job.strategy, { contexts: {} });
    const matrix = isMap(strategy) ? strategy.matrix : null;
    return expandMatrix(matrix ?? null).map((combination) => combinationText(combination));
  } catch {
    return "known later";
  }
}

/** The plan as a tree for a terminal: jobs stand in the order in which they can start. */
export function planText(plan: Plan): string {
  const lines = [`${plan.event} on ${plan.ref}`];
  for (const { file, jobs } of plan.workflows) {
    lines.push("", file);
    lines.push(...jobLines(jobs, ""));
  }
  if (plan.idle.length > 0) lines.push("", "Does not run:");
  for (const { file, reason } of plan.idle) lines.push(`  ${file}: ${reason}`);
  return lines.join("\n");
}

function jobLines(jobs: readonly PlannedJob[], indent: string): string[] {
  return waves(jobs).flatMap((wave) =>
    wave.flatMap((job, at) => {
      const branch = wave.length === 1 ? "─" : at === 0 ? "┬" : at === wave.length - 1 ? "└" : "├";
      const inner = `${indent}  ${wave.length > 1 && at < wave.length - 1 ? "│" : " "} `;
      return [
        `${indent}  ${branch} ${job.id}${notes(job)}`,
        ...(job.steps ?? []).map((step) => `${inner}  · ${step}`),
        ...jobLines(job.jobs ?? [], inner),
      ];
    }),
  );
}

function notes(job: PlannedJob): string {
  const parts = [
    job.needs.length > 0 ? `after ${job.needs.join(", ")}` : "",
    job.condition ? `if ${shown(conditionFrom(job.condition).expression)}` : "",
    job.environment ? `approval of environment ${job.environment}` : "",
    job.concurrency ? `one at a time in ${job.concurrency}` : "",
    matrixText(job.matrix),
    job.uses ? `calls ${job.uses}` : "",
  ].filter((part) => part !== "");
  return parts.length > 0 ? `  (${parts.join("; ")})` : "";
}

function matrixText(matrix: PlannedJob["matrix"]): string {
  if (matrix === undefined) return "";
  if (matrix === "known later") return "matrix known when its needs have run";
  const names = matrix.slice(0, 6).map((name) => `[${toText(name)}]`);
  return `${matrix.length} jobs: ${names.join(" ")}${matrix.length > 6 ? " …" : ""}`;
}

/** Jobs that can start at the same time stand together. */
function waves(jobs: readonly PlannedJob[]): PlannedJob[][] {
  const result: PlannedJob[][] = [];
  const placed = new Set<string>();
  let rest = [...jobs];
  while (rest.length > 0) {
    const wave = rest.filter((job) => job.needs.every((need) => placed.has(need)));
    if (wave.length === 0) return [...result, rest];
    for (const job of wave) placed.add(job.id);
    rest = rest.filter((job) => !wave.includes(job));
    result.push(wave);
  }
  return result;
}
