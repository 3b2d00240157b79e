import fc from "fast-check";
import { expect, test } from "vitest";
import { OP } from "../../engine/core/command.ts";
import { Symbols } from "../../engine/core/symbols.ts";
import { CLIENT_OPS, Decoder, OPERATOR_OPS } from "../../engine/entry/decode.ts";
import { LiveVocabulary } from "../../engine/entry/vocabulary.ts";

const symbols = new Symbols();
symbols.list({ name: "BTC-USD", tick: 5, lot: 10 });
const decoder = new Decoder(new LiveVocabulary(symbols), [...CLIENT_OPS, ...OPERATOR_OPS]);

/** Often right, so that each check is reached, and else anything that JSON can say. */
const field = (...right: unknown[]): fc.Arbitrary<unknown> =>
  fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...right) }, fc.jsonValue());
const number = fc.oneof(fc.constantFrom(10, 500, 0, -1, 2 ** 53, 1e300, 0.5), fc.jsonValue());
const command = fc.record(
  {
    op: field(...CLIENT_OPS, ...OPERATOR_OPS, undefined, "__proto__", "constructor"),
    id: number,
    user: number,
    symbol: field("BTC-USD", "__proto__", ""),
    asset: field("BTC", "USD", "toString"),
    side: field("buy", "sell", "toString"),
    type: field("limit", "market", undefined),
    tif: field("GTC", "IOC", "FOK", "PO", undefined),
    price: number,
    qty: number,
    amount: number,
    position: number,
    ordersPerSecond: number,
  },
  { requiredKeys: [] },
);

test("whatever JSON says, it is a command of whole numbers in range or a refusal with a reason", () => {
  let taken = 0;
  fc.assert(
    fc.property(fc.oneof(command, fc.jsonValue()), (value) => {
      const decoded = decoder.decode(value, "new");
      if ("malformed" in decoded) {
        expect(decoded.malformed.reason).toMatch(/^[a-z-]+$/);
        expect(decoded.malformed.message.length).toBeLessThan(300);
        return;
      }
      taken += 1;
      const { command: got } = decoded;
      for (const amount of Object.values(got)) {
        expect(Number.isSafeInteger(amount) && amount >= 0).toBe(true);
      }
      if (got.op !== OP.new) return;
      expect([got.price % 5, got.qty % 10, got.symbol]).toEqual([0, 0, 0]);
      expect(got.user).toBeLessThan(2 ** 30);
      expect(got.id).toBeGreaterThan(0);
    }),
    { numRuns: 5000 },
  );
  expect(taken).toBeGreaterThan(100);
});
