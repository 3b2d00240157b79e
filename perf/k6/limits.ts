/** What every one of these scripts holds the engine to, on whatever machine: correctness, and answers within reason. */
export const THRESHOLDS = {
  http_req_failed: ["rate<0.001"],
  http_req_duration: ["p(95)<250"],
  checks: ["rate>0.999"],
};

/** The same for connections. */
export const WEBSOCKET_THRESHOLDS = {
  ws_order_duration: ["p(95)<250"],
  ws_orders_unanswered: ["count<1"],
};
