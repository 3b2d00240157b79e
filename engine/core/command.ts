/** A command as the core takes it: numbers only, so that it can live in a fixed-size record. */
export interface Command {
  op: Op;
  id: number;
  /** 0 when the command does not say whose it is; everybody's in a halt and a resume. */
  user: number;
  /** Index of the symbol; of the asset in a deposit. */
  symbol: number;
  side: Side;
  kind: Kind;
  price: number;
  /** The amount in a deposit, the position in a limit. */
  qty: number;
  /** When the sequencer took it; 0 when nobody has to know. */
  timeMs: number;
}

export const OP = {
  new: 0,
  cancel: 1,
  move: 2,
  reduce: 3,
  deposit: 4,
  snapshot: 5,
  halt: 6,
  resume: 7,
  /** Sets what a user is allowed; `price` is orders a second, `qty` the position. */
  limit: 8,
} as const;
export type Op = (typeof OP)[keyof typeof OP];

export const SIDE = { buy: 0, sell: 1 } as const;
export type Side = (typeof SIDE)[keyof typeof SIDE];

/** What happens to an order that can't be filled at once: rest, cancel, refuse all, refuse any fill. */
export const KIND = { GTC: 0, IOC: 1, FOK: 2, PO: 3, market: 4, marketFOK: 5 } as const;
export type Kind = (typeof KIND)[keyof typeof KIND];

/** Why a command was not carried out. The list is closed: clients switch on it. */
export const REASONS = [
  "malformed",
  "invalid-id",
  "invalid-user",
  "invalid-side",
  "invalid-type",
  "invalid-tif",
  "invalid-price",
  "invalid-quantity",
  "unknown-op",
  "unknown-symbol",
  "unknown-asset",
  "off-tick",
  "off-lot",
  "id-in-use",
  "id-used",
  "unknown-order",
  "would-trade",
  "cannot-fill",
  "halted",
  "book-full",
  "quantity-overflow",
  "notional-overflow",
  "balance-overflow",
  "insufficient-balance",
  "overloaded",
  "too-many-in-hand",
  "journal-full",
  "journal-failed",
  "injected-fault",
  "position-limit",
  "order-rate-limit",
  "limits-off",
  "unauthenticated",
  "forbidden",
  "rate-limited",
  "journal-slow",
] as const;
export type Reason = (typeof REASONS)[number];

/** Ids below this are the client's to choose; the engine takes its own from here on. */
export const FIRST_ENGINE_ID = 2 ** 40;

/** What the core says of a command, in the order in which it happened. */
export interface Listener {
  accepted(id: number): void;
  rejected(id: number, reason: Reason): void;
  trade(taker: number, maker: number, price: number, qty: number): void;
  /** `qty` is what was taken off the order. */
  canceled(id: number, qty: number): void;
  reduced(id: number, qty: number, remaining: number): void;
  moved(id: number, price: number): void;
}

/** For whoever wants the state alone. */
export const SILENT: Listener = {
  accepted: () => {},
  rejected: () => {},
  trade: () => {},
  canceled: () => {},
  reduced: () => {},
  moved: () => {},
};

/** A command of no meaning yet, to be filled in. */
export function blankCommand(): Command {
  return {
    op: OP.cancel,
    id: 0,
    user: 0,
    symbol: 0,
    side: SIDE.buy,
    kind: KIND.GTC,
    price: 0,
    qty: 0,
    timeMs: 0,
  };
}
