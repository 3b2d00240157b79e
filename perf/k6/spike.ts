import type { Options } from "k6/options";
import { count, duration } from "./setting.ts";

export { httpOrder } from "./http.ts";
export { webSocketOrders } from "./websocket.ts";

const CALM = count("RATE", 200);
const HELD = duration("DURATION", "20s");

/** Twenty times the calm rate from one moment to the next, and as suddenly back: does it recover? */
export const options: Options = {
  scenarios: {
    http: {
      executor: "ramping-arrival-rate",
      exec: "httpOrder",
      startRate: CALM,
      timeUnit: "1s",
      preAllocatedVUs: count("VUS", 50),
      maxVUs: 20 * count("VUS", 50),
      stages: [
        { target: CALM, duration: HELD },
        { target: 20 * CALM, duration: "0s" },
        { target: 20 * CALM, duration: HELD },
        { target: CALM, duration: "0s" },
        { target: CALM, duration: HELD },
      ],
    },
    websocket: {
      executor: "constant-arrival-rate",
      exec: "webSocketOrders",
      rate: count("WS_RATE", 5),
      timeUnit: "1s",
      duration: HELD,
      preAllocatedVUs: count("WS_VUS", 20),
    },
  },
  thresholds: { http_req_failed: ["rate<0.01"], ws_orders_unanswered: ["count<1"] },
};
