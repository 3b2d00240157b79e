import type { Hub } from "../api/hub.ts";
import type { RehearsedEvent } from "../event/event.ts";
import type { Emit } from "../run-event.ts";
import type { CancelTiming } from "../runner/process.ts";
import type { Texts } from "../runner/running-job.ts";
import type { RunService } from "../service/run-service.ts";
import type { ArtifactStore } from "../stand-in/artifact-store.ts";
import type { CacheStore } from "../stand-in/cache-store.ts";
import type { RepositoryMapping } from "../workflow/source-tree.ts";
import type { ConcurrencyGroups, Slots } from "./concurrency.ts";
import type { Disturbances } from "./disturbance.ts";
import type { ApproveMode, Ask, EnvironmentSettings } from "./environment.ts";
import type { RunnerLabels } from "./runner-label.ts";

/** What all jobs of a run share. */
export interface RunSetting {
  readonly event: RehearsedEvent;
  readonly folder: string;
  readonly eventFile: string;
  readonly hostEnv: Texts;
  readonly vars: Texts;
  /** Every secret of the run: hidden in all jobs, also in those that do not get it. */
  readonly secrets: readonly string[];
  /** Stands for the token of each job, outside jobs; or the one that was given. */
  readonly token: string;
  /** Whether the rehearsal's GitHub issues the tokens, or somebody gave one for the real GitHub. */
  readonly ownsToken: boolean;
  /** What the rehearsal's GitHub holds. */
  readonly hub: Hub;
  readonly environments: EnvironmentSettings;
  readonly approve: ApproveMode;
  readonly ask: Ask | undefined;
  readonly mappings: readonly RepositoryMapping[];
  readonly artifacts: ArtifactStore;
  readonly caches: CacheStore;
  /** Started when the first job needs it. */
  readonly service: () => Promise<RunService>;
  readonly groups: ConcurrencyGroups;
  readonly slots: Slots;
  /** For one job at a time: services of a job in a container have this machine's ports, all of them and as they are. */
  readonly ports: Slots;
  readonly timing: CancelTiming;
  readonly emit: Emit;
  readonly notices: readonly string[];
  readonly debug: boolean;
  /** Whether wait timers are waited for. */
  readonly realTime: boolean;
  readonly runners: readonly RunnerLabels[];
  readonly disturbances: Disturbances;
  /** Cancels the run, as GitHub's button does. */
  readonly cancel: AbortSignal;
  /** Ends everything at once. */
  readonly force: AbortSignal;
}
