import type { Scope } from "../language/expression.ts";
import { entriesOf } from "../language/token.ts";
import type { RunningJob } from "../runner/running-job.ts";
import type { StepLog } from "../runner/step-log.ts";
import type { StepsJob } from "../workflow/workflow.ts";
import { startJobContainer } from "./job-container.ts";
import { startServices } from "./service.ts";

/** Ends what was started; a second time there is nothing to do. */
export type StopContainers = (log?: StepLog) => Promise<void>;

/** Starts the container of a job and those of its services; returns what ends them all. */
export async function startContainers(
  job: RunningJob,
  definition: StepsJob,
  given: { readonly scope: Scope; readonly path: string; readonly log: StepLog },
): Promise<StopContainers> {
  const stops: StopContainers[] = [];
  const stop: StopContainers = async (log) => {
    for (const end of stops.splice(0).reverse()) await end(log);
  };
  const signal = AbortSignal.any([job.cancel, job.kill]);
  try {
    if (definition.container) {
      const services = entriesOf(definition.services).map(({ name }) => name);
      const started = await startJobContainer(definition.container, {
        ...given,
        job,
        services,
        signal,
      });
      stops.push(started.stop);
      job.container = started.container;
    }
    if (definition.services) {
      const isOnHost = job.container !== undefined;
      const started = await startServices(definition.services, { ...given, isOnHost, signal });
      stops.push(started.stop);
      job.services = Object.fromEntries(
        Object.entries(started.services).map(([name, { id, ports }]) => [
          name,
          { id, ports, network: isOnHost ? "host" : "" },
        ]),
      );
    }
    return stop;
  } catch (error) {
    await stop();
    throw error;
  }
}
