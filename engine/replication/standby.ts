import { randomUUID } from "node:crypto";
import type { Config } from "../config.ts";
import { blankCommand, OP, SILENT } from "../core/command.ts";
import type { CoreOptions } from "../core/core.ts";
import { RECORD_BYTES, type Records, readCommand } from "../core/layout.ts";
import { lockJournal } from "../journal/lock.ts";
import { recover, termsOf } from "../journal/recovery.ts";
import { writeSnapshot } from "../journal/snapshot.ts";
import { JournalWriter } from "../journal/writer.ts";
import type { Log } from "../log.ts";
import { Refusal } from "../refusal.ts";
import { type HeldLease, takeLease } from "./lease.ts";
import { lastSequenceIn, ReplicatedLog, sequenceIn } from "./log.ts";
import { isSame } from "./replicator-worker.ts";

// An import of node:http would load its WebSocket client as well, which costs a tenth of the start.
const { createServer } = process.getBuiltinModule("node:http");

/**
 * Follows another engine's log: the same journal, the same state, the same snapshots. Resolves when the other one has been
 * silent for the lease's time and this one has taken over; the journal is then ready to be started on.
 */
export async function standBy(config: Config, core: CoreOptions, log: Log): Promise<HeldLease> {
  const { journalFolder: folder, natsUrl, natsName, natsReplicas, leaseMs, symbols } = config;
  if (folder === null || natsUrl === null) throw new Refusal("STANDBY needs NATS_URL", "set both");
  const release = await lockJournal(folder);
  const replica = recover(folder, symbols, core);
  const source = await ReplicatedLog.open(natsUrl, natsName, natsReplicas);
  await refuseOther(source, folder, replica.core.sequence);
  const writer = new JournalWriter({
    folder,
    terms: termsOf(symbols, core),
    nextSequence: replica.core.sequence + 1,
    segmentBytes: config.journalSegmentBytes,
    limitBytes: config.journalLimitBytes,
  });
  const promoted = new AbortController();
  const health = await serveHealth(config, () => replica.core.sequence);
  log.info("standing by", { sequence: replica.core.sequence, port: health.port });
  const holder = randomUUID();
  const lease = takeLease(source, holder, leaseMs, promoted.signal);
  const command = blankCommand();
  const own = replica.core.sequence;
  /** Takes a message's commands, once. */
  const take = (records: Uint8Array): void => {
    const count = records.length / RECORD_BYTES;
    if (count === 0) return;
    const known = replica.core.sequence + 1 - sequenceIn(records, 0);
    if (own > 0 && known > 0 && own === replica.core.sequence) {
      const common = Math.min(known, count);
      const at = sequenceIn(records, common - 1);
      if (!isSame(folder, at, records.subarray(0, common * RECORD_BYTES))) throw elsewhere(folder);
    }
    if (known >= count) return;
    if (known < 0)
      throw new Refusal("the log lacks commands", "copy a snapshot of the primary first");
    writer.append(records.subarray(known * RECORD_BYTES));
    writer.sync();
    const view: Records = {
      floats: new Float64Array(records.buffer),
      ints: new Int32Array(records.buffer),
    };
    for (let slot = known; slot < count; slot += 1) {
      readCommand(view, slot, command);
      replica.core.apply(command, SILENT);
      if (command.op === OP.snapshot) {
        writeSnapshot(folder, replica.core, replica.symbols, termsOf(symbols, core));
      }
    }
  };
  let place = 0;
  const following = (async () => {
    while (!promoted.signal.aborted) {
      try {
        for await (const entry of source.read(place + 1)) {
          take(entry.records);
          place = entry.place;
        }
      } catch (error) {
        // The log may be away for a while; a command that does not fit will not fit later.
        if (error instanceof Refusal) throw error;
      }
      await pause();
    }
  })();
  // A follower that can't go on must not be promoted.
  const held = await Promise.race([lease, following.then(() => lease)]);
  // From here on the old one can't write: what is in the log before this fence is all there is.
  const last = await fence(source);
  while (place < last) await Promise.race([following, pause()]);
  promoted.abort();
  writer.close();
  await source.close();
  await health.close();
  await release();
  log.info("promoted", { sequence: replica.core.sequence });
  return { holder, place: held ?? 0 };
}

async function refuseOther(source: ReplicatedLog, folder: string, own: number): Promise<void> {
  const { entry } = await source.last();
  const held = entry === null ? 0 : lastSequenceIn(entry.records);
  if (own > held) throw elsewhere(folder);
}

/** An engine that was the primary may hold commands that it could not send: nobody was told of them, and they are void. */
function elsewhere(folder: string): Refusal {
  const hint = "move that JOURNAL_DIR away: the journal is filled from the log";
  return new Refusal(`the journal in ${folder} holds commands that the log does not`, hint);
}

/** Writes a message without commands behind whatever is there; its place. */
async function fence(source: ReplicatedLog): Promise<number> {
  for (;;) {
    try {
      source.place = (await source.last()).place;
      await source.append(new Uint8Array(0));
      return source.place;
    } catch {
      await pause();
    }
  }
}

function pause(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 20));
}

/** A standby takes no orders, and says so to whoever routes. */
async function serveHealth(
  { host, port }: Config,
  sequence: () => number,
): Promise<{ port: number; close(): Promise<void> }> {
  const server = createServer((_request, response) => {
    response.writeHead(503, { "content-type": "application/json", connection: "close" });
    response.end(JSON.stringify({ status: "standby", sequence: sequence() }));
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, resolve);
  });
  const address = server.address();
  return {
    port: typeof address === "object" && address !== null ? address.port : port,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
