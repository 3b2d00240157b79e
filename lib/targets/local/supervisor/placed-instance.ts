import {
  holdProcess,
  INSTANCE_HOST,
  type InstancePlan,
  RunningInstance,
} from "../../../process/instance.ts";
import type { InstanceProcess } from "../../../process/instance-process.ts";
import type { AnySlot, InstanceStatus, Release } from "../../target.ts";
import { Backend } from "./proxy/backend.ts";
import type { ProcessRecord } from "./site-record.ts";

export interface PlacedPlan extends InstancePlan {
  slot: AnySlot;
  release: Release;
}

/** An instance with its place behind the front door. */
export class PlacedInstance extends RunningInstance {
  declare readonly plan: PlacedPlan;
  readonly backend: Backend;

  constructor(plan: PlacedPlan, process: InstanceProcess) {
    super(plan, process);
    this.backend = new Backend(plan.slot, plan.release.version, INSTANCE_HOST, plan.port);
  }

  static override async hold(plan: PlacedPlan): Promise<PlacedInstance> {
    return new PlacedInstance(plan, await holdProcess(plan));
  }

  describe(): InstanceStatus {
    const { name, metricsPort } = this.plan;
    const metricsUrl = `http://${INSTANCE_HOST}:${metricsPort}`;
    const { url, process, isHealthy: healthy } = this;
    return { name, url, metricsUrl, pid: process.pid, healthy, seen: { ...this.backend.seen } };
  }

  record(): ProcessRecord {
    const { name, port, metricsPort } = this.plan;
    return { name, port, metricsPort, pid: this.process.pid, startTime: this.process.startTime };
  }
}
