import { rm } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { Service } from "../../../environment/environment.ts";
import { freePorts } from "../../../process/free-port.ts";
import { INSTANCE_HOST } from "../../../process/instance.ts";
import { boundLog } from "../../../process/instance-log.ts";
import { InstanceProcess, MIN_STOP_MS } from "../../../process/instance-process.ts";
import type { AnySlot, InstanceStatus, Release, SlotStatus } from "../../target.ts";
import type { EventStream } from "./event-stream.ts";
import { PlacedInstance, type PlacedPlan } from "./placed-instance.ts";
import type { Rotation } from "./proxy/rotation.ts";
import type { OccupantRecord } from "./site-record.ts";

/** What runs is asked for its health this much less often than what is being placed. */
const WATCH_FACTOR = 10;
const MIN_WATCH_MS = 250;
/** It may fail to answer this often in a row before it gets no more requests. */
const FALLS = 3;
const DRAIN_POLL_MS = 20;
const FIRST_BACK_OFF_MS = 200;
const MAX_BACK_OFF_MS = 10_000;

export interface SlotSurroundings {
  slot: AnySlot;
  rotation: Rotation;
  events: EventStream;
  logs: string;
  /** Whether an instance that died is to be started again: the stable release, but no candidate. */
  isKeptAlive(): boolean;
  /** What must be known after a restart has changed. */
  onChange(): Promise<void>;
}

export interface Occupation {
  release: Release;
  service: Service;
  folder: string;
}

/** The processes of one slot: started, watched, restarted, drained, stopped. */
export class SlotRunner {
  readonly #around: SlotSurroundings;
  #occupation: Occupation | null = null;
  #instances: PlacedInstance[] = [];
  /** Fires when the slot is emptied: nothing is watched or restarted any more. */
  #leaving = new AbortController();
  /** Instances that died and are being started again. */
  readonly #comingBack = new Set<Promise<void>>();

  constructor(around: SlotSurroundings) {
    this.#around = around;
  }

  get occupation(): Occupation | null {
    return this.#occupation;
  }

  /**
   * Whether exactly this runs here already and is healthy. It is asked: what was taken over from a supervisor that
   * was killed while it placed this may never have been.
   */
  async holds(release: Release, service: Service, signal: AbortSignal): Promise<boolean> {
    const there = this.#occupation;
    const isSame =
      there?.release.digest === release.digest &&
      JSON.stringify(there.service) === JSON.stringify(service);
    const instances = this.#instances;
    if (!isSame || instances.length === 0) return false;
    if (!instances.every(({ isHealthy }) => isHealthy)) return false;
    const asked = await Promise.allSettled(instances.map((one) => one.untilHealthy(signal)));
    signal.throwIfAborted();
    return asked.every(({ status }) => status === "fulfilled");
  }

  describe(): InstanceStatus[] {
    return this.#instances.map((instance) => instance.describe());
  }

  status(): SlotStatus {
    const { slot, rotation } = this.#around;
    return {
      slot,
      release: this.#occupation?.release ?? null,
      instances: this.describe(),
      inFlight: rotation.inFlight(slot),
    };
  }

  record(): OccupantRecord | null {
    if (!this.#occupation) return null;
    return {
      ...this.#occupation,
      processes: this.#instances.map((instance) => instance.record()),
    };
  }

  /** Starts `count` instances; when one does not become healthy, all are stopped again. */
  async occupy(occupation: Occupation, count: number, signal: AbortSignal): Promise<void> {
    this.#occupation = occupation;
    this.#leaving = new AbortController();
    try {
      const ports = await freePorts(INSTANCE_HOST, 2 * count);
      for (let i = 0; i < count; i += 1) {
        signal.throwIfAborted();
        const plan = this.#plan(i, ports[2 * i] ?? 0, ports[2 * i + 1] ?? 0);
        this.#instances.push(await PlacedInstance.hold(plan));
      }
      await this.#around.onChange();
      for (const { process } of this.#instances) process.begin();
      await Promise.all(this.#instances.map((instance) => instance.untilHealthy(signal)));
    } catch (error) {
      await this.empty(0);
      throw error;
    }
    for (const instance of this.#instances) this.#enter(instance, "placed");
  }

  /** Takes over what a supervisor that died left running; what died with it is started again if it should. */
  async adopt({ processes, ...occupation }: OccupantRecord): Promise<void> {
    this.#occupation = occupation;
    for (const [i, known] of processes.entries()) {
      const plan = { ...this.#plan(i, known.port, known.metricsPort), name: known.name };
      const process = await InstanceProcess.adopt(known);
      if (process) {
        const instance = new PlacedInstance(plan, process);
        instance.isHealthy = true;
        this.#instances.push(instance);
        this.#enter(instance, "adopted");
      } else if (this.#around.isKeptAlive()) {
        this.#bringBack(plan);
      }
    }
  }

  /** Waits for the requests in hand, then stops everything. The slot is empty afterwards. */
  async drain(deadlineMs: number): Promise<void> {
    const { slot, rotation } = this.#around;
    const deadline = performance.now() + deadlineMs;
    while (rotation.inFlight(slot) > 0 && performance.now() < deadline) await sleep(DRAIN_POLL_MS);
    await this.empty(Math.max(MIN_STOP_MS, deadline - performance.now()));
  }

  /** Stops everything, giving each process `graceMs` to end by itself. */
  async empty(graceMs: number): Promise<void> {
    await this.#stopAll(graceMs);
    const folder = this.#occupation?.folder;
    this.#instances = [];
    this.#occupation = null;
    await this.#around.onChange();
    if (folder) await rm(folder, { recursive: true, force: true });
  }

  /** Stops everything, but remembers it: a supervisor that comes up again starts what is stable again. */
  async suspend(): Promise<void> {
    await this.#stopAll(this.#occupation?.service.drainDeadlineMs ?? 0);
  }

  async #stopAll(graceMs: number): Promise<void> {
    this.#leaving.abort();
    await Promise.all(this.#comingBack);
    const leaving = this.#instances;
    await Promise.all(
      leaving.map(async ({ backend, process }) => {
        // Idle connections first: a request must not find one that the process is about to close.
        backend.closeIdle();
        await process.stop(graceMs, () => backend.closeTunnels());
        backend.closeTunnels();
        this.#around.rotation.remove(backend);
        backend.agent.destroy();
      }),
    );
  }

  #plan(index: number, port: number, metricsPort: number): PlacedPlan {
    const { slot, logs } = this.#around;
    if (!this.#occupation) throw new Error(`slot ${slot} is empty`);
    const name = `${slot}-${index + 1}`;
    return {
      ...this.#occupation,
      name,
      slot,
      port,
      metricsPort,
      logPath: join(logs, `${name}.log`),
    };
  }

  #enter(instance: PlacedInstance, why: string): void {
    const { rotation } = this.#around;
    rotation.add(instance.backend);
    this.#tell(instance, true, why);
    const { signal } = this.#leaving;
    void instance.process.ended.then((how) => this.#died(instance, how, signal));
    void this.#watch(instance, signal);
  }

  #died(instance: PlacedInstance, how: string, leaving: AbortSignal): void {
    instance.isHealthy = false;
    instance.backend.isUp = false;
    this.#around.rotation.remove(instance.backend);
    instance.backend.closeIdle();
    instance.backend.closeTunnels();
    this.#tell(instance, false, how);
    if (leaving.aborted || !this.#around.isKeptAlive()) return;
    this.#bringBack(instance.plan);
  }

  #bringBack(plan: PlacedPlan): void {
    const trying = this.#startAgain(plan, this.#leaving.signal);
    this.#comingBack.add(trying);
    void trying.finally(() => this.#comingBack.delete(trying));
  }

  /** The same name and ports, so that whoever looks at them finds the same instance again. */
  async #startAgain(plan: PlacedPlan, leaving: AbortSignal): Promise<void> {
    for (
      let backOffMs = FIRST_BACK_OFF_MS;
      ;
      backOffMs = Math.min(2 * backOffMs, MAX_BACK_OFF_MS)
    ) {
      await sleep(backOffMs, undefined, { signal: leaving }).catch(() => {});
      if (leaving.aborted) return;
      let instance: PlacedInstance | undefined;
      try {
        instance = await PlacedInstance.hold(plan);
        leaving.throwIfAborted();
        await this.#replace(instance);
        instance.process.begin();
        await instance.untilHealthy(leaving);
        this.#enter(instance, "started again");
        return;
      } catch {
        await instance?.process.stop(0);
      }
    }
  }

  async #replace(instance: PlacedInstance): Promise<void> {
    const others = this.#instances.filter(({ plan }) => plan.name !== instance.plan.name);
    this.#instances = [...others, instance].sort((a, b) => (a.plan.name < b.plan.name ? -1 : 1));
    await this.#around.onChange();
  }

  async #watch(instance: PlacedInstance, leaving: AbortSignal): Promise<void> {
    const { intervalMs } = instance.plan.service.health;
    const everyMs = Math.max(MIN_WATCH_MS, WATCH_FACTOR * intervalMs);
    let failures = 0;
    while (!leaving.aborted && instance.process.endedHow === undefined) {
      await sleep(everyMs, undefined, { signal: leaving, ref: false }).catch(() => {});
      if (leaving.aborted || instance.process.endedHow !== undefined) return;
      await boundLog(instance.plan.logPath).catch(() => {});
      const sick = await instance.sickness(leaving);
      if (leaving.aborted || instance.process.endedHow !== undefined) return;
      failures = sick === undefined ? 0 : failures + 1;
      const isHealthy = instance.isHealthy ? failures < FALLS : failures === 0;
      if (isHealthy === instance.isHealthy) continue;
      instance.isHealthy = isHealthy;
      instance.backend.isUp = isHealthy;
      this.#tell(instance, isHealthy, sick ?? "healthy again");
    }
  }

  #tell(instance: PlacedInstance, up: boolean, reason: string): void {
    const { slot, events } = this.#around;
    events.emit({ kind: "instance", slot, name: instance.plan.name, up, reason });
  }
}
