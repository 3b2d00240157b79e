import type { Options } from "k6/options";
import { THRESHOLDS, WEBSOCKET_THRESHOLDS } from "./limits.ts";
import { count, duration } from "./setting.ts";

export { httpOrder } from "./http.ts";
export { webSocketOrders } from "./websocket.ts";

/** The expected load: orders by HTTP at a constant rate whether or not they are answered, and connections beside. */
export const options: Options = {
  scenarios: {
    http: {
      executor: "constant-arrival-rate",
      exec: "httpOrder",
      rate: count("RATE", 200),
      timeUnit: "1s",
      duration: duration("DURATION", "30s"),
      preAllocatedVUs: count("VUS", 20),
      maxVUs: 10 * count("VUS", 20),
    },
    websocket: {
      executor: "constant-arrival-rate",
      exec: "webSocketOrders",
      rate: count("WS_RATE", 5),
      timeUnit: "1s",
      duration: duration("DURATION", "30s"),
      preAllocatedVUs: count("WS_VUS", 10),
    },
  },
  thresholds: { ...THRESHOLDS, ...WEBSOCKET_THRESHOLDS },
};
