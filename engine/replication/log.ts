import type { JetStreamClient, JetStreamManager } from "@nats-io/jetstream";
import type { NatsConnection } from "@nats-io/transport-node";
import { RECORD_BYTES, RECORD_FLOATS } from "../core/layout.ts";
import { Refusal } from "../refusal.ts";
import { patiently } from "./patience.ts";

const ANSWER_LIMIT_MS = 2_000;
const PULL_MS = 2_000;
const HEARTBEAT_MS = 500;
const WRONG_LAST_SEQUENCE = [10_071, 10_164];

/** Somebody else has written to the log: this engine is no longer the one that may. */
export class Fenced extends Error {
  override readonly name = "Fenced";
}

/** Commands as they are in a journal; none in a fence. */
export interface LogEntry {
  /** Place in the stream. */
  place: number;
  records: Uint8Array;
}

/**
 * The journal as a replicated stream. Each message must come right after the one that its writer knows as the last: who
 * does not know the newest message can't write, and an order that is not in the log is not acknowledged. That alone
 * keeps two engines from both acknowledging; leases only decide who tries.
 */
export class ReplicatedLog {
  /** Place of the last message that this writer knows. */
  place = 0;
  readonly #connection: NatsConnection;
  readonly #client: JetStreamClient;
  readonly #manager: JetStreamManager;
  readonly #name: string;

  /** `urls` are of one cluster, separated by commas: while one of its servers answers, the log is there. */
  static open(urls: string, name: string, replicas: number): Promise<ReplicatedLog> {
    return patiently(() => ReplicatedLog.#open(urls, name, replicas));
  }

  static async #open(urls: string, name: string, replicas: number): Promise<ReplicatedLog> {
    const [{ connect }, { jetstream, jetstreamManager, StorageType }] = await loadClients();
    const connection = await connect({
      servers: urls.split(","),
      name: `sluice-engine ${name}`,
      maxReconnectAttempts: -1,
      reconnectTimeWait: 100,
      timeout: ANSWER_LIMIT_MS,
    });
    try {
      const manager = await jetstreamManager(connection, {
        timeout: ANSWER_LIMIT_MS,
        checkAPI: false,
      });
      const shared = { storage: StorageType.File, num_replicas: replicas };
      const journal = { max_msgs_per_subject: -1, subjects: [`${name}.journal`] };
      await addMissing(manager, { ...shared, ...journal, name: `${name}-journal` });
      const lease = { max_msgs_per_subject: 1, subjects: [`${name}.lease`] };
      await addMissing(manager, { ...shared, ...lease, name: `${name}-lease` });
      return new ReplicatedLog(connection, jetstream(connection), manager, name);
    } catch (error) {
      await connection.close();
      throw error;
    }
  }

  constructor(
    connection: NatsConnection,
    client: JetStreamClient,
    manager: JetStreamManager,
    name: string,
  ) {
    this.#connection = connection;
    this.#client = client;
    this.#manager = manager;
    this.#name = name;
  }

  /** Appends after the last message that is known; throws `Fenced` when there is another one. */
  async append(records: Uint8Array): Promise<void> {
    const expect = { lastSequence: this.place };
    try {
      const { seq } = await this.#client.publish(`${this.#name}.journal`, records, {
        expect,
        timeout: ANSWER_LIMIT_MS,
      });
      this.place = seq;
    } catch (error) {
      if (isWrongPlace(error)) throw new Fenced("another engine writes the log");
      throw error;
    }
  }

  /** The newest message with commands in it, and the place of the newest message of all. */
  async last(): Promise<{ place: number; entry: LogEntry | null }> {
    const { state } = await this.#manager.streams.info(`${this.#name}-journal`);
    for (let place = state.last_seq; place >= state.first_seq && place > 0; place -= 1) {
      const entry = await this.at(place);
      if (entry !== null && entry.records.length > 0) return { place: state.last_seq, entry };
    }
    return { place: state.last_seq, entry: null };
  }

  /** All messages from a place on, and those to come. */
  async *read(from: number): AsyncGenerator<LogEntry> {
    const consumer = await this.#client.consumers.get(`${this.#name}-journal`, {
      opt_start_seq: Math.max(1, from),
    });
    // Its server may die without a word: by default that is noticed after half a minute.
    const how = { max_messages: 64, expires: PULL_MS, idle_heartbeat: HEARTBEAT_MS };
    for await (const message of await consumer.consume(how)) {
      yield { place: message.seq, records: aligned(message.data) };
    }
  }

  /** The place of the oldest message that is still there. */
  async first(): Promise<number> {
    return (await this.#manager.streams.info(`${this.#name}-journal`)).state.first_seq;
  }

  /** Who holds the lease, and the number of that message; 0 for nobody ever. */
  async lease(): Promise<{ holder: string; place: number }> {
    const { state } = await this.#manager.streams.info(`${this.#name}-lease`);
    if (state.last_seq === 0) return { holder: "", place: 0 };
    const message = await this.#manager.streams.getMessage(`${this.#name}-lease`, {
      seq: state.last_seq,
    });
    return { holder: message?.string() ?? "", place: state.last_seq };
  }

  /** Takes or renews the lease, if nobody did since `place`; its new place, or null. */
  async renew(holder: string, place: number): Promise<number | null> {
    try {
      const { seq } = await this.#client.publish(`${this.#name}.lease`, holder, {
        expect: { lastSequence: place },
        timeout: ANSWER_LIMIT_MS,
      });
      return seq;
    } catch (error) {
      if (isWrongPlace(error)) return null;
      throw error;
    }
  }

  async close(): Promise<void> {
    await this.#connection.close();
  }

  /** The message at a place; null when there is none. */
  async at(place: number): Promise<LogEntry | null> {
    const message = await this.#manager.streams.getMessage(`${this.#name}-journal`, { seq: place });
    return message === null ? null : { place, records: aligned(message.data) };
  }
}

/** A stream that is there stays as it is: its owner may have given it limits, or moved it to more servers. */
async function addMissing(
  manager: JetStreamManager,
  config: Parameters<JetStreamManager["streams"]["add"]>[0] & { name: string },
): Promise<void> {
  try {
    // Asked first, since this needs the stream's own leader only: a takeover must not wait until the cluster has one as well.
    await manager.streams.info(config.name);
  } catch {
    await manager.streams.add(config);
  }
}

/** Sequence of a command in a message. */
export function sequenceIn(records: Uint8Array, index: number): number {
  return new Float64Array(records.buffer, records.byteOffset)[index * RECORD_FLOATS] ?? 0;
}

export function lastSequenceIn(records: Uint8Array): number {
  return sequenceIn(records, records.length / RECORD_BYTES - 1);
}

function aligned(data: Uint8Array): Uint8Array {
  const copy = new Uint8Array(data.length);
  copy.set(data);
  return copy;
}

function isWrongPlace(error: unknown): boolean {
  return (
    error instanceof Error && "code" in error && WRONG_LAST_SEQUENCE.includes(Number(error.code))
  );
}

async function loadClients(): Promise<
  [typeof import("@nats-io/transport-node"), typeof import("@nats-io/jetstream")]
> {
  try {
    return [await import("@nats-io/transport-node"), await import("@nats-io/jetstream")];
  } catch (error) {
    const hint = "install the engine with all of its dependencies";
    throw new Refusal("NATS_URL needs the clients of NATS", hint, error);
  }
}
