import type { ChildProcess } from "node:child_process";
import { mkdir } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";
import type { Environment } from "../../environment/environment.ts";
import { SluiceError } from "../../error.ts";
import { isAlive } from "../../liveness.ts";
import { ControlClient } from "./control-client.ts";
import { type LocalEnvironment, localEnvironment } from "./local-environment.ts";
import { endOrphans } from "./orphans.ts";
import type { SiteInfo } from "./protocol.ts";
import { siteFolder } from "./site-folder.ts";
import { spawnSupervisor } from "./spawn.ts";
import { writeAtomically } from "./supervisor/atomic-file.ts";
import type { SiteEvent } from "./supervisor/event-stream.ts";
import type { Traffic } from "./supervisor/proxy/traffic.ts";

export type { SiteInfo } from "./protocol.ts";
export type { SiteEvent } from "./supervisor/event-stream.ts";
export type { SlotTraffic, Traffic } from "./supervisor/proxy/traffic.ts";

/** A running site. */
export interface Site {
  /** Where the service is reached. */
  readonly url: string;
  readonly info: SiteInfo;
  /** Weights, instances, leases, and once a second the traffic, for as long as `signal` does not fire. */
  events(signal: AbortSignal): AsyncGenerator<SiteEvent>;
  /** What the proxy saw since the supervisor was started. */
  counters(): Promise<Traffic & { atMs: number }>;
  /** Drains and stops all of it; no process is left behind. */
  close(): Promise<void>;
}

export interface SiteOptions {
  /** Goes on after this process ended. Otherwise it ends when this process does, however it does. */
  detached?: boolean;
}

/** On top of what draining takes. */
const CLOSE_MARGIN_MS = 10_000;
const CLOSE_POLL_MS = 20;

/** Starts the site of an environment; `refused` when it is up already. */
export async function startSite(
  environment: Environment,
  options: SiteOptions = {},
): Promise<Site> {
  const { target, name, rollout } = localEnvironment(environment);
  const folder = siteFolder(target.site);
  await mkdir(folder.root, { recursive: true, mode: 0o700 });
  await refuseIfUp(target.site);
  const detached = options.detached ?? false;
  const { sampleIntervalMs } = rollout;
  const settings = { environment: name, tied: !detached, sampleIntervalMs, target };
  await writeAtomically(folder.settings, `${JSON.stringify(settings, null, 2)}\n`);
  const { child, info } = await spawnSupervisor(target.site);
  if (detached) {
    child.disconnect();
    child.unref();
  }
  return handle(localEnvironment(environment), info, child);
}

/** The site of an environment if it is up; undefined when it is not. */
export async function findSite(environment: Environment): Promise<Site | undefined> {
  const client = new ControlClient(localEnvironment(environment).target.site);
  try {
    return handle(localEnvironment(environment), await client.call<SiteInfo>("GET", "/info"), null);
  } catch (error) {
    if (error instanceof SluiceError && error.code === "target-unreachable") return undefined;
    throw error;
  }
}

function handle(environment: LocalEnvironment, info: SiteInfo, child: ChildProcess | null): Site {
  const client = new ControlClient(environment.target.site);
  return {
    url: info.url,
    info,
    events: (signal) => client.lines<SiteEvent>("/events", signal),
    counters: () => client.call("GET", "/counters"),
    close: () => close(environment, info, child),
  };
}

async function close(
  { target, service }: LocalEnvironment,
  info: SiteInfo,
  child: ChildProcess | null,
): Promise<void> {
  const isGone = () =>
    child ? child.exitCode !== null || child.signalCode !== null : !isAlive(info.pid);
  if (!isGone()) {
    await new ControlClient(target.site).call("POST", "/shutdown", {}).catch(() => {});
    const deadline = performance.now() + 2 * service.drainDeadlineMs + CLOSE_MARGIN_MS;
    while (!isGone() && performance.now() < deadline) await sleep(CLOSE_POLL_MS);
  }
  if (!isGone())
    throw new SluiceError("internal", `the site's supervisor (pid ${info.pid}) does not end`, {
      hint: `look at its log, then end process ${info.pid}`,
    });
  // Nothing, unless the supervisor was killed before.
  await endOrphans(target.site, service.drainDeadlineMs);
}

async function refuseIfUp(site: string): Promise<void> {
  const client = new ControlClient(site);
  const info = await client.call<SiteInfo>("GET", "/info").catch(() => undefined);
  if (!info) return;
  throw new SluiceError(
    "refused",
    `the site ${site} is up already, at ${info.url} (pid ${info.pid})`,
    {
      hint: "use it as it is, or end it with `sluice site down` first",
    },
  );
}
