import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { unpack } from "../archive/unpack.ts";
import type { Service } from "../environment/environment.ts";
import { freePorts } from "../process/free-port.ts";
import { INSTANCE_HOST, RunningInstance } from "../process/instance.ts";
import type { Release } from "../targets/target.ts";
import type { Arm } from "./schedule.ts";

export interface ArmProcess {
  url: string;
  /** Ended and gone. */
  stop(): Promise<void>;
  /** Why it is not running any more; undefined while it is. */
  readonly endedHow: string | undefined;
}

export interface ArmProcessSettings {
  arm: Arm;
  release: Release;
  /** Its bytes. */
  archivePath: string;
  service: Service;
  /** Where it is unpacked and logs; emptied by whoever made it. */
  folder: string;
  signal: AbortSignal;
}

/** It holds no traffic but ours, so there is nothing to drain. */
const STOP_GRACE_MS = 2_000;

/**
 * A fresh process of a release on free ports of loopback, away from live traffic. An instance that serves live
 * traffic would be no fair arm: it has other work, and its code is compiled already.
 */
export async function startArm(settings: ArmProcessSettings): Promise<ArmProcess> {
  const { arm, release, archivePath, service, folder, signal } = settings;
  const unpacked = join(folder, arm);
  await mkdir(folder, { recursive: true });
  await unpack(archivePath, release.digest, unpacked);
  const [port = 0, metricsPort = 0] = await freePorts(INSTANCE_HOST, 2);
  const instance = await RunningInstance.hold({
    name: arm,
    slot: arm === "baseline" ? "blue" : "green",
    release,
    service: withRunner(service),
    folder: unpacked,
    logPath: join(folder, `${arm}.log`),
    port,
    metricsPort,
  });
  instance.process.begin();
  const stop = () => instance.process.stop(STOP_GRACE_MS);
  try {
    await instance.untilHealthy(signal);
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    url: instance.url,
    stop,
    get endedHow() {
      return instance.process.endedHow;
    },
  };
}

/** Unlike an instance of a site, an arm must not outlive the job, even if this process is killed. */
function withRunner(service: Service): Service {
  const { RUNNER_TRACKING_ID } = process.env;
  if (RUNNER_TRACKING_ID === undefined) return service;
  return { ...service, env: { ...service.env, RUNNER_TRACKING_ID } };
}
