import type { Options } from "k6/options";
import { WEBSOCKET_THRESHOLDS } from "./limits.ts";
import { count, duration } from "./setting.ts";

export { httpOrder } from "./http.ts";
export { webSocketOrders } from "./websocket.ts";

const PEAK = count("RATE", 4_000);
const STEP = duration("DURATION", "30s");

/** A gradual ramp beyond what is expected, in five steps that are each held, so that the knee shows; then down again. */
export const options: Options = {
  scenarios: {
    http: {
      executor: "ramping-arrival-rate",
      exec: "httpOrder",
      startRate: Math.ceil(PEAK / 10),
      timeUnit: "1s",
      preAllocatedVUs: count("VUS", 50),
      maxVUs: 20 * count("VUS", 50),
      stages: [
        ...[1, 2, 3, 4, 5].flatMap((step) => [
          { target: Math.ceil((PEAK * step) / 5), duration: STEP },
          { target: Math.ceil((PEAK * step) / 5), duration: STEP },
        ]),
        { target: 1, duration: STEP },
      ],
    },
    websocket: {
      executor: "ramping-vus",
      exec: "webSocketOrders",
      startVUs: 1,
      stages: [{ target: count("WS_VUS", 20), duration: STEP }],
      gracefulRampDown: "5s",
    },
  },
  // Under stress it may be slow; what it may not is fail, or leave a connection without its answers.
  thresholds: {
    http_req_failed: ["rate<0.01"],
    checks: ["rate>0.99"],
    ws_orders_unanswered: WEBSOCKET_THRESHOLDS.ws_orders_unanswered,
  },
};
