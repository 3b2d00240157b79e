import type { MetricNames, Series } from "../environment/environment.ts";
import type { Counters } from "./counters.ts";
import { histogramOf } from "./histogram.ts";
import type { PrometheusSample, PrometheusText } from "./prometheus-text.ts";

/** A text that does not carry the counters it should; the message is for a person. */
class NoCountersError extends Error {
  override readonly name = "NoCountersError";
}

/**
 * The raw counters that `names` picks out of a scrape. Labels that are given must match; what has other
 * labels besides is added up. Errors that never happened may have no series yet: those are zero. Requests
 * that were never heard of are a wrong name, which must not look like a release without faults.
 */
export function selectCounters(text: PrometheusText, names: MetricNames): Counters {
  const known = text.announced.has(names.requests.metric);
  if (!known && !text.samples.some(({ metric }) => metric === names.requests.metric))
    throw new NoCountersError(`there is no metric ${names.requests.metric}`);
  const requests = total(text, names.requests);
  const errors = total(text, names.errors);
  const latency = names.latency && selectLatency(text, names.latency);
  const kinds = names.kinds && selectKinds(text, names.kinds);
  return { requests, errors, ...(kinds ? { kinds } : {}), ...(latency ? { latency } : {}) };
}

/** Each kind is in every reading, also while it never happened: else its first errors would have no before. */
function selectKinds(text: PrometheusText, kinds: Record<string, Series>): Record<string, number> {
  return Object.fromEntries(
    Object.entries(kinds).map(([kind, series]) => [kind, total(text, series)]),
  );
}

function total(text: PrometheusText, series: Series): number {
  let sum = 0;
  for (const sample of matching(text, series.metric, series.labels)) {
    if (!Number.isFinite(sample.value) || sample.value < 0)
      throw new NoCountersError(`${series.metric} is ${sample.value}, which no counter can be`);
    sum += sample.value;
  }
  return sum;
}

function selectLatency(text: PrometheusText, series: Series) {
  return histogramOf([...matching(text, `${series.metric}_bucket`, series.labels)]);
}

function* matching(
  text: PrometheusText,
  metric: string,
  labels: Record<string, string>,
): Iterable<PrometheusSample> {
  const wanted = Object.entries(labels);
  for (const sample of text.samples) {
    if (sample.metric !== metric) continue;
    // A label that is not there equals one that is empty, as in Prometheus itself.
    if (wanted.every(([name, value]) => (sample.labels.get(name) ?? "") === value)) yield sample;
  }
}
