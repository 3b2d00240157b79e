import type { Scope } from "../language/expression.ts";
import { foresee, unknownNames } from "../language/foresight.ts";
import { sourceText } from "../language/source-text.ts";
import type { Value } from "../language/value.ts";
import type { Rehearsal, RehearseOptions } from "../options.ts";
import { githubContext } from "../run/github-context.ts";
import type { Values } from "../runner/running-job.ts";
import { standInFor } from "../stand-in/stand-in.ts";
import type { LoadedWorkflow } from "../workflow/load.ts";
import { ancestorsOf } from "../workflow/needs.ts";
import { stepReference } from "../workflow/reference.ts";
import type { RepositoryMapping } from "../workflow/source-tree.ts";
import type { JobDefinition, JobStep } from "../workflow/workflow.ts";

/** Whether something would run, and why. */
export interface Outlook {
  readonly runs: "yes" | "no" | "after success" | "after failure" | "unknown";
  readonly why: string;
}

export interface ListedStep extends Outlook {
  readonly name: string;
  /** How a `uses:` is found here. */
  readonly action?: string;
}

export interface ListedJob extends Outlook {
  readonly job: string;
  readonly steps: readonly ListedStep[];
  readonly jobs: readonly ListedJob[];
}

export interface Listing {
  readonly event: string;
  readonly ref: string;
  readonly workflows: readonly {
    readonly file: string;
    readonly runs: "yes" | "no";
    readonly why: string;
    readonly jobs: readonly ListedJob[];
  }[];
}

/** What can be told of a workflow before it runs. */
interface Known {
  readonly github: Values;
  readonly inputs: Values | undefined;
  readonly vars: Values;
  readonly mappings: readonly RepositoryMapping[];
}

/** Every job and step of a rehearsal, and whether it would run. */
export function listingOf(rehearsal: Rehearsal, options: RehearseOptions): Listing {
  const { event, workflows, idle } = rehearsal;
  const known = (loaded: LoadedWorkflow): Known => ({
    github: githubContext(event, loaded, { token: "", attempt: 1, runId: "0", apiUrl: "" }),
    inputs: rehearsal.inputs,
    vars: options.vars ?? {},
    mappings: options.repos ?? [],
  });
  const started = `${event.name} on ${event.ref} starts it`;
  return {
    event: event.name,
    ref: event.ref,
    workflows: [
      ...workflows.map((loaded) => ({
        file: loaded.workflow.file,
        runs: "yes" as const,
        why: started,
        jobs: listedJobs(loaded, known(loaded), ""),
      })),
      ...idle.map(({ file, reason }) => ({ file, runs: "no" as const, why: reason, jobs: [] })),
    ],
  };
}

/** What may have failed before something is reached: nothing, one thing, or all. */
type World = readonly string[];

function listedJobs(loaded: LoadedWorkflow, known: Known, prefix: string): ListedJob[] {
  const { jobs } = loaded.workflow;
  const never = new Set<string>();
  const listed = new Map<string, ListedJob>();
  for (const job of inOrder(jobs)) {
    const skipped = [...ancestorsOf(jobs, job.id)].filter((id) => never.has(id));
    const outlook = jobOutlook(job, known, skipped);
    if (outlook.runs === "no") never.add(job.id);
    const called = loaded.calls.get(job.id);
    // What a caller hands over is known when it does.
    const inner = { ...known, inputs: undefined };
    listed.set(job.id, {
      job: `${prefix}${job.id}`,
      ...outlook,
      steps:
        job.kind === "steps" ? job.steps.map((step) => listedStep(step, job, loaded, known)) : [],
      jobs: called ? listedJobs(called, inner, `${prefix}${job.id}/`) : [],
    });
  }
  return [...jobs.keys()].flatMap((id) => listed.get(id) ?? []);
}

function inOrder(jobs: ReadonlyMap<string, JobDefinition>): JobDefinition[] {
  return [...jobs.values()].sort(
    (one, other) => ancestorsOf(jobs, one.id).size - ancestorsOf(jobs, other.id).size,
  );
}

function jobOutlook(job: JobDefinition, known: Known, skipped: readonly string[]): Outlook {
  const scope = (failed: World): Scope => {
    const resultOf = (id: string): string =>
      skipped.includes(id) ? "skipped" : failed.includes(id) ? "failure" : "success";
    const results = Object.fromEntries(
      job.needs.map((id) => [id, { result: resultOf(id) } as Value]),
    );
    return {
      contexts: {
        github: known.github,
        inputs: known.inputs ?? {},
        vars: known.vars,
        needs: results,
      },
      status: statusOf(failed.length + skipped.length === 0, failed.length > 0),
    };
  };
  const isKnown = (name: string): boolean =>
    isKnownAtStart(name, known) || /^needs\.[^.]+\.result$/i.test(name);
  const worlds = [...job.needs.map((id) => [id]), ...(job.needs.length > 1 ? [job.needs] : [])];
  return outlook(job.condition, scope, isKnown, worlds, skipped);
}

function isKnownAtStart(name: string, known: Known): boolean {
  return /^(github|vars)\b/i.test(name) || (/^inputs\b/i.test(name) && known.inputs !== undefined);
}

function statusOf(good: boolean, bad: boolean): NonNullable<Scope["status"]> {
  return { success: () => good, failure: () => bad, cancelled: () => false, always: () => true };
}

/** Looks at a condition when all went well, and in the worlds where something failed before. */
function outlook(
  condition: JobDefinition["condition"],
  scope: (failed: World) => Scope,
  isKnown: (name: string) => boolean,
  failures: readonly World[],
  skipped: readonly string[],
): Outlook {
  const source = condition.source.replace(/\s+/g, " ");
  const holds = source === "" ? "" : `holds: ${source}`;
  const look = (failed: World) => foresee(condition.expression, scope(failed), isKnown);
  const well = look([]);
  const badly = failures.map(look);
  if (well === true && badly.every((outcome) => outcome === true))
    return { runs: "yes", why: holds };
  if (well === true) return { runs: "after success", why: holds };
  // What it then still depends on is in the condition that is shown.
  if (well === false && badly.some((outcome) => outcome !== false))
    return { runs: "after failure", why: source };
  if (well === "unknown") {
    const names = unknownNames(condition.expression, isKnown).join(", ");
    return { runs: "unknown", why: `depends on ${names}: ${source}` };
  }
  const byNeed = skipped.length > 0 && source === "";
  return {
    runs: "no",
    why: byNeed ? `${skipped.join(", ")} does not run` : `does not hold: ${source}`,
  };
}

function listedStep(
  step: JobStep,
  job: JobDefinition,
  loaded: LoadedWorkflow,
  known: Known,
): ListedStep {
  if (step.kind === "control") {
    const names = step.targets.map(({ id }) => id ?? "a parallel step").join(", ");
    return { name: `${step.control} ${names}`.trim(), runs: "yes", why: "it always does" };
  }
  const scope = (failed: World): Scope => ({
    contexts: { github: known.github, inputs: known.inputs ?? {}, vars: known.vars },
    status: statusOf(failed.length === 0, failed.length > 0),
  });
  const isKnown = (name: string): boolean => isKnownAtStart(name, known);
  const first = job.kind === "steps" && job.steps[0] === step;
  const what = step.kind === "uses" ? step.uses : sourceText(step.run).trim().split("\n")[0];
  const name = step.name ? sourceText(step.name) : (what ?? "");
  return {
    name: name.trim(),
    ...outlook(step.condition, scope, isKnown, first ? [] : [["a step"]], []),
    ...(step.kind === "uses" ? { action: howFound(step.uses, loaded, known.mappings) } : {}),
  };
}

function howFound(
  uses: string,
  loaded: LoadedWorkflow,
  mappings: readonly RepositoryMapping[],
): string {
  const reference = stepReference(uses, loaded.tree, mappings);
  switch (reference.kind) {
    case "tree":
      return uses.startsWith("$/") ? "in this repository" : `mapped to ${reference.tree.root}`;
    case "workspace":
      return "in what the job checks out";
    case "docker":
      return "a container";
    case "remote":
      return standInFor(reference.repository, reference.path)
        ? "a stand-in"
        : `not on this machine: --repo ${reference.repository}@${reference.ref}=<path>`;
    case "malformed":
      return reference.reason;
  }
}
