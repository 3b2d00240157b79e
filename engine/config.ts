import type { SymbolSpec } from "./core/symbols.ts";
import { LEVELS, type Level } from "./log.ts";
import { Refusal } from "./refusal.ts";
import { Variables } from "./variables.ts";

export interface Config {
  host: string;
  /** 0 takes any free port; the `listening` log line says which. */
  port: number;
  metricsPort: number;
  /** Which of the two places of a host this process fills; a label on every metric. */
  slot: string;
  version: string;
  symbols: SymbolSpec[];
  logLevel: Level;
  /** Where traces are sent, and of requests without one how many begin one; null for nowhere. */
  traceEndpoint: string | null;
  traceShare: number;
  /** A client that takes longer to send a request is cut off. */
  requestLimitMs: number;
  /** How often WebSockets are pinged; a client that has not answered until the next time is cut off. */
  pingEveryMs: number;
  /** After SIGTERM the engine serves on until it was quiet for this long. */
  drainQuietMs: number;
  /** After SIGTERM the engine ends at the latest after this long. */
  drainLimitMs: number;
  /** Where commands are made durable; null keeps everything in memory. */
  journalFolder: string | null;
  journalSegmentBytes: number;
  journalLimitBytes: number;
  snapshotEvery: number;
  /** How long the disk may take before new orders are refused. */
  journalSlowMs: number;
  /** Where orders and trades are projected to, behind the journal; null for nowhere. */
  databaseUrl: string | null;
  redisUrl: string | null;
  /** Tells this engine's rows from those of others in the same database. */
  storeName: string;
  /** Orders need balances. */
  risk: boolean;
  /** Positions and order rates are kept, and limited as the operator says. */
  limits: boolean;
  /** Whose positions and profit are told in metrics. */
  profitUsers: number[];
  jwtSecret: string | null;
  apiKeys: ReadonlyMap<string, number>;
  /** SHA-256 of the key that the operator's commands need; null needs none. */
  operatorKeyDigest: string | null;
  /** Secret of the one-time codes that the operator's dangerous commands need as well; null needs none. */
  operatorTotp: string | null;
  /** Commands a second of one connection; 0 is no limit. */
  rateLimit: number;
  tlsCertFile: string | null;
  tlsKeyFile: string | null;
  /** Where market data is served; null serves none, 0 takes any free port. */
  marketPort: number | null;
  /** What is served there: the engine's own market, that one late, or a feed. */
  marketFeed: MarketFeed;
  /** A model predicts that market's next move, and is scored. */
  marketSignal: boolean;
  /** The log that the journal is sent to, as the servers of a cluster separated by commas; null for none. */
  natsUrl: string | null;
  natsName: string;
  natsReplicas: number;
  /** How long the engine that writes the log may be silent before another one takes over. */
  leaseMs: number;
  /** Follow the log first, and take over when its writer is silent. */
  standby: boolean;
  /** An order that meets one of its own user's is cancelled. */
  preventSelfTrade: boolean;
  /** Give each thread a CPU of its own, out of those that the process may use. */
  affinity: boolean;
  /** Looks at the ring before a thread sleeps; worth more than the fallback only with a CPU for each thread. */
  spins: number;
  /** Orders in hand above which new ones are refused rather than queued. */
  maxInHand: number;
  /** The same for one WebSocket. */
  maxInHandPerConnection: number;
}

export type MarketFeed =
  | { kind: "live" }
  | { kind: "delayed"; delayMs: number }
  | { kind: "simulated"; seed: number }
  | { kind: "replayed"; file: string };

const DIGEST = /^[0-9a-f]{64}$/;
const PROFIT_USERS_LIMIT = 100;
const MEBIBYTE = 1024 * 1024;

/** Reads the whole configuration once; all faults are told together. */
export function readConfig(env: Readonly<Record<string, string | undefined>>): Config {
  const variables = new Variables(env);
  const config = configOf(variables);
  const faults = [...variables.faults, ...missingPartners(config)];
  if (faults.length === 0) return config;
  throw new Refusal(faults.join("; "), "set these environment variables right and start again");
}

function configOf(given: Variables): Config {
  const { faults } = given;
  return {
    host: given.text("HOST") ?? "127.0.0.1",
    port: given.whole("PORT", 8080, 0, 65535),
    metricsPort: given.whole("METRICS_PORT", 9464, 0, 65535),
    slot: given.label("SLOT", "none"),
    version: given.label("VERSION", "dev"),
    symbols: symbols(given.text("SYMBOLS") ?? "BTC-USD,ETH-USD", faults),
    logLevel: level(given.text("LOG_LEVEL") ?? "info", faults),
    traceEndpoint: given.endpoint("OTEL_EXPORTER_OTLP_ENDPOINT"),
    traceShare: given.share("OTEL_TRACES_SAMPLER_ARG"),
    requestLimitMs: given.whole("REQUEST_LIMIT_MS", 10_000, 100, 600_000),
    pingEveryMs: given.whole("PING_EVERY_MS", 15_000, 100, 600_000),
    drainQuietMs: given.whole("DRAIN_QUIET_MS", 300, 0, 60_000),
    drainLimitMs: given.whole("DRAIN_LIMIT_MS", 8_000, 1, 600_000),
    journalFolder: given.text("JOURNAL_DIR") ?? null,
    journalSegmentBytes: given.whole(
      "JOURNAL_SEGMENT_BYTES",
      8 * MEBIBYTE,
      16_384,
      1024 * MEBIBYTE,
    ),
    journalLimitBytes: given.whole("JOURNAL_LIMIT_BYTES", 0, 0, Number.MAX_SAFE_INTEGER),
    snapshotEvery: given.whole("SNAPSHOT_EVERY", 1_000_000, 0, 1_000_000_000),
    databaseUrl: given.storeUrl("DATABASE_URL", ["postgres:", "postgresql:"]),
    redisUrl: given.storeUrl("REDIS_URL", ["redis:", "rediss:"]),
    storeName: given.label("STORE_NAME", given.text("SLOT") ?? "none"),
    journalSlowMs: given.whole("JOURNAL_SLOW_MS", 2_000, 10, 600_000),
    risk: given.isOn("RISK"),
    limits: given.isOn("LIMITS"),
    natsUrl: given.storeUrl("NATS_URL", ["nats:", "tls:"]),
    natsName: given.label("NATS_NAME", "engine").replaceAll(".", "-"),
    natsReplicas: given.whole("NATS_REPLICAS", 1, 1, 5),
    leaseMs: given.whole("LEASE_MS", 1_500, 200, 60_000),
    standby: given.isOn("STANDBY"),
    marketPort: given.text("MARKET_PORT") ? given.whole("MARKET_PORT", 0, 0, 65535) : null,
    marketFeed: marketFeed(given.text("MARKET_FEED") ?? "live", faults),
    marketSignal: given.isOn("MARKET_SIGNAL"),
    profitUsers: users(given.text("PNL_USERS"), faults),
    jwtSecret: secret(given.text("JWT_SECRET"), faults),
    apiKeys: apiKeys(given.text("API_KEYS"), faults),
    operatorKeyDigest: digest(given.text("OPERATOR_KEY"), faults),
    operatorTotp: given.text("OPERATOR_TOTP") ?? null,
    rateLimit: given.whole("RATE_LIMIT", 0, 0, 10_000_000),
    tlsCertFile: given.text("TLS_CERT") ?? null,
    tlsKeyFile: given.text("TLS_KEY") ?? null,
    preventSelfTrade: given.isOn("STP"),
    affinity: given.isOn("AFFINITY"),
    spins: given.whole("SPINS", 50, 0, 1_000_000),
    maxInHand: given.whole("MAX_IN_HAND", 8_192, 1, 16_000),
    maxInHandPerConnection: given.whole("MAX_IN_HAND_PER_CONNECTION", 2_048, 1, 16_000),
  };
}

/** What is useless, or less than was meant, without something else. */
function missingPartners(config: Config): string[] {
  const faults: string[] = [];
  if ((config.tlsCertFile === null) !== (config.tlsKeyFile === null)) {
    faults.push("TLS_CERT and TLS_KEY are needed together");
  }
  if (config.operatorTotp !== null && config.operatorKeyDigest === null) {
    faults.push("OPERATOR_TOTP needs OPERATOR_KEY: it is the second factor");
  }
  if (config.marketSignal && config.marketPort === null) {
    faults.push("MARKET_SIGNAL needs MARKET_PORT: it looks at the market that is shown there");
  }
  if (config.standby && config.natsUrl === null) faults.push("STANDBY needs NATS_URL");
  return faults;
}

function marketFeed(given: string, faults: string[]): MarketFeed {
  const parts = /^(live|delayed|simulated|replayed)(?::(.+))?$/.exec(given);
  const [, kind, rest = ""] = parts ?? [];
  const number = /^\d{1,9}$/.test(rest) ? Number(rest) : null;
  if (kind === "live" && rest === "") return { kind };
  if (kind === "delayed" && number !== null) return { kind, delayMs: number };
  if (kind === "simulated" && number !== null) return { kind, seed: number };
  if (kind === "replayed" && rest !== "") return { kind, file: rest };
  const accepted = "live, delayed:MILLISECONDS, simulated:SEED, replayed:FILE";
  faults.push(`MARKET_FEED is "${given}", accepted are ${accepted}`);
  return { kind: "live" };
}

/** None of these tells what was given: it may be the secret. */
function secret(given: string | undefined, faults: string[]): string | null {
  if (!given) return null;
  if (given.length < 32) faults.push("JWT_SECRET is too short, accepted are 32 characters or more");
  return given;
}

function digest(given: string | undefined, faults: string[]): string | null {
  if (!given) return null;
  if (!DIGEST.test(given)) faults.push("OPERATOR_KEY is no SHA-256 of a key in hex");
  return given;
}

/** Each of them makes series of its own. */
function users(given: string | undefined, faults: string[]): number[] {
  const named = given ? given.split(",") : [];
  const right = named.filter((user) => /^[1-9]\d{0,8}$/.test(user)).map(Number);
  if (right.length === named.length && named.length <= PROFIT_USERS_LIMIT) {
    return [...new Set(right)];
  }
  faults.push(
    `PNL_USERS is "${given}", accepted are up to ${PROFIT_USERS_LIMIT} users' numbers, separated by commas`,
  );
  return [];
}

function apiKeys(given: string | undefined, faults: string[]): Map<string, number> {
  const keys = new Map<string, number>();
  for (const item of given ? given.split(",") : []) {
    const [key = "", user = ""] = item.split(":");
    if (DIGEST.test(key) && /^[1-9]\d{0,8}$/.test(user)) keys.set(key, Number(user));
    else faults.push("API_KEYS has an item that is not SHA256_OF_KEY_IN_HEX:USER");
  }
  return keys;
}

function level(given: string, faults: string[]): Level {
  const found = LEVELS.find((name) => name === given);
  if (found === undefined) faults.push(`LOG_LEVEL is "${given}", accepted is ${LEVELS.join(", ")}`);
  return found ?? "info";
}

/** `NAME[:tick[:lot]]`, separated by commas. A name fits the eight bytes it has on the wire. */
function symbols(given: string, faults: string[]): SymbolSpec[] {
  const seen = new Set<string>();
  const specs: SymbolSpec[] = [];
  for (const item of given.split(",")) {
    const parts = /^([A-Z0-9][A-Z0-9./-]{0,7})(?::([1-9]\d{0,8}))?(?::([1-9]\d{0,8}))?$/.exec(item);
    const name = parts?.[1];
    if (name === undefined || seen.has(name)) {
      faults.push(`SYMBOLS has "${item}", accepted is NAME[:tick[:lot]], each name once`);
      continue;
    }
    seen.add(name);
    specs.push({ name, tick: Number(parts?.[2] ?? 1), lot: Number(parts?.[3] ?? 1) });
  }
  return specs;
}
