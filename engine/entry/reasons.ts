import type { Reason } from "../core/command.ts";

/** An HTTP status for each reason; 400 where none is named: the command itself is wrong. */
const CODES: Partial<Record<Reason, number>> = {
  "id-in-use": 409,
  "id-used": 409,
  "unknown-order": 404,
  "would-trade": 422,
  "cannot-fill": 422,
  "quantity-overflow": 422,
  "notional-overflow": 422,
  "balance-overflow": 422,
  "insufficient-balance": 422,
  halted: 403,
  "book-full": 503,
  "too-many-in-hand": 429,
  overloaded: 503,
  "journal-full": 503,
  "journal-failed": 503,
  "journal-slow": 503,
  "injected-fault": 500,
  "position-limit": 422,
  "order-rate-limit": 429,
  "limits-off": 409,
  unauthenticated: 401,
  forbidden: 403,
  "rate-limited": 429,
};

const MESSAGES: Partial<Record<Reason, string>> = {
  "id-in-use": "an order with this id rests in a book",
  "id-used": "an order with this id was accepted before, and is no longer in a book",
  "unknown-order": "no order with this id rests in a book",
  "would-trade": "a post-only order would have traded",
  "cannot-fill": "a fill-or-kill order could not be filled at once",
  "quantity-overflow": "the quantity at this price would no longer be exact",
  halted: "trading is halted, for this user or for everybody",
  "notional-overflow": "price times quantity would no longer be exact",
  "balance-overflow": "the sum of all deposits would no longer be exact",
  "insufficient-balance": "the user's free balance does not cover this",
  "too-many-in-hand": "this connection waits for too many answers already",
  overloaded: "as many orders are in hand as the engine takes; try again",
  "journal-full": "there is no room to make orders durable; try later",
  "journal-failed":
    "orders can't be made durable; whether this one counts is known after a restart",
  "position-limit": "the user's position could come to more than its limit",
  "order-rate-limit": "the user has sent as many orders this second as the limit allows",
  "limits-off": "this engine keeps no positions; start it with LIMITS=on",
  unauthenticated: "a valid token or key is needed, as Authorization: Bearer or X-API-Key",
  "rate-limited": "this connection sends more commands a second than it may",
  "journal-slow": "the disk takes too long to make orders durable; try later",
  "book-full": "the engine holds as many orders as it may; cancel some or try later",
};

/** The same on every way in. */
export function codeOf(reason: Reason): number {
  return CODES[reason] ?? 400;
}

export function messageOf(reason: Reason): string {
  return MESSAGES[reason] ?? reason;
}
