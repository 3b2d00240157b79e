import { randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { cacheFolderOf } from "../../lib/tools/shop.ts";
import type { Hub } from "../api/hub.ts";
import type { Rehearsal, RehearseOptions } from "../options.ts";
import { environmentsOf, mappingsOf } from "../prepare.ts";
import type { Emit } from "../run-event.ts";
import { valuesToHide } from "../runner/mask.ts";
import { GITHUB_CANCEL_TIMING } from "../runner/process.ts";
import { hostEnvironment } from "../runner/process-env.ts";
import type { Texts } from "../runner/running-job.ts";
import { ArtifactStore } from "../stand-in/artifact-store.ts";
import { CacheStore } from "../stand-in/cache-store.ts";
import type { RepositoryMapping } from "../workflow/source-tree.ts";
import { ConcurrencyGroups, Slots } from "./concurrency.ts";
import type { Disturbances } from "./disturbance.ts";
import { type LazyService, startOnce } from "./lazy-service.ts";
import { makeHub } from "./run-hub.ts";
import type { RunSetting } from "./run-setting.ts";
import { fillToolCache } from "./tool-cache.ts";

/** As many jobs as GitHub's free plan runs at once. */
const MAX_JOBS_AT_ONCE = 20;

/** What a run is opened with. */
export interface RunParts {
  readonly rehearsal: Rehearsal;
  readonly options: RehearseOptions;
  readonly folder: string;
  readonly runId: string;
  readonly emit: Emit;
  readonly disturbances: Disturbances;
}

/** A setting whose services are stopped when the run is over. */
export type OpenSetting = RunSetting & { readonly service: LazyService };

/** Makes what all jobs of a run share, in the run's folder. */
export async function openSetting(parts: RunParts): Promise<OpenSetting> {
  const { rehearsal, options, folder, emit, disturbances } = parts;
  const artifacts = await artifactsOf(options, folder);
  const eventFile = join(folder, "event.json");
  await writeFile(eventFile, JSON.stringify(rehearsal.event.payload, null, 2));
  const environments = await environmentsOf(options);
  const hub = makeHub({ ...parts, environments, artifacts });
  const token = options.secrets?.GITHUB_TOKEN;
  const mappings = await mappingsOf(options);
  await mkdir(join(folder, "tools"));
  await fillToolCache(join(folder, "tools"), mappings);
  return {
    event: rehearsal.event,
    folder,
    eventFile,
    // A job's workspace is a clone; the sites that its environment files name are those of the repository itself.
    // A run's own RUNNER_TOOL_CACHE is gone with it: what took minutes to obtain is kept where this machine keeps it.
    hostEnv: {
      SLUICE_SITES: rehearsal.root,
      SLUICE_TOOL_CACHE: cacheFolderOf(process.env),
      ...hostEnvironment(process.env),
      ...options.env,
    },
    vars: options.vars ?? {},
    secrets: valuesToHide(options.secrets ?? {}),
    token: token ?? `ghs_rehearsal${randomBytes(16).toString("hex")}`,
    ownsToken: token === undefined,
    hub,
    environments,
    realTime: options.realTime ?? false,
    approve: options.approve ?? "always",
    ask: options.ask,
    mappings,
    artifacts,
    caches: new CacheStore(join(folder, "caches")),
    service: serviceOf({ options, folder, artifacts, hub, mappings }),
    groups: new ConcurrencyGroups(),
    slots: new Slots(MAX_JOBS_AT_ONCE),
    ports: new Slots(1),
    timing: options.cancelTiming ?? GITHUB_CANCEL_TIMING,
    emit,
    notices: [],
    debug: options.debug ?? asksForDebug({ ...options.vars, ...options.secrets }),
    runners: options.runners ?? [],
    disturbances,
    cancel: options.signal
      ? AbortSignal.any([options.signal, disturbances.cancel])
      : disturbances.cancel,
    force: options.forceSignal ?? new AbortController().signal,
  };
}

/** The run's artifacts; a re-run has those of the run before that are still there. */
async function artifactsOf(options: RehearseOptions, folder: string): Promise<ArtifactStore> {
  const artifacts = new ArtifactStore(join(folder, "artifacts"));
  for (const [name, path] of Object.entries(options.rerun?.artifacts ?? {})) {
    if (existsSync(path)) await artifacts.adopt(name, path);
  }
  return artifacts;
}

interface ServiceParts {
  readonly options: RehearseOptions;
  readonly folder: string;
  readonly artifacts: ArtifactStore;
  readonly hub: Hub;
  readonly mappings: readonly RepositoryMapping[];
}

/** GitHub's services for this run; what serves its API and git is loaded when somebody asks. */
function serviceOf({ options, folder, artifacts, hub, mappings }: ServiceParts): LazyService {
  return startOnce(folder, artifacts, (service) => {
    hub.servedAt(service.url);
    service.serveApi(async () => {
      const { GitHubApi } = await import("../api/github-api.ts");
      return new GitHubApi(hub, { faults: options.apiFaults ?? [], limit: options.apiLimit });
    });
    service.serveGit(async () => {
      const { GitHost } = await import("../service/git-host.ts");
      return new GitHost(hub, mappings);
    });
  });
}

/** A secret or a variable asks for debug messages; the secret wins. */
function asksForDebug(known: Texts): boolean {
  return known.ACTIONS_STEP_DEBUG === "true";
}
