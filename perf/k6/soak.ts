import type { Options } from "k6/options";
import { THRESHOLDS, WEBSOCKET_THRESHOLDS } from "./limits.ts";
import { count, duration } from "./setting.ts";

export { httpOrder } from "./http.ts";
export { webSocketOrders } from "./websocket.ts";

/** A moderate load for long: leaks, growing books and full disks take hours to show. */
export const options: Options = {
  scenarios: {
    http: {
      executor: "constant-arrival-rate",
      exec: "httpOrder",
      rate: count("RATE", 100),
      timeUnit: "1s",
      duration: duration("DURATION", "2h"),
      preAllocatedVUs: count("VUS", 20),
      maxVUs: 10 * count("VUS", 20),
    },
    websocket: {
      executor: "constant-vus",
      exec: "webSocketOrders",
      vus: count("WS_VUS", 5),
      duration: duration("DURATION", "2h"),
      gracefulStop: "15s",
    },
  },
  thresholds: { ...THRESHOLDS, ...WEBSOCKET_THRESHOLDS },
};
