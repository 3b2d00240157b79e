export type Strategy = "canary" | "blue-green" | "rolling";

/** One weight, and how long it is watched before the next. */
export interface Step {
  weightPercent: number;
  holdMs: number;
}

/**
 * canary, blue-green and rolling are plans, not code paths: canary = 10, 25, 50, 100; blue-green = 100 after
 * smoke; rolling = one step per batch of hosts.
 */
export interface Plan {
  strategy: Strategy;
  /** Ascending; the last one is 100, or 100 minus the holdback while baking and then 100. */
  steps: Step[];
  sampleIntervalMs: number;
  leaseMs: number;
  onInconclusive: "hold" | "rollback" | "ask";
  /** No decision after this long in one step is inconclusive. */
  stepDeadlineMs: number;
}
