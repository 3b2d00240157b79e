import { crc32 } from "node:zlib";
import fc from "fast-check";
import { expect, test } from "vitest";
import { BITMAP_SIZE, Bitmap } from "../../engine/core/bitmap.ts";
import { blankCommand, FIRST_ENGINE_ID } from "../../engine/core/command.ts";
import { IdMap } from "../../engine/core/id-map.ts";
import { crcOfInts, isSealed, readCommand, seal, writeCommand } from "../../engine/core/layout.ts";
import { OrderIndex } from "../../engine/core/order-index.ts";
import { NONE, OrderPool } from "../../engine/core/order-pool.ts";
import { RecentIds } from "../../engine/core/recent-ids.ts";
import { Ring } from "../../engine/pipeline/ring.ts";

test("the bitmap finds the neighbours that a sorted list has", () => {
  const index = fc.integer({ min: 0, max: BITMAP_SIZE - 1 });
  fc.assert(
    fc.property(fc.array(fc.tuple(index, fc.boolean())), index, (changes, from) => {
      const bitmap = new Bitmap();
      const list = new Set<number>();
      for (const [at, isSet] of changes) {
        if (isSet) bitmap.set(at);
        else bitmap.clear(at);
        if (isSet) list.add(at);
        else list.delete(at);
      }
      const sorted = [...list].sort((a, b) => a - b);
      expect(bitmap.first()).toBe(sorted[0] ?? -1);
      expect(bitmap.last()).toBe(sorted.at(-1) ?? -1);
      expect(bitmap.after(from)).toBe(sorted.find((at) => at > from) ?? -1);
      expect(bitmap.before(from)).toBe(sorted.findLast((at) => at < from) ?? -1);
    }),
  );
});

test("the id map holds what a Map holds, through growth and removals", () => {
  const id = fc.oneof(
    fc.integer({ min: 1, max: 40 }),
    fc.maxSafeNat().map((n) => n || 1),
  );
  fc.assert(
    fc.property(fc.array(fc.tuple(id, fc.boolean()), { maxLength: 200 }), (changes) => {
      const map = new IdMap(4);
      const model = new Map<number, number>();
      changes.forEach(([key, add], index) => {
        if (add && !model.has(key)) map.add(key, index + 1);
        if (add && !model.has(key)) model.set(key, index + 1);
        if (!add && model.delete(key)) map.remove(key);
      });
      for (const [key] of changes) expect(map.get(key)).toBe(model.get(key) ?? 0);
    }),
  );
});

test("the order index finds what a Map finds, through growth, removals and chains of several orders", () => {
  const id = fc.oneof(
    fc.integer({ min: 1, max: 40 }),
    // The same chain, or the one beside it, as long as the index is small.
    fc.tuple(fc.nat({ max: 30 }), fc.nat({ max: 2 })).map(([run, at]) => 1 + run * 4 + at),
    fc.integer({ min: FIRST_ENGINE_ID, max: FIRST_ENGINE_ID + 20 }),
    fc.maxSafeNat().map((n) => n || 1),
  );
  fc.assert(
    fc.property(fc.array(fc.tuple(id, fc.boolean()), { maxLength: 300 }), (changes) => {
      const pool = new OrderPool();
      const index = new OrderIndex(pool, 2);
      const model = new Map<number, number>();
      for (const [key, adds] of changes) {
        const known = model.get(key);
        if (adds && known === undefined) {
          const order = pool.take(key, 7, key % 5, 3);
          index.add(key, order);
          model.set(key, order);
        }
        if (adds || known === undefined) continue;
        index.remove(known);
        pool.release(known);
        model.delete(key);
      }
      for (const [key] of changes) expect(index.get(key)).toBe(model.get(key) ?? NONE);
      for (const [key, order] of model) {
        expect([pool.id(order), pool.user(order), pool.qty(order)]).toEqual([key, 7, key % 5]);
      }
      expect(pool.live).toBe(model.size);
    }),
  );
});

test("orders keep what they are when the pool grows", () => {
  const pool = new OrderPool();
  const orders = Array.from({ length: 40_000 }, (_, at) => pool.take(2 ** 40 + at, at, at * 3, 5));
  for (const [at, order] of orders.entries()) {
    pool.setSlot(order, at);
    pool.setPrev(order, at + 1);
    pool.setNext(order, at + 2);
  }
  const more = pool.take(1, 1, 1, 1);
  const wrong = orders.filter(
    (order, at) =>
      pool.id(order) !== 2 ** 40 + at ||
      pool.user(order) !== at ||
      pool.qty(order) !== at * 3 ||
      pool.place(order) !== 5 ||
      pool.slot(order) !== at ||
      pool.prev(order) !== at + 1 ||
      pool.next(order) !== at + 2,
  );
  expect(wrong).toEqual([]);
  expect(new Set([...orders, more, NONE]).size).toBe(40_002);
});

test("the recent ids are the last ones, oldest first", () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(fc.integer({ min: 1 })),
      fc.integer({ min: 1, max: 9 }),
      (ids, size) => {
        const recent = new RecentIds(size);
        for (const id of ids) recent.add(id);
        expect([...recent]).toEqual(ids.slice(-size));
        for (const id of ids) expect(recent.has(id)).toBe(ids.slice(-size).includes(id));
      },
    ),
  );
});

test("a command comes out of its record as it went in, and one changed bit breaks the seal", () => {
  const records = { floats: new Float64Array(16), ints: new Int32Array(0) };
  records.ints = new Int32Array(records.floats.buffer);
  const number = fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER });
  const command = fc.record({
    op: fc.constantFrom(0, 1, 2, 3, 4, 5),
    id: number,
    user: fc.integer({ min: 0, max: 0x7fffffff }),
    symbol: fc.integer({ min: 0, max: 1000 }),
    side: fc.constantFrom(0, 1),
    kind: fc.constantFrom(0, 1, 2, 3, 4, 5),
    price: number,
    qty: number,
    timeMs: fc.constant(1),
  });
  fc.assert(
    fc.property(command, number, fc.integer({ min: 0, max: 511 }), (given, sequence, bit) => {
      writeCommand(records, 1, given, sequence, 1);
      seal(records, 1);
      const read = blankCommand();
      readCommand(records, 1, read);
      expect(read).toEqual(given);
      expect(isSealed(records, 1)).toBe(true);
      const bytes = new Uint8Array(records.floats.buffer);
      expect(records.ints[31]).toBe(crc32(bytes.subarray(64, 124)) | 0);
      const byte = 64 + (bit >> 3);
      bytes[byte] = (bytes[byte] ?? 0) ^ (1 << (bit & 7));
      expect(isSealed(records, 1)).toBe(false);
    }),
  );
});

test("the sum of any stretch of words is zlib's", () => {
  const words = fc.array(fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }), { maxLength: 40 });
  fc.assert(
    fc.property(words, fc.nat({ max: 3 }), (given, from) => {
      const ints = Int32Array.from([...Array.from({ length: from }, () => 7), ...given]);
      const bytes = new Uint8Array(ints.buffer, from * 4);
      expect(crcOfInts(ints, from, given.length)).toBe(crc32(bytes) | 0);
    }),
  );
});

test("a ring's positions go on through the end of 32 bits", () => {
  const ring = new Ring(Ring.allocate(8));
  let position = 0x7ffffffe;
  ring.consume(position);
  for (let step = 0; step < 4; step += 1) {
    const next = (position + 1) | 0;
    expect(ring.slot(next)).toBe((ring.slot(position) + 1) % 8);
    position = next;
    ring.publish(position);
  }
  expect((ring.published - ring.consumed) | 0).toBe(4);
});
