/** What the engine takes at POST /orders and, one in a message, at /ws. */
export interface Order {
  user: number;
  symbol: string;
  side: "buy" | "sell";
  type: "limit";
  tif: "GTC" | "IOC";
  price: number;
  qty: number;
}

/** Around one price, so that orders trade with each other and the book stays small. */
const MIDDLE = 10_000;
const SPREAD = 5;
const USERS = 100;

/** The order of one iteration: the same numbers give the same order, so both arms of a comparison get the same. */
export function orderOf(user: number, iteration: number): Order {
  const isBuy = iteration % 2 === 0;
  const offset = (iteration % SPREAD) - 2;
  return {
    user: 1 + (user % USERS),
    symbol: "BTC-USD",
    side: isBuy ? "buy" : "sell",
    type: "limit",
    tif: iteration % 10 === 0 ? "IOC" : "GTC",
    price: MIDDLE + (isBuy ? offset : -offset),
    qty: 1 + (iteration % 7),
  };
}
