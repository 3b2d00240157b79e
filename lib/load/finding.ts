import { describeExit, INTERRUPTED, type K6Exit, THRESHOLDS_CROSSED } from "./k6-exit.ts";
import type { K6Summary } from "./k6-summary.ts";

/** Why a run of k6 is no measurement, or measured something that is not allowed. Each of them fails the gate. */
export type FindingKind =
  | "killed"
  | "exit"
  | "no-summary"
  | "no-iterations"
  | "all-threw"
  | "no-requests"
  | "errors-only"
  | "threshold"
  | "threshold-without-samples";

export interface Finding {
  kind: FindingKind;
  /** What was found, for a person. */
  message: string;
  /** The next step. */
  hint: string;
}

/** What is known of one run of k6 when it is over. */
export interface Ended {
  exit: K6Exit;
  stopped: boolean;
  tail: readonly string[];
  summary: K6Summary | undefined;
}

/** How much was done. */
export interface Work {
  iterations: number;
  thrown: number;
  /** By HTTP, WebSocket or gRPC. */
  requests: number;
  failed: number;
}

/** Everything that is wrong with a run, the cause before its consequences. */
export function findingsOf(ended: Ended, work: Work): Finding[] {
  const early = [...endings(ended), ...emptiness(work)];
  return [...early, ...(ended.summary ? thresholds(ended.summary) : [])];
}

function endings({ exit, stopped, tail, summary }: Ended): Finding[] {
  const last = tail.length > 0 ? `; k6 said last: ${tail.slice(-3).join(" | ")}` : "";
  if ("signal" in exit) {
    const killed = describeExit(exit);
    const message = stopped
      ? `${killed} when it had to end, since it did not do so by itself`
      : killed;
    const hint = stopped
      ? "see why the other arm ended, and that the runner is not so busy that k6 has not even begun"
      : "see whether the runner ran out of memory, or somebody ended k6";
    return [{ kind: "killed", message: `${message}${last}`, hint }];
  }
  const expected = [0, THRESHOLDS_CROSSED, ...(stopped ? [INTERRUPTED] : [])];
  if (!expected.includes(exit.code)) {
    const hint = "run the script by `k6 run` to see all that it says";
    return [{ kind: "exit", message: `k6 ended with ${describeExit(exit)}${last}`, hint }];
  }
  if (summary) return [];
  const hint = "remove --no-summary and --summary-mode=disabled from flags";
  return [{ kind: "no-summary", message: `k6 wrote no summary${last}`, hint }];
}

function emptiness({ iterations, thrown, requests, failed }: Work): Finding[] {
  if (iterations === 0) {
    const hint =
      "see that the script's scenarios have a rate or VUs, and that a block is longer than an iteration";
    return [{ kind: "no-iterations", message: "not one iteration was completed", hint }];
  }
  if (thrown >= iterations) {
    const message = `each of the ${iterations} iterations threw an exception`;
    const hint = "k6 counts them as iterations and exits with 0; mend the script";
    return [{ kind: "all-threw", message, hint }];
  }
  if (requests === 0) {
    const message = `${iterations} iterations sent not one request`;
    const hint = "let the script send something, by HTTP, WebSocket or gRPC";
    return [{ kind: "no-requests", message, hint }];
  }
  if (failed >= requests) {
    const message = `each of the ${requests} requests failed`;
    const hint = "see that the URL is right and that the service is up";
    return [{ kind: "errors-only", message, hint }];
  }
  return [];
}

function thresholds({ metrics }: K6Summary): Finding[] {
  return Object.entries(metrics).flatMap(([name, metric]) => {
    const expressions = Object.entries(metric.thresholds ?? {});
    if (expressions.length === 0) return [];
    if (lacksSamples(metric)) {
      const message = `the threshold ${expressions[0]?.[0]} on ${name} has no samples, and so decides nothing`;
      const hint = "see that the metric's name and tags are those that the script records";
      return [{ kind: "threshold-without-samples" as const, message, hint }];
    }
    return expressions
      .filter(([, { ok }]) => !ok)
      .map(([expression]) => crossed(name, expression, metric.values));
  });
}

function crossed(
  name: string,
  expression: string,
  values: Readonly<Record<string, number | null>>,
): Finding {
  const aggregate = /^\s*([a-z]+(?:\([\d.]+\))?)/.exec(expression)?.[1] ?? "";
  const value = values[aggregate];
  const found = typeof value === "number" ? `, it is ${Number(value.toPrecision(4))}` : "";
  return {
    kind: "threshold",
    message: `${name} crossed its threshold ${expression}${found}`,
    hint: "make the service keep the script's threshold, or change the threshold",
  };
}

/** A counter that nobody added to is zero, and that is a number; any other metric then has none. */
function lacksSamples({ type, values }: K6Summary["metrics"][string]): boolean {
  switch (type) {
    case "trend":
      return "count" in values ? values.count === 0 : Object.values(values).every((one) => !one);
    case "rate":
      return (values.passes ?? 0) + (values.fails ?? 0) === 0;
    case "gauge":
      return values.value === null || values.value === undefined;
    case "counter":
      return false;
  }
}

/** How much was done, by what k6 knew at its end. */
export function workOf(summary: K6Summary | undefined, thrownMetric: string): Work {
  const of = (metric: string, value = "count"): number =>
    summary?.metrics[metric]?.values[value] ?? 0;
  return {
    iterations: of("iterations"),
    thrown: of(thrownMetric),
    requests: of("http_reqs") + of("ws_sessions") + of("grpc_req_duration"),
    // `passes` of a rate are the times it was true: the request failed.
    failed: of("http_req_failed", "passes"),
  };
}
