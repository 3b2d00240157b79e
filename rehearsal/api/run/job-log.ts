import type { RunHappening } from "../../run-event.ts";
import type { HeldJob } from "../held.ts";
import { type Hub, stamp } from "../hub.ts";

/** Keeps what the API tells about the run's jobs, from what happens in it. */
export function seeJob(hub: Hub, happening: RunHappening): void {
  switch (happening.type) {
    case "job-queued":
      jobOf(hub, happening.job, happening.name);
      return;
    case "approval": {
      const job = jobOf(hub, happening.job, happening.job);
      if (job.status !== "completed")
        job.status = happening.state === "requested" ? "waiting" : "queued";
      return;
    }
    case "job-started": {
      const job = jobOf(hub, happening.job, happening.name);
      job.name = happening.name;
      job.status = "in_progress";
      job.startedAt = stamp();
      return;
    }
    case "step-started": {
      const { step: number, name } = happening;
      const { steps } = jobOf(hub, happening.job, happening.job);
      steps.push({ number, name, status: "in_progress", conclusion: null });
      return;
    }
    case "step-finished": {
      const { steps } = jobOf(hub, happening.job, happening.job);
      const step = steps.find(({ number }) => number === happening.step);
      if (step) Object.assign(step, { status: "completed", conclusion: happening.conclusion });
      return;
    }
    case "job-finished": {
      const job = jobOf(hub, happening.job, happening.name);
      Object.assign(job, {
        status: "completed",
        conclusion: happening.result,
        completedAt: stamp(),
      });
      return;
    }
    default:
  }
}

export function jobOf(hub: Hub, path: string, name: string): HeldJob {
  const known = hub.jobs.get(path);
  if (known) return known;
  const job: HeldJob = {
    id: hub.nextId(),
    name,
    status: "queued",
    conclusion: null,
    startedAt: stamp(),
    completedAt: null,
    steps: [],
  };
  hub.jobs.set(path, job);
  return job;
}
