import { dirname } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { Service } from "../environment/environment.ts";
import { SluiceError } from "../error.ts";
import { sickness } from "./health.ts";
import { boundLog, tailOf } from "./instance-log.ts";
import { InstanceProcess } from "./instance-process.ts";
import { commandOf, environmentOf } from "./placeholders.ts";

/** Instances are reached from this machine only. */
export const INSTANCE_HOST = "127.0.0.1";
/** A health check that takes longer than this is a failed one. */
const CHECK_TIMEOUT_MS = 2_000;
/** What a shell ends with when it cannot run a command, or cannot find it (POSIX, 2.8.2). */
const NO_PROGRAM: ReadonlySet<number> = new Set([126, 127]);
const SEE_PROGRAM =
  "see that `service.start` names a program that is in the archive or on the PATH";

export interface InstancePlan {
  name: string;
  /** What the service is told of where it stands. */
  slot: string;
  release: { version: string };
  service: Service;
  /** The unpacked release. */
  folder: string;
  logPath: string;
  port: number;
  metricsPort: number;
}

/** One running instance of a release. */
export class RunningInstance {
  readonly plan: InstancePlan;
  readonly process: InstanceProcess;
  isHealthy = false;

  constructor(plan: InstancePlan, process: InstanceProcess) {
    this.plan = plan;
    this.process = process;
  }

  /** Its process is held: `process.begin` when it is written down, if it is to be. */
  static async hold(plan: InstancePlan): Promise<RunningInstance> {
    return new RunningInstance(plan, await holdProcess(plan));
  }

  get url(): string {
    return `http://${INSTANCE_HOST}:${this.plan.port}`;
  }

  sickness(signal?: AbortSignal): Promise<string | undefined> {
    return sickness(`${this.url}${this.plan.service.health.path}`, CHECK_TIMEOUT_MS, signal);
  }

  /** Throws `unhealthy`, saying what was seen last, when it does not come in time. */
  async untilHealthy(signal: AbortSignal): Promise<void> {
    const { deadlineMs, intervalMs, path } = this.plan.service.health;
    const deadline = performance.now() + deadlineMs;
    let last = "was not asked";
    while (performance.now() < deadline) {
      signal.throwIfAborted();
      const sick = await this.sickness(signal);
      if (this.process.endedHow !== undefined) throw await this.#unhealthy(this.process.endedHow);
      if (sick === undefined) {
        this.isHealthy = true;
        return;
      }
      last = sick;
      await sleep(intervalMs, undefined, { signal }).catch(() => {});
    }
    throw await this.#unhealthy(`was not healthy within ${deadlineMs} ms: ${path} ${last}`);
  }

  async #unhealthy(how: string): Promise<SluiceError> {
    const tail = await tailOf(this.plan.logPath);
    const said = tail ? `; its last lines were:\n${tail}` : "; it wrote nothing";
    const log = `the whole log is ${this.plan.logPath}`;
    const isNoProgram = NO_PROGRAM.has(this.process.exitCode ?? 0);
    return new SluiceError("unhealthy", `${this.plan.name} ${how}${said}`, {
      hint: isNoProgram ? `${SEE_PROGRAM}; ${log}` : log,
    });
  }
}

/** A process that becomes the release's command when it is told to begin. */
export async function holdProcess(plan: InstancePlan): Promise<InstanceProcess> {
  const values = {
    host: INSTANCE_HOST,
    port: plan.port,
    "metrics-port": plan.metricsPort,
    slot: plan.slot,
    version: plan.release.version,
  };
  const nodeFolder = dirname(process.execPath);
  await boundLog(plan.logPath);
  return InstanceProcess.hold({
    argv: commandOf(plan.service, values),
    cwd: plan.folder,
    env: environmentOf(plan.service, values, process.env, nodeFolder),
    logPath: plan.logPath,
  });
}
