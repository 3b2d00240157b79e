import { parseJson } from "../entry/http-body.ts";
import type { RequestReason } from "../entry/request-refusal.ts";
import type { Subscription } from "./conflation.ts";

export type MarketRequest =
  | { op: "subscribe"; subscription: Subscription }
  | { op: "unsubscribe"; symbol: number }
  | { reason: RequestReason; message: string };

const CHANNELS = ["l2", "trades"];
const MAX_EVERY_MS = 60_000;

/** Reads what a market data client asks for; it trusts nothing. */
export function readRequest(text: string, symbols: readonly string[]): MarketRequest {
  const given = parseJson(text);
  if (typeof given !== "object" || given === null || Array.isArray(given)) {
    return refusal("malformed", "a request is a JSON object");
  }
  const { op, symbol, channels = CHANNELS, everyMs = 0 } = given as Record<string, unknown>;
  if (op !== "subscribe" && op !== "unsubscribe") {
    return refusal("unknown-op", "accepted are subscribe, unsubscribe");
  }
  const index = typeof symbol === "string" ? symbols.indexOf(symbol) : -1;
  if (index < 0) return refusal("unknown-symbol", `accepted are ${symbols.join(", ")}`);
  if (op === "unsubscribe") return { op, symbol: index };
  if (!Array.isArray(channels) || channels.some((channel) => !CHANNELS.includes(channel))) {
    return refusal("malformed", `channels is a list of ${CHANNELS.join(", ")}`);
  }
  if (typeof everyMs !== "number" || !(everyMs >= 0 && everyMs <= MAX_EVERY_MS)) {
    return refusal("malformed", `everyMs is a number from 0 to ${MAX_EVERY_MS}`);
  }
  const [l2, trades] = CHANNELS.map((channel) => channels.includes(channel));
  return {
    op,
    subscription: { symbol: index, l2: l2 === true, trades: trades === true, everyMs },
  };
}

function refusal(reason: RequestReason, message: string): MarketRequest {
  return { reason, message };
}
