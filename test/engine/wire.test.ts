import { readFileSync } from "node:fs";
import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { WebSocket } from "ws";
import { blankCommand, REASONS } from "../../engine/core/command.ts";
import { Symbols } from "../../engine/core/symbols.ts";
import { LiveVocabulary } from "../../engine/entry/vocabulary.ts";
import { COMMAND_BYTES, STATUSES, WireDecoder } from "../../engine/entry/wire.ts";
import { EngineProcess } from "./support/engine-process.ts";

let engine: EngineProcess;
let socket: WebSocket;

beforeAll(async () => {
  engine = await EngineProcess.start();
  socket = new WebSocket(`${engine.url}/ws`);
  await new Promise((resolve) => socket.once("open", resolve));
});
afterAll(async () => {
  socket.terminate();
  await engine[Symbol.asyncDispose]();
});

const order = { op: 0, side: 0, kind: 0, user: 1, id: 0, price: 100, qty: 5, symbol: 1 };

test("a frame of commands is answered by a frame of results and fills", async () => {
  const results = await exchange(
    command({ id: 1 }),
    command({ id: 2, price: 101 }),
    command({ id: 3, side: 1, kind: 1, price: 100, qty: 12, user: 2 }),
    command({ id: 3, op: 1 }),
    command({ qty: 0.5 }),
    command({ symbol: 9 }),
    command({ op: 77 }),
  );
  expect(results).toEqual([
    { id: 1, filled: 0, canceled: 0, status: "accepted", reason: undefined, code: 201, fills: [] },
    { id: 2, filled: 0, canceled: 0, status: "accepted", reason: undefined, code: 201, fills: [] },
    {
      id: 3,
      filled: 10,
      canceled: 2,
      status: "canceled",
      reason: undefined,
      code: 201,
      fills: [
        [2, 101, 5],
        [1, 100, 5],
      ],
    },
    refused(404, "unknown-order", 3),
    refused(400, "invalid-quantity", 0),
    refused(400, "unknown-symbol", 0),
    refused(400, "unknown-op", 0),
  ]);
  const { symbols } = (await engine.call("GET", "/symbols")).body as {
    symbols: { name: string }[];
  };
  expect(symbols[1]).toMatchObject({ name: "ETH-USD", index: 1, tick: 1, lot: 1 });
});

test("a frame that is not cut right ends its connection, and no other", async () => {
  const other = new WebSocket(`${engine.url}/ws`);
  await new Promise((resolve) => other.once("open", resolve));
  other.send(Buffer.alloc(COMMAND_BYTES + 1));
  expect(await new Promise((resolve) => other.once("close", resolve))).toBe(1007);
  expect(await exchange(command({ op: 1, id: 99 }))).toMatchObject([{ code: 404 }]);
});

test("whatever the bytes are, each command gets an answer and the engine lives", async () => {
  const bytes = fc.uint8Array({ minLength: COMMAND_BYTES * 3, maxLength: COMMAND_BYTES * 3 });
  for (const frame of fc.sample(bytes, 60)) {
    frame.forEach((_byte, at) => {
      // Small numbers in the first bytes, so that some get further than the first check.
      if (at % COMMAND_BYTES < 4) frame[at] = (frame[at] ?? 0) % 8;
    });
    expect(await exchange(frame)).toHaveLength(3);
  }
  expect((await engine.call("GET", "/health")).code).toBe(200);
});

test("a command that the decoder takes is whole numbers in range, whatever the bytes are", () => {
  const symbols = new Symbols();
  symbols.list({ name: "BTC-USD", tick: 1, lot: 1 });
  const decoder = new WireDecoder(new LiveVocabulary(symbols), symbols, 1);
  const taken = blankCommand();
  const float = fc.oneof(fc.double(), fc.maxSafeNat(), fc.integer());
  const fields = fc.tuple(fc.uint8Array({ minLength: 40, maxLength: 40 }), float, float, float);
  fc.assert(
    fc.property(fields, fc.integer({ min: 0, max: 4 }), ([bytes, id, price, qty], op) => {
      const view = new DataView(bytes.buffer, bytes.byteOffset);
      view.setUint8(0, op);
      view.setUint8(1, bytes[1] === undefined ? 0 : bytes[1] & 1);
      view.setUint8(2, (bytes[2] ?? 0) % 7);
      view.setUint32(32, 0, true);
      [id, price, qty].forEach((number, at) => {
        view.setFloat64(8 + at * 8, number, true);
      });
      decoder.load(bytes);
      if (decoder.read(0, taken) !== null) return;
      for (const number of [taken.id, taken.op, taken.side, taken.kind]) {
        expect(Number.isSafeInteger(number)).toBe(true);
      }
      if (taken.op === 0 || taken.op === 3) expect(taken.qty).toBeGreaterThan(0);
      if (taken.op === 2) expect(taken.price).toBeGreaterThan(0);
    }),
  );
});

test("the page of the wire format lists the reasons by their numbers", () => {
  const page = readFileSync(new URL("../../docs/engine/wire.md", import.meta.url), "utf8");
  REASONS.forEach((reason, index) => {
    expect(page).toContain(`| ${index + 1} | \`${reason}\` |`);
  });
});

function command(fields: Partial<typeof order>): Uint8Array {
  const { op, side, kind, user, id, price, qty, symbol } = { ...order, ...fields };
  const bytes = new Uint8Array(COMMAND_BYTES);
  const view = new DataView(bytes.buffer);
  bytes.set([op, side, kind]);
  view.setUint32(4, user, true);
  view.setFloat64(8, id, true);
  view.setFloat64(16, price, true);
  view.setFloat64(24, qty, true);
  view.setUint32(32, symbol, true);
  return bytes;
}

async function exchange(...commands: Uint8Array[]): Promise<unknown[]> {
  const answer = new Promise<Buffer>((resolve) =>
    socket.once("message", (data) => resolve(data as Buffer)),
  );
  socket.send(Buffer.concat(commands));
  const frame = await answer;
  const count = frame.readUInt32LE(0);
  let fillAt = 8 + count * 32;
  const results = Array.from({ length: count }, (_, index) => {
    const at = 8 + index * 32;
    const fills = Array.from({ length: frame.readUInt32LE(at + 28) }, () => {
      const fill = [0, 8, 16].map((offset) => frame.readDoubleLE(fillAt + offset));
      fillAt += 24;
      return fill;
    });
    const reason = frame.readUInt8(at + 25);
    return {
      id: frame.readDoubleLE(at),
      filled: frame.readDoubleLE(at + 8),
      canceled: frame.readDoubleLE(at + 16),
      status: STATUSES[frame.readUInt8(at + 24)],
      reason: reason === 0 ? undefined : REASONS[reason - 1],
      code: frame.readUInt16LE(at + 26),
      fills,
    };
  });
  expect(fillAt).toBe(frame.length);
  return results;
}

function refused(code: number, reason: string, id: number): object {
  return { id, filled: 0, canceled: 0, status: "rejected", reason, code, fills: [] };
}
