import type { Options } from "k6/options";
import { THRESHOLDS } from "./limits.ts";
import { count, duration } from "./setting.ts";

export { httpOrder as default } from "./http.ts";

/** Orders by HTTP alone, at a constant rate: what the release's load gate compares two versions with. */
export const options: Options = {
  scenarios: {
    orders: {
      executor: "constant-arrival-rate",
      rate: count("RATE", 300),
      timeUnit: "1s",
      duration: duration("DURATION", "30s"),
      preAllocatedVUs: count("VUS", 20),
      maxVUs: 10 * count("VUS", 20),
    },
  },
  thresholds: THRESHOLDS,
};
