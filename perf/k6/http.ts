import { check } from "k6";
import http from "k6/http";
import { orderOf } from "./order.ts";
import { BASE_URL } from "./setting.ts";

const HEADERS = { headers: { "content-type": "application/json" } };

/** One order by HTTP. */
export function httpOrder(): void {
  const answer = http.post(`${BASE_URL}/orders`, JSON.stringify(orderOf(__VU, __ITER)), HEADERS);
  check(answer, { "the order is taken": ({ status }) => status === 201 });
}
