import type { RunService } from "../service/run-service.ts";
import type { ArtifactStore } from "../stand-in/artifact-store.ts";

/** The run's services, started when the first job needs them. */
export interface LazyService {
  (): Promise<RunService>;
  readonly stop: () => Promise<void>;
}

export function startOnce(
  folder: string,
  artifacts: ArtifactStore,
  api: (service: RunService) => void,
): LazyService {
  let started: Promise<RunService> | undefined;
  const start = async (): Promise<RunService> => {
    const { RunService } = await import("../service/run-service.ts");
    const service = await RunService.start(folder, artifacts);
    api(service);
    return service;
  };
  const get = (): Promise<RunService> => {
    started ??= start();
    return started;
  };
  return Object.assign(get, { stop: async () => (await started)?.stop() });
}
