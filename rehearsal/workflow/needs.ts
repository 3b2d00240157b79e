import { faultAt } from "../language/document.ts";
import type { Fault } from "../language/fault.ts";
import { entriesOf, property, type Token, textsOf } from "../language/token.ts";
import type { JobDefinition } from "./workflow.ts";

/**
 * Resolves `needs` to job ids, ignoring case as GitHub's service does, and tells unknown ones and cycles.
 */
export function resolveNeeds(
  faults: Fault[],
  file: string,
  jobs: readonly JobDefinition[],
  token: Token | undefined,
): Map<string, JobDefinition> {
  const ids = new Map<string, string>();
  for (const { id } of jobs) if (!ids.has(id.toLowerCase())) ids.set(id.toLowerCase(), id);
  const places = needsPlaces(token);
  const resolved = new Map<string, JobDefinition>();
  for (const job of jobs) {
    const needs = new Set<string>();
    for (const need of job.needs) {
      const id = ids.get(need.toLowerCase());
      if (id !== undefined) needs.add(id);
      else
        faultAt(
          faults,
          file,
          places.get(job.id)?.get(need),
          `Job '${job.id}' needs unknown job '${need}'; the jobs are: ${[...ids.values()].join(", ")}`,
        );
    }
    resolved.set(job.id, { ...job, needs: [...needs] });
  }
  tellCycles(faults, file, resolved, places);
  return resolved;
}

type Places = ReadonlyMap<string, ReadonlyMap<string, Token>>;

function needsPlaces(jobs: Token | undefined): Places {
  return new Map(
    entriesOf(jobs).map(({ name, value }) => [
      name,
      new Map(textsOf(property(value, "needs")).map(({ text, token }) => [text, token])),
    ]),
  );
}

function tellCycles(
  faults: Fault[],
  file: string,
  jobs: ReadonlyMap<string, JobDefinition>,
  places: Places,
): void {
  for (const job of jobs.values()) {
    const cycle = findCycle(jobs, job.id);
    if (!cycle) continue;
    const own = [...(places.get(job.id) ?? [])];
    const next = own.find(([need]) => need.toLowerCase() === cycle[1]?.toLowerCase());
    const place = next?.[1] ?? job.token;
    faultAt(faults, file, place, `Job '${job.id}' needs itself: ${cycle.join(" -> ")}`);
  }
}

/** The way from a job back to itself, or undefined. */
function findCycle(jobs: ReadonlyMap<string, JobDefinition>, start: string): string[] | undefined {
  const cameFrom = new Map<string, string>();
  const queue = [start];
  for (const id of queue) {
    for (const need of jobs.get(id)?.needs ?? []) {
      if (need === start) return wayBack(cameFrom, start, id);
      if (cameFrom.has(need)) continue;
      cameFrom.set(need, id);
      queue.push(need);
    }
  }
  return undefined;
}

function wayBack(cameFrom: ReadonlyMap<string, string>, start: string, last: string): string[] {
  const way = [start];
  for (let id: string | undefined = last; id !== undefined && id !== start; id = cameFrom.get(id)) {
    way.unshift(id);
  }
  return [start, ...way];
}

/** All jobs that a job waits for, directly or not. */
export function ancestorsOf(jobs: ReadonlyMap<string, JobDefinition>, id: string): Set<string> {
  const ancestors = new Set<string>();
  const queue = [...(jobs.get(id)?.needs ?? [])];
  for (const need of queue) {
    if (ancestors.has(need)) continue;
    ancestors.add(need);
    queue.push(...(jobs.get(need)?.needs ?? []));
  }
  return ancestors;
}
