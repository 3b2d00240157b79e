import fc from "fast-check";
import { expect, test } from "vitest";
import {
  blankCommand,
  type Command,
  KIND,
  OP,
  SIDE,
  type Side,
} from "../../engine/core/command.ts";
import { Core } from "../../engine/core/core.ts";
import { stateHash } from "../../engine/core/state-hash.ts";
import { Symbols } from "../../engine/core/symbols.ts";
import { EventTape } from "./support/event-tape.ts";

const USERS = 3;
const ASSETS = 2;

const command: fc.Arbitrary<Command> = fc.record({
  op: fc.constantFrom(OP.new, OP.new, OP.new, OP.cancel, OP.move, OP.reduce, OP.deposit),
  id: fc.integer({ min: 1, max: 20 }),
  user: fc.integer({ min: 1, max: USERS }),
  symbol: fc.constant(0),
  side: fc.constantFrom(SIDE.buy, SIDE.sell),
  kind: fc.constantFrom(...Object.values(KIND)),
  price: fc.integer({ min: 1, max: 12 }),
  qty: fc.integer({ min: 1, max: 30 }),
  timeMs: fc.integer({ min: 0, max: 4_000 }),
});
const commands = fc.array(
  fc.tuple(command, fc.integer({ min: 0, max: ASSETS - 1 })).map(([given, asset]) =>
    // A deposit's symbol is its asset.
    given.op === OP.deposit ? { ...given, symbol: asset, qty: given.qty * 10 } : given,
  ),
  { maxLength: 120 },
);

test("a book is never crossed, whatever comes", () => {
  fc.assert(
    fc.property(commands, fc.boolean(), (list, preventSelfTrade) => {
      const { core } = engine({ risk: false, preventSelfTrade });
      const tape = new EventTape();
      for (const item of list) {
        core.apply(item, tape);
        const { bids, asks } = core.depth(0);
        expect(bids[0]?.[0] ?? 0).toBeLessThan(asks[0]?.[0] ?? Number.POSITIVE_INFINITY);
      }
    }),
  );
});

test("each accepted quantity is traded, cancelled, reduced or still there", () => {
  fc.assert(
    fc.property(commands, (list) => {
      const { core } = engine({ risk: false, preventSelfTrade: false });
      let balance = 0;
      const count = {
        accepted: () => {},
        rejected: () => {},
        moved: () => {},
        trade: (_taker: number, _maker: number, _price: number, qty: number) => {
          balance -= 2 * qty;
        },
        canceled: (_id: number, qty: number) => {
          balance -= qty;
        },
        reduced: (_id: number, qty: number) => {
          balance -= qty;
        },
      };
      for (const item of list) {
        if (item.op === OP.deposit) continue;
        const accepted = () => {
          balance += item.qty;
        };
        core.apply(item, { ...count, accepted });
      }
      const { bids, asks } = core.depth(0);
      expect(balance).toBe([...bids, ...asks].reduce((sum, [, qty]) => sum + qty, 0));
    }),
  );
});

test("no balance is ever negative, and of each asset there is what was deposited", () => {
  fc.assert(
    fc.property(commands, fc.boolean(), (list, preventSelfTrade) => {
      const { core } = engine({ risk: true, preventSelfTrade });
      const deposited = new Array(ASSETS).fill(0);
      const tape = new EventTape();
      for (const item of list) {
        core.apply(item, tape);
        if (item.op === OP.deposit) deposited[item.symbol] += item.qty;
        const held = new Array(ASSETS).fill(0);
        for (const balance of core.accounts.balances()) {
          expect(balance.free).toBeGreaterThanOrEqual(0);
          expect(balance.held).toBeGreaterThanOrEqual(0);
          held[balance.asset] += balance.free + balance.held;
        }
        expect(held).toEqual(deposited);
      }
    }),
  );
});

test("what is set aside is exactly what the resting orders may cost", () => {
  fc.assert(
    fc.property(commands, (list) => {
      const { core } = engine({ risk: true, preventSelfTrade: true });
      const tape = new EventTape();
      for (const item of list) core.apply(item, tape);
      const { bids, asks } = core.depth(0);
      const due = [
        asks.reduce((sum, [, qty]) => sum + qty, 0),
        bids.reduce((sum, [price, qty]) => sum + price * qty, 0),
      ];
      const held = [0, 0];
      for (const { asset, held: amount } of core.accounts.balances()) {
        held[asset] = (held[asset] ?? 0) + amount;
      }
      expect(held).toEqual(due);
    }),
  );
});

test("no position can come to more than its limit, whatever is filled, and each second has its share", () => {
  fc.assert(
    fc.property(commands, fc.integer({ min: 1, max: 60 }), (list, position) => {
      const { core } = engine({ risk: false, preventSelfTrade: false, limits: true });
      core.limits?.set(0, { position, ordersPerSecond: 5 });
      core.limits?.set(2, { position: position * 2, ordersPerSecond: 0 });
      const allowed = (user: number): number => (user === 2 ? position * 2 : position);
      const accepted = new Map<string, number>();
      for (const item of list.toSorted((a, b) => a.timeMs - b.timeMs)) {
        const tape = new EventTape();
        core.apply(item, tape);
        if (item.op === OP.new && item.user !== 2 && tape.take()[0]?.startsWith("accepted")) {
          const second = `${item.user} ${Math.floor(item.timeMs / 1000)}`;
          accepted.set(second, (accepted.get(second) ?? 0) + 1);
          expect(accepted.get(second)).toBeLessThanOrEqual(5);
        }
        for (const { user, positions } of core.limits?.standings() ?? []) {
          const open = openOf(core, user);
          expect((positions[0] ?? 0) + open.buy).toBeLessThanOrEqual(allowed(user));
          expect(open.sell - (positions[0] ?? 0)).toBeLessThanOrEqual(allowed(user));
        }
      }
      const sum = core.limits?.standings().reduce((all, one) => all + (one.positions[0] ?? 0), 0);
      expect(sum).toBe(0);
    }),
  );
});

test("an order is another user's business only where nobody says who asks", () => {
  const { core } = engine({ risk: false, preventSelfTrade: false });
  const tape = new EventTape();
  const order = { ...blankCommand(), op: OP.new, id: 1, user: 1, price: 5, qty: 2 };
  core.apply(order, tape);
  core.apply({ ...order, op: OP.cancel, user: 2 }, tape);
  core.apply({ ...order, op: OP.reduce, user: 1, qty: 1 }, tape);
  core.apply({ ...order, op: OP.cancel, user: 0 }, tape);
  expect(tape.take().slice(1)).toEqual([
    "rejected 1 unknown-order",
    "reduced 1 1 1",
    "canceled 1 1",
  ]);
});

test("the same commands give the same state", () => {
  fc.assert(
    fc.property(commands, (list) => {
      const hashes = [0, 1].map(() => {
        const { core, symbols } = engine({ risk: true, preventSelfTrade: false });
        for (const item of list) core.apply(item, new EventTape());
        return stateHash(core, symbols);
      });
      expect(hashes[0]).toBe(hashes[1]);
    }),
  );
});

function openOf(core: Core, user: number): { buy: number; sell: number } {
  const { pool } = core;
  const [book] = core.books;
  const sum = (side: Side): number =>
    Array.from(book?.orders(side) ?? [], (order) =>
      pool.user(order) === user ? pool.qty(order) : 0,
    ).reduce((all, qty) => all + qty, 0);
  return { buy: sum(SIDE.buy), sell: sum(SIDE.sell) };
}

function engine(options: { risk: boolean; preventSelfTrade: boolean; limits?: boolean }): {
  core: Core;
  symbols: Symbols;
} {
  const core = new Core({ maxOrders: 1000, ...options });
  const symbols = new Symbols();
  core.addSymbol(symbols.list({ name: "BASE-USD", tick: 1, lot: 1 }));
  return { core, symbols };
}
