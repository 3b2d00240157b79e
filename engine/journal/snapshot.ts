import { closeSync, openSync, renameSync, rmSync } from "node:fs";
import { dirname } from "node:path";
import { crc32 } from "node:zlib";
import { SIDE, type Side } from "../core/command.ts";
import type { Core } from "../core/core.ts";
import { stateHash } from "../core/state-hash.ts";
import type { Symbols } from "../core/symbols.ts";
import { listSegments, listSnapshots, SNAPSHOT_MAGIC, snapshotPath, type Terms } from "./files.ts";
import {
  decodeHead,
  encodeHead,
  HEAD_BYTES,
  readAligned,
  syncData,
  syncFolder,
  writeFully,
} from "./headed-file.ts";

interface SnapshotHead extends Terms {
  sequence: number;
  nextEngineId: number;
  orders: number;
  balances: number;
  halted: number;
  recentIds: number;
  bodyCrc: number;
  hash: string;
}

const ORDER_FIELDS = 6;
const BALANCE_FIELDS = 4;
const KEPT = 2;

/** Writes the whole state beside the journal, then removes what is no longer needed to restore it. */
export function writeSnapshot(folder: string, core: Core, symbols: Symbols, terms: Terms): void {
  const orders = [...ordersOf(core)];
  const balances = [...core.accounts.balances()].map(({ user, asset, free, held }) => [
    user,
    asset,
    free,
    held,
  ]);
  const recentIds = [...core.recentIds];
  const halted = [...core.halted];
  const body = new Uint8Array(
    Float64Array.from([orders, balances, halted, recentIds].flat(2)).buffer,
  );
  const head: SnapshotHead = {
    ...terms,
    sequence: core.sequence,
    nextEngineId: core.nextEngineId,
    orders: orders.length,
    balances: balances.length,
    halted: halted.length,
    recentIds: recentIds.length,
    bodyCrc: crc32(body),
    hash: stateHash(core, symbols),
  };
  const path = snapshotPath(folder, core.sequence);
  const fd = openSync(`${path}.tmp`, "w");
  try {
    writeFully(fd, encodeHead(SNAPSHOT_MAGIC, head), 0);
    writeFully(fd, body, HEAD_BYTES);
    syncData(fd);
  } finally {
    closeSync(fd);
  }
  renameSync(`${path}.tmp`, path);
  syncFolder(dirname(path));
  prune(folder);
}

/** Puts a snapshot into an empty core; null when the file is not whole or does not give the state that it says. */
export function loadSnapshot(path: string, core: Core, symbols: Symbols): SnapshotHead | null {
  const file = readAligned(path);
  const head = decodeHead(SNAPSHOT_MAGIC, file) as SnapshotHead | null;
  if (head === null || crc32(file.subarray(HEAD_BYTES)) !== head.bodyCrc) return null;
  const numbers = new Float64Array(file.buffer, HEAD_BYTES);
  const balancesFrom = head.orders * ORDER_FIELDS;
  for (let at = 0; at < balancesFrom; at += ORDER_FIELDS) {
    const [symbol = 0, side = 0, id = 0, user = 0, price = 0, qty = 0] = numbers.subarray(
      at,
      at + ORDER_FIELDS,
    );
    core.restoreOrder(symbol, side === SIDE.buy ? SIDE.buy : SIDE.sell, id, user, price, qty);
  }
  const haltedFrom = balancesFrom + head.balances * BALANCE_FIELDS;
  const idsFrom = haltedFrom + head.halted;
  for (let at = balancesFrom; at < haltedFrom; at += BALANCE_FIELDS) {
    const [user = 0, asset = 0, free = 0, held = 0] = numbers.subarray(at, at + BALANCE_FIELDS);
    core.accounts.restore(user, asset, free, held);
  }
  for (const user of numbers.subarray(haltedFrom, idsFrom)) core.halted.add(user);
  for (const id of numbers.subarray(idsFrom)) core.recentIds.add(id);
  core.sequence = head.sequence;
  core.nextEngineId = head.nextEngineId;
  return stateHash(core, symbols) === head.hash ? head : null;
}

function* ordersOf(core: Core): Generator<number[]> {
  const sides: Side[] = [SIDE.buy, SIDE.sell];
  for (const [symbol, book] of core.books.entries()) {
    for (const side of sides) {
      for (const order of book.orders(side)) {
        const { id, user, qty } = core.pool;
        yield [
          symbol,
          side,
          id[order] ?? 0,
          user[order] ?? 0,
          book.priceOf(order),
          qty[order] ?? 0,
        ];
      }
    }
  }
}

/** Keeps the newest snapshots, and the segments from the oldest kept snapshot on. */
function prune(folder: string): void {
  const snapshots = listSnapshots(folder);
  const kept = snapshots.slice(-KEPT);
  for (const { path } of snapshots.slice(0, -KEPT)) rmSync(path, { force: true });
  const oldest = kept.length < KEPT ? 0 : (kept[0]?.sequence ?? 0);
  const segments = listSegments(folder);
  segments.forEach(({ path }, index) => {
    const next = segments[index + 1];
    if (next !== undefined && next.sequence <= oldest + 1) rmSync(path, { force: true });
  });
}
