import { check } from "k6";
import { Counter, Trend } from "k6/metrics";
import { WebSocket } from "k6/websockets";
import { orderOf } from "./order.ts";
import { count, WEBSOCKET_URL } from "./setting.ts";

/** From sending an order to its answer. */
export const orderDuration = new Trend("ws_order_duration", true);
/** Orders that had no answer when their connection ended. */
export const unanswered = new Counter("ws_orders_unanswered");

/** Orders of one connection, each sent when the one before it was answered. */
const ORDERS = count("WS_ORDERS", 20);
const LIMIT_MS = 10_000;

/** One connection, and its orders one by one. */
export function webSocketOrders(): void {
  const socket = new WebSocket(WEBSOCKET_URL);
  const late = setTimeout(() => socket.close(), LIMIT_MS);
  let answered = 0;
  let sentAtMs = 0;
  const send = (): void => {
    sentAtMs = Date.now();
    socket.send(JSON.stringify({ ref: answered, ...orderOf(__VU, __ITER * ORDERS + answered) }));
  };
  socket.onopen = send;
  socket.onmessage = (message) => {
    orderDuration.add(Date.now() - sentAtMs);
    check(message?.data, { "the order is taken": (text) => codeOf(text) === 201 });
    answered += 1;
    if (answered < ORDERS) send();
    else socket.close();
  };
  socket.onclose = () => {
    clearTimeout(late);
    unanswered.add(ORDERS - answered);
  };
  socket.onerror = (event) => console.error(event?.error);
}

function codeOf(data: unknown): number | undefined {
  const answer: unknown = typeof data === "string" ? JSON.parse(data) : undefined;
  if (typeof answer !== "object" || answer === null || !("code" in answer)) return undefined;
  return Number(answer.code);
}
