import type { Config } from "./config.ts";
import type { CoreOptions } from "./core/core.ts";
import { Profits } from "./core/profits.ts";
import { ID_WINDOW } from "./core/recent-ids.ts";
import { drain } from "./drain.ts";
import type { Fault } from "./fault.ts";
import { lockJournal } from "./journal/lock.ts";
import type { Log } from "./log.ts";
import {
  type AffinityPlan,
  allowedCpus,
  followerCpus,
  pinThisThread,
  planAffinity,
} from "./os/affinity.ts";
import { Pipeline, type PipelineOptions } from "./pipeline/pipeline.ts";
import type { Profit } from "./profit/profit.ts";
import type { HeldLease } from "./replication/lease.ts";
import type { Replication } from "./replication/replicator.ts";
import type { Promotion } from "./replication/standby.ts";
import type { Store } from "./store/store.ts";

const FEW_COMMANDS = 1_000;
const MAX_ORDERS = 1_000_000;

export interface Engine {
  port: number;
  metricsPort: number;
  /** Null where no market data is served. */
  marketPort: number | null;
  onLost(callback: (cause: unknown) => void): void;
  /** Finishes what is in hand and ends; true when nothing had to be cut. */
  drain(): Promise<boolean>;
}

/** Puts the parts together; resolves when orders are taken. */
export async function startEngine(
  config: Config,
  fault: Fault | null,
  log: Log,
  promotion: Promotion | null = null,
): Promise<Engine> {
  if (config.journalFolder !== null) await lockJournal(config.journalFolder);
  const allowed = config.affinity ? allowedCpus() : [];
  const cpus = planAffinity(allowed);
  const gateway = pinThisThread(cpus.gateway);
  // The threads start while this one loads what the edge is made of.
  const options = pipelineOptions(config, cpus);
  const [pipeline, { openService }] = await Promise.all([
    Pipeline.start(options, log),
    import("./service.ts"),
  ]);
  if (config.journalFolder !== null) log.info("recovered", told(pipeline.recovered));
  const fence = new AbortController();
  const lease = promotion?.lease ?? null;
  const followers = followerCpus(allowed);
  const replicator = await openReplicator(config, pipeline, lease, followers, log, () =>
    fence.abort(),
  );
  await promotion?.handOver();
  const stores = await openStores(config, options, pipeline, followers, log);
  const market =
    config.marketPort === null
      ? null
      : await (await import("./market/market-data.ts")).MarketData.start(
          { ...config, cpus: followers },
          pipeline.followed.buffers,
          log,
        );
  const profit = await openProfit(config, pipeline, followers, log);
  const service = await openService(
    config,
    pipeline,
    gateway,
    fault,
    { stores, market, profit, replicator },
    log,
  );
  const fenceHealth = (): void => {
    service.health.fenced = true;
  };
  // It may have happened while the doors were being opened.
  if (fence.signal.aborted) fenceHealth();
  fence.signal.addEventListener("abort", fenceHealth);
  return {
    port: service.port,
    metricsPort: service.metricsPort,
    marketPort: market?.port ?? null,
    onLost: (callback) => pipeline.onLost(callback),
    drain: async () => {
      service.health.draining = true;
      log.info("draining", service.connections());
      const clean = await drain(service.parts, config.drainQuietMs, config.drainLimitMs);
      service.closeOperator();
      await service.endTraces();
      await pipeline.stop();
      await Promise.all(stores.map((store) => store.end()));
      await Promise.all([market?.end(), profit?.end()]);
      await replicator?.end();
      return clean;
    },
  };
}

/** With how fast it went, where there was enough to tell. */
function told(recovered: Pipeline["recovered"]): Record<string, unknown> {
  const { commands, ms } = recovered;
  if (commands < FEW_COMMANDS || ms === 0) return { ...recovered };
  return { ...recovered, commandsPerSecond: Math.round((commands * 1000) / ms) };
}

/** The projections that are configured; nothing of them is loaded where there are none. */
async function openStores(
  config: Config,
  { folder, symbols, ...core }: PipelineOptions,
  pipeline: Pipeline,
  cpus: number[],
  log: Log,
): Promise<Store[]> {
  const urls = [
    ["postgres", config.databaseUrl],
    ["redis", config.redisUrl],
  ] as const;
  if (folder === null || urls.every(([, url]) => url === null)) return [];
  const { Store } = await import("./store/store.ts");
  const { maxOrders, risk, preventSelfTrade, limits = false, idWindow = 0 } = core;
  const shared = {
    folder,
    symbols,
    core: { maxOrders, risk, preventSelfTrade, limits, idWindow },
    journal: config.storeName,
    ...pipeline.followed,
    cpus,
  };
  const sequence = (): number => pipeline.sequence;
  return urls.flatMap(([store, url]) =>
    url === null ? [] : [new Store({ ...shared, store, url }, sequence, log)],
  );
}

/** With a journal, profit is counted behind it; without one the core counts, and all begins anew with each start. */
async function openProfit(
  config: Config,
  pipeline: Pipeline,
  cpus: number[],
  log: Log,
): Promise<Profit | null> {
  const { profitUsers: users, journalFolder: folder, symbols } = config;
  if (folder === null || users.length === 0) return null;
  const { Profit } = await import("./profit/profit.ts");
  const core = coreOptions(config);
  return Profit.open({ folder, users, symbols, core, ...pipeline.followed, cpus }, log);
}

async function openReplicator(
  { natsUrl: url, natsName: name, natsReplicas: replicas, leaseMs, journalFolder: folder }: Config,
  pipeline: Pipeline,
  lease: HeldLease | null,
  cpus: number[],
  log: Log,
  onFenced: () => void,
): Promise<Replication | null> {
  if (url === null || folder === null) return null;
  const { startReplicator } = await import("./replication/replicator.ts");
  const options = { url, name, replicas, leaseMs, folder, lease, cpus, ...pipeline.followed };
  return startReplicator(options, log, onFenced);
}

export function coreOptions(config: Config): CoreOptions {
  return {
    maxOrders: MAX_ORDERS,
    idWindow: ID_WINDOW,
    risk: config.risk,
    limits: config.limits,
    preventSelfTrade: config.preventSelfTrade,
  };
}

function pipelineOptions(config: Config, cpus: AffinityPlan): PipelineOptions {
  const { profitUsers: users, symbols, journalFolder } = config;
  return {
    ...(users.length === 0 || journalFolder !== null
      ? {}
      : { profits: { users, memory: new Profits(users, symbols.length).memory } }),
    symbols: config.symbols,
    ...coreOptions(config),
    folder: config.journalFolder,
    segmentBytes: config.journalSegmentBytes,
    limitBytes: config.journalLimitBytes,
    snapshotEvery: config.snapshotEvery,
    slowMs: config.journalSlowMs,
    replicated: config.natsUrl !== null,
    marketData: config.marketPort !== null && /live|delayed/.test(config.marketFeed.kind),
    spins: config.spins,
    cpus,
  };
}
