import { sideOf } from "../core/book.ts";
import { blankCommand, KIND, OP, SIDE } from "../core/command.ts";
import type { Core } from "../core/core.ts";
import type { ChangedOrder } from "./changes.ts";

const KINDS = Object.keys(KIND);

/** One row of the table of orders. */
export function rowOfOrder(order: ChangedOrder, nameOf: (symbol: number) => string): object {
  const { opened, ...rest } = order;
  if (opened === null) return rest;
  const { command, sequence, timeMs } = opened;
  return {
    ...rest,
    user: command.user,
    symbol: nameOf(command.symbol),
    side: command.side === SIDE.buy ? "buy" : "sell",
    kind: KINDS[command.kind],
    price: order.price ?? command.price,
    qty: command.qty,
    opened: sequence,
    timeMs,
  };
}

/** All that rests, as if it had been opened now: how it came there is not known. */
export function* restingOrders(core: Core, timeMs: number): Generator<ChangedOrder> {
  const { pool, sequence } = core;
  for (const [symbol, book] of core.books.entries()) {
    for (const side of [SIDE.buy, SIDE.sell] as const) {
      for (const order of book.orders(side)) {
        const [id, user, qty] = [pool.id(order), pool.user(order), pool.qty(order)];
        const price = book.priceOf(order);
        const command = { ...blankCommand(), op: OP.new, id, user, symbol, price, qty };
        const opened = { command: { ...command, side: sideOf(pool, order) }, sequence, timeMs };
        yield { id, status: "open", openQty: qty, price, sequence, opened };
      }
    }
  }
}
