import type { Config } from "./config.ts";
import { ID_WINDOW } from "./core/recent-ids.ts";
import { drain } from "./drain.ts";
import type { Fault } from "./fault.ts";
import { lockJournal } from "./journal/lock.ts";
import type { Log } from "./log.ts";
import { type AffinityPlan, allowedCpus, pinThisThread, planAffinity } from "./os/affinity.ts";
import { Pipeline, type PipelineOptions } from "./pipeline/pipeline.ts";

const MAX_ORDERS = 1_000_000;

export interface Engine {
  port: number;
  metricsPort: number;
  onLost(callback: (cause: unknown) => void): void;
  /** Finishes what is in hand and ends; true when nothing had to be cut. */
  drain(): Promise<boolean>;
}

/** Puts the parts together; resolves when orders are taken. */
export async function startEngine(config: Config, fault: Fault | null, log: Log): Promise<Engine> {
  if (config.journalFolder !== null) await lockJournal(config.journalFolder);
  const cpus = planAffinity(config.affinity ? allowedCpus() : []);
  const gateway = pinThisThread(cpus.gateway);
  // The threads start while this one loads what the edge is made of.
  const [pipeline, { openService }] = await Promise.all([
    Pipeline.start(pipelineOptions(config, cpus), log),
    import("./service.ts"),
  ]);
  if (config.journalFolder !== null) log.info("recovered", { ...pipeline.recovered });
  const service = await openService(config, pipeline, gateway, fault);
  return {
    port: service.port,
    metricsPort: service.metricsPort,
    onLost: (callback) => pipeline.onLost(callback),
    drain: async () => {
      service.health.draining = true;
      log.info("draining", service.connections());
      const clean = await drain(service.parts, config.drainQuietMs, config.drainLimitMs);
      service.closeOperator();
      await pipeline.stop();
      return clean;
    },
  };
}

function pipelineOptions(config: Config, cpus: AffinityPlan): PipelineOptions {
  return {
    symbols: config.symbols,
    maxOrders: MAX_ORDERS,
    idWindow: ID_WINDOW,
    risk: config.risk,
    preventSelfTrade: config.preventSelfTrade,
    folder: config.journalFolder,
    segmentBytes: config.journalSegmentBytes,
    limitBytes: config.journalLimitBytes,
    snapshotEvery: config.snapshotEvery,
    spins: config.spins,
    cpus,
  };
}
