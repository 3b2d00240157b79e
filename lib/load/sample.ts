/** One measurement as k6 streams it (`--out json`). */
export interface Sample {
  metric: string;
  /** Milliseconds since the epoch, with fractions. */
  atMs: number;
  value: number;
  tags: Readonly<Record<string, string>>;
}

/** How the line of a measurement begins; definitions of metrics and what a script prints look different. */
const BEGINNING = /^\{"metric":"([^"\\]+)","type":"Point"/;

/**
 * Reads one line of the stream if it is a measurement of a metric that is `wanted`. k6 streams a dozen metrics for
 * each request, so the others are told by their beginning and never parsed.
 */
export function parseSample(line: string, wanted: (metric: string) => boolean): Sample | undefined {
  const metric = BEGINNING.exec(line)?.[1];
  if (metric === undefined || !wanted(metric)) return undefined;
  try {
    const { data } = JSON.parse(line);
    const atMs = timeOf(data.time);
    if (typeof data.value !== "number" || Number.isNaN(atMs)) return undefined;
    return { metric, atMs, value: data.value, tags: data.tags ?? {} };
  } catch {
    return undefined; // cut off: k6 was killed while it wrote
  }
}

/** `Date.parse` stops at milliseconds; blocks are cut finer than that. */
function timeOf(text: string): number {
  const fraction = /\.\d{3}(\d+)/.exec(text)?.[1];
  return Date.parse(text) + (fraction === undefined ? 0 : Number(`0.${fraction}`));
}
