import { rmSync } from "node:fs";
import { crc32 } from "node:zlib";
import { SIDE } from "../core/command.ts";
import type { Core } from "../core/core.ts";
import type { Limits } from "../core/limits.ts";
import { stateHash } from "../core/state-hash.ts";
import type { Symbols } from "../core/symbols.ts";
import { listSegments, listSnapshots, SNAPSHOT_MAGIC, snapshotPath, type Terms } from "./files.ts";
import { decodeHead, encodeHead, HEAD_BYTES, readAligned, readHead } from "./headed-file.ts";
import { NumberSheet } from "./number-sheet.ts";
import { replaceFile } from "./replace-file.ts";

interface SnapshotHead extends Terms {
  sequence: number;
  nextEngineId: number;
  orders: number;
  balances: number;
  halted: number;
  recentIds: number;
  /** Numbers, not entries. Snapshots from before there were limits have none. */
  limitNumbers?: number[];
  bodyCrc: number;
  hash: string;
}

const ORDER_FIELDS = 6;
const BALANCE_FIELDS = 4;
const LIMIT_FIELDS = 3;
const KEPT = 2;

/**
 * Writes the whole state beside the journal, then removes what is no longer needed to restore it. Commands after `keepAfter` stay
 * in any case: somebody has not read them yet.
 */
export function writeSnapshot(
  folder: string,
  core: Core,
  symbols: Symbols,
  terms: Terms,
  keepAfter = core.sequence,
): void {
  const sheet = new NumberSheet();
  const orders = addOrders(core, sheet) / ORDER_FIELDS;
  const balances = addBalances(core, sheet) / BALANCE_FIELDS;
  const halted = sheet.addAll(core.halted);
  const recentIds = sheet.addAll(core.recentIds);
  const limitNumbers = addLimits(core.limits, sheet);
  const body = sheet.bytes;
  const head: SnapshotHead = {
    ...terms,
    sequence: core.sequence,
    nextEngineId: core.nextEngineId,
    orders,
    balances,
    halted,
    recentIds,
    limitNumbers,
    bodyCrc: crc32(body),
    hash: stateHash(core, symbols),
  };
  const parts = [encodeHead(SNAPSHOT_MAGIC, head), body];
  replaceFile(snapshotPath(folder, core.sequence), parts);
  prune(folder, keepAfter);
}

/** The hash of the state that a snapshot holds, or null when it can't be read. */
export function hashOfSnapshot(path: string): string | null {
  return headOf(path)?.hash ?? null;
}

/** What a snapshot's numbers mean, or null when it can't be read. */
export function termsOfSnapshot(path: string): Terms | null {
  return headOf(path);
}

function headOf(path: string): SnapshotHead | null {
  return decodeHead(SNAPSHOT_MAGIC, readHead(path)) as SnapshotHead | null;
}

/** Whether a snapshot's bytes are those that were written: if it then gives another state, that is not the disk's doing. */
export function isWholeSnapshot(path: string): boolean {
  const file = readAligned(path);
  const head = decodeHead(SNAPSHOT_MAGIC, file) as SnapshotHead | null;
  return head !== null && crc32(file.subarray(HEAD_BYTES)) === head.bodyCrc;
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
  const limitsFrom = idsFrom + head.recentIds;
  for (const id of numbers.subarray(idsFrom, limitsFrom)) core.recentIds.add(id);
  if (core.limits !== null) {
    restoreLimits(core.limits, numbers.subarray(limitsFrom), head.limitNumbers ?? []);
  }
  core.sequence = head.sequence;
  core.nextEngineId = head.nextEngineId;
  return stateHash(core, symbols) === head.hash ? head : null;
}

/** How many numbers each of limits, rates and positions has; three make an entry. */
function addLimits(limits: Limits | null, sheet: NumberSheet): number[] {
  if (limits === null) return [];
  const standings = limits.standings();
  const starts = [sheet.length];
  for (const [user, { position, ordersPerSecond }] of limits.limits()) {
    sheet.add(user).add(position).add(ordersPerSecond);
  }
  starts.push(sheet.length);
  for (const { user, second, count } of standings) sheet.add(user).add(second).add(count);
  starts.push(sheet.length);
  for (const { user, positions } of standings) {
    positions.forEach((position, symbol) => void sheet.add(user).add(symbol).add(position));
  }
  starts.push(sheet.length);
  return starts.slice(1).map((end, at) => end - (starts[at] ?? 0));
}

function restoreLimits(limits: Limits, numbers: Float64Array, lengths: readonly number[]): void {
  const [limited = 0, rated = 0] = lengths;
  for (let at = 0; at < numbers.length; at += LIMIT_FIELDS) {
    const [user = 0, second = 0, third = 0] = numbers.subarray(at, at + LIMIT_FIELDS);
    if (at < limited) limits.set(user, { position: second, ordersPerSecond: third });
    else if (at < limited + rated) limits.restore(user, second, third);
    else limits.restorePosition(user, second, third);
  }
}

function addOrders(core: Core, sheet: NumberSheet): number {
  const before = sheet.length;
  const { pool } = core;
  for (const [symbol, book] of core.books.entries()) {
    for (const side of [SIDE.buy, SIDE.sell]) {
      for (const order of book.orders(side)) {
        sheet
          .add(symbol)
          .add(side)
          .add(pool.id(order))
          .add(pool.user(order))
          .add(book.priceOf(order))
          .add(pool.qty(order));
      }
    }
  }
  return sheet.length - before;
}

function addBalances(core: Core, sheet: NumberSheet): number {
  const before = sheet.length;
  for (const { user, asset, free, held } of core.accounts.balances()) {
    sheet.add(user).add(asset).add(free).add(held);
  }
  return sheet.length - before;
}

/** Keeps the newest snapshots, and the segments from the oldest kept snapshot on. */
function prune(folder: string, keepAfter: number): void {
  const snapshots = listSnapshots(folder);
  const kept = snapshots.slice(-KEPT);
  for (const { path } of snapshots.slice(0, -KEPT)) rmSync(path, { force: true });
  const oldest = kept.length < KEPT ? 0 : Math.min(kept[0]?.sequence ?? 0, keepAfter);
  const segments = listSegments(folder);
  segments.forEach(({ path }, index) => {
    const next = segments[index + 1];
    if (next !== undefined && next.sequence <= oldest + 1) rmSync(path, { force: true });
  });
}
