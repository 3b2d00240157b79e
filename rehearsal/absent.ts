import type { Fault } from "./language/fault.ts";
import type { ListedJob, Outlook } from "./show/listing.ts";
import type { Absence } from "./workflow/load.ts";
import { ancestorsOf } from "./workflow/needs.ts";
import type { Workflow } from "./workflow/workflow.ts";

/** What a rehearsal lacks. */
export interface Lack {
  /** It would come to this even if all goes well. */
  readonly refused: readonly Fault[];
  /** It may come to this: then the job fails there. */
  readonly told: readonly Fault[];
}

/** Sorts out what is absent by what will run; `only` is the one job that is wanted. */
export function lackOf(
  workflow: Workflow,
  absent: readonly Absence[],
  listed: readonly ListedJob[],
  only: string | undefined,
): Lack {
  const refused: Fault[] = [];
  const told: Fault[] = [];
  for (const absence of absent) {
    if (!isWanted(workflow, absence.job, only)) continue;
    const runs = outlooks(listed, absence).map((outlook) => outlook.runs);
    if (runs.includes("no")) continue;
    const sure = runs.every((outlook) => outlook === "yes" || outlook === "after success");
    (sure ? refused : told).push(absence.fault);
  }
  return { refused, told };
}

function isWanted({ jobs }: Workflow, path: string, only: string | undefined): boolean {
  if (only === undefined) return true;
  const [wanted = ""] = only.toLowerCase().split("/");
  const [own = ""] = path.split("/");
  const id = [...jobs.keys()].find((known) => known.toLowerCase() === wanted);
  return id === undefined || id === own || ancestorsOf(jobs, id).has(own);
}

/** Of the job, of those that call it, and of the step. */
function outlooks(listed: readonly ListedJob[], absence: Absence): Outlook[] {
  const { job, step } = absence;
  const found = listed.find((known) => job === known.job || job.startsWith(`${known.job}/`));
  if (!found) return [];
  if (found.job !== job) return [found, ...outlooks(found.jobs, absence)];
  const own = step === undefined ? undefined : found.steps[step];
  return own ? [found, own] : [found];
}
