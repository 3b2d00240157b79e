import { describe, expect, it } from "vitest";
import type { MetricNames } from "../../../lib/environment/environment.ts";
import { parsePrometheusText } from "../../../lib/metrics/prometheus-text.ts";
import { selectCounters } from "../../../lib/metrics/select.ts";

const NAMES: MetricNames = {
  path: "/metrics",
  requests: { metric: "requests_total", labels: {} },
  errors: { metric: "requests_total", labels: { outcome: "error" } },
  latency: { metric: "seconds", labels: {} },
};

function select(lines: string[], names = NAMES) {
  return selectCounters(parsePrometheusText(`${lines.join("\n")}\n`), names);
}

describe("the counters of one instance", () => {
  it("are summed over the labels that were not asked for", () => {
    const { requests, errors } = select([
      'requests_total{outcome="ok",path="/a"} 10',
      'requests_total{outcome="ok",path="/b"} 20',
      'requests_total{outcome="error",path="/a"} 1',
      'requests_total{outcome="error",path="/b"} 2',
      'other_total{outcome="error"} 99',
    ]);
    expect({ requests, errors }).toEqual({ requests: 33, errors: 3 });
  });

  it("have no errors while no error happened yet", () => {
    expect(select(['requests_total{outcome="ok"} 5'])).toEqual({ requests: 5, errors: 0 });
  });

  it("count each kind of errors that was asked for, also one that never happened", () => {
    const names: MetricNames = {
      ...NAMES,
      kinds: {
        corrupted: { metric: "requests_total", labels: { outcome: "error", kind: "corrupted" } },
        timeout: { metric: "timeouts_total", labels: {} },
      },
    };
    const { errors, kinds } = select(
      [
        'requests_total{outcome="error",kind="corrupted",path="/a"} 3',
        'requests_total{outcome="error",kind="corrupted",path="/b"} 4',
        'requests_total{outcome="error",kind="other"} 5',
      ],
      names,
    );
    expect(errors).toBe(12);
    expect(kinds).toEqual({ corrupted: 7, timeout: 0 });
  });

  it("are zero when the metric is announced and has no series yet", () => {
    expect(select(["# TYPE requests_total counter"])).toEqual({ requests: 0, errors: 0 });
  });

  it("are none when the metric was never heard of, for the name may be wrong", () => {
    expect(() => select(["other_total 1"])).toThrow("there is no metric requests_total");
  });

  it.each(["NaN", "+Inf", "-1"])("are none when one is %s", (value) => {
    expect(() => select([`requests_total ${value}`])).toThrow("which no counter can be");
  });

  it("carry a histogram, summed over its other labels and sorted by edge", () => {
    const { latency } = select([
      "requests_total 7",
      'seconds_bucket{path="/a",le="+Inf"} 4',
      'seconds_bucket{path="/a",le="0.5"} 3',
      'seconds_bucket{path="/a",le="0.1"} 1',
      'seconds_bucket{path="/b",le="0.1"} 2',
      'seconds_bucket{path="/b",le="0.5"} 2',
      'seconds_bucket{path="/b",le="+Inf"} 3',
      "seconds_sum 1",
      "seconds_count 7",
    ]);
    expect(latency).toEqual({ le: [0.1, 0.5], counts: [3, 5, 7] });
  });

  it("keep only the edges that all series of a histogram have", () => {
    const { latency } = select([
      "requests_total 7",
      'seconds_bucket{path="/a",le="0.1"} 1',
      'seconds_bucket{path="/a",le="0.5"} 3',
      'seconds_bucket{path="/a",le="+Inf"} 4',
      'seconds_bucket{path="/b",le="0.5"} 2',
      'seconds_bucket{path="/b",le="+Inf"} 3',
    ]);
    expect(latency).toEqual({ le: [0.5], counts: [5, 7] });
  });

  it.each([
    ["has no +Inf bucket", ['seconds_bucket{le="0.1"} 1']],
    ["shrinks", ['seconds_bucket{le="0.1"} 5', 'seconds_bucket{le="+Inf"} 4']],
    ["has an edge that is no number", ['seconds_bucket{le="x"} 5', 'seconds_bucket{le="+Inf"} 5']],
  ])("leave out a histogram that %s", (_, lines) => {
    expect(select(["requests_total 7", ...lines])).toEqual({ requests: 7, errors: 0 });
  });
});
