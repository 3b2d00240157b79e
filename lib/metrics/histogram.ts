import type { LatencyHistogram } from "./counters.ts";
import type { PrometheusSample } from "./prometheus-text.ts";

/** Adds up the `_bucket` samples of one classic histogram over all their other labels. */
export function histogramOf(buckets: readonly PrometheusSample[]): LatencyHistogram | undefined {
  const byOtherLabels = new Map<string, Map<number, number>>();
  for (const { labels, value } of buckets) {
    const edge = edgeOf(labels.get("le"));
    if (edge === undefined || !Number.isFinite(value) || value < 0) return undefined;
    const key = JSON.stringify([...labels].filter(([name]) => name !== "le").sort());
    const series = byOtherLabels.get(key) ?? new Map<number, number>();
    series.set(edge, (series.get(edge) ?? 0) + value);
    byOtherLabels.set(key, series);
  }
  const [first, ...rest] = [...byOtherLabels.values()].map(cumulative);
  if (!first || rest.includes(undefined)) return undefined;
  return rest.reduce<LatencyHistogram>((sum, one) => addHistograms(sum, one ?? sum), first);
}

/** The edges that both have: a cumulative count is only comparable at a shared edge. */
export function addHistograms(a: LatencyHistogram, b: LatencyHistogram): LatencyHistogram {
  const le = a.le.filter((edge) => b.le.includes(edge));
  const at = (h: LatencyHistogram, edge: number) => h.counts[h.le.indexOf(edge)] ?? 0;
  const all = (h: LatencyHistogram) => h.counts.at(-1) ?? 0;
  return { le, counts: [...le.map((edge) => at(a, edge) + at(b, edge)), all(a) + all(b)] };
}

function cumulative(series: ReadonlyMap<number, number>): LatencyHistogram | undefined {
  const all = series.get(Number.POSITIVE_INFINITY);
  if (all === undefined) return undefined;
  const le = [...series.keys()].filter(Number.isFinite).sort((a, b) => a - b);
  const counts = [...le.map((edge) => series.get(edge) ?? 0), all];
  const grows = counts.every((count, i) => i === 0 || count >= (counts[i - 1] ?? 0));
  return grows ? { le, counts } : undefined;
}

function edgeOf(text: string | undefined): number | undefined {
  if (text === "+Inf" || text === "Inf") return Number.POSITIVE_INFINITY;
  const edge = text === undefined || text.trim() === "" ? Number.NaN : Number(text);
  return Number.isFinite(edge) ? edge : undefined;
}
