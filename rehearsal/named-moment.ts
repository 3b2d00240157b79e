import { SluiceError } from "../lib/error.ts";
import { nearest } from "../lib/nearest.ts";
import { isExpression, textOf } from "./language/token.ts";
import type { RehearseOptions } from "./options.ts";
import type { LoadedWorkflow } from "./workflow/load.ts";
import type { JobDefinition, JobStep } from "./workflow/workflow.ts";

interface NamedJob {
  readonly path: string;
  readonly job: JobDefinition;
}

/** `--cancel-after` and `--lose-runner` must name what there is: a drill that never happens looks like one that went well. */
export function mustNameMoments(
  workflows: readonly LoadedWorkflow[],
  { cancelAfter, loseRunner }: RehearseOptions,
): void {
  const jobs = workflows.flatMap((loaded) => {
    const file = loaded.workflow.file.split("/").at(-1);
    return jobsIn(loaded, workflows.length > 1 ? `${file}/` : "");
  });
  if (cancelAfter) mustBeThere("--cancel-after", cancelAfter.at, jobs);
  if (loseRunner) mustBeThere("--lose-runner", loseRunner.at, jobs);
}

function jobsIn(loaded: LoadedWorkflow, prefix: string): NamedJob[] {
  return [...loaded.workflow.jobs.values()].flatMap((job) => {
    const called = loaded.calls.get(job.id);
    const path = `${prefix}${job.id}`;
    return called ? jobsIn(called, `${path}/`) : [{ path, job }];
  });
}

function mustBeThere(option: string, at: string, jobs: readonly NamedJob[]): void {
  const named = jobs.flatMap(({ path, job }) => {
    const step = stepAfter(path, at);
    return step === undefined ? [] : [{ path, job, step }];
  });
  if (named.length === 0) {
    const paths = jobs.map(({ path }) => path);
    throw unknown(`There is no job of '${at}' for ${option}`, at.replace(/\/[^/]*$/, ""), paths);
  }
  if (named.some(({ job, step }) => mayBeStep(job, step))) return;
  const { path, job, step } = named[0] ?? { path: "", job: undefined, step: "" };
  throw unknown(`Job ${path} has no step '${step}' for ${option}`, step, job ? stepsOf(job) : []);
}

/** What follows the job in `job/step` and `job (leg of a matrix)/step`. */
function stepAfter(path: string, at: string): string | undefined {
  if (at.startsWith(`${path}/`)) return at.slice(path.length + 1);
  const leg = at.startsWith(`${path} (`) ? at.indexOf(")/", path.length) : -1;
  return leg === -1 ? undefined : at.slice(leg + 2);
}

/** Only what is written down can be known before the run: names that are made then may be any. */
function mayBeStep(job: JobDefinition, name: string): boolean {
  if (
    job.kind !== "steps" ||
    /^(\d+$|Set up |Run |Pre |Post |Complete |Initialize |Stop )/.test(name)
  )
    return true;
  return stepsOf(job).includes(name) || job.steps.some(isNamedLater);
}

function isNamedLater({ name }: JobStep): boolean {
  return name !== undefined && (isExpression(name) || textOf(name)?.includes("${{") === true);
}

function stepsOf(job: JobDefinition): string[] {
  if (job.kind !== "steps") return [];
  return job.steps.flatMap(({ id, name }) => {
    const text = name && !isExpression(name) ? textOf(name) : undefined;
    return [id, text].filter((one) => one !== undefined);
  });
}

function unknown(message: string, given: string, known: readonly string[]): SluiceError {
  const near = nearest(given, known);
  const all = known.length === 0 ? "Name a step by its number." : `There are: ${known.join(", ")}.`;
  return new SluiceError("invalid-input", message, {
    hint: near ? `Did you mean ${near}?` : all,
  });
}
