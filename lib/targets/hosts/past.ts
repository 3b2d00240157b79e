import type { MetricNames } from "../../environment/environment.ts";
import { armOf } from "../../metrics/arm.ts";
import type { Counters } from "../../metrics/counters.ts";
import { parsePrometheusText } from "../../metrics/prometheus-text.ts";
import { selectCounters } from "../../metrics/select.ts";
import type { PastReading } from "../target.ts";

/** `@ MS NAME`, then that instance's metrics; instances of the same moment are one reading. */
export function parsePast(text: string, names: MetricNames): PastReading[] {
  const moments = new Map<number, Record<string, Counters | null>>();
  for (const block of text.split(/^@ /m).slice(1)) {
    const [head = "", ...lines] = block.split("\n");
    const [at, name = ""] = head.split(" ");
    const instances = moments.get(Number(at)) ?? {};
    moments.set(Number(at), { ...instances, [name]: countersOf(lines.join("\n"), names) });
  }
  return [...moments]
    .sort(([a], [b]) => a - b)
    .map(([atMs, instances]) => ({ atMs, counters: armOf(instances) }));
}

/** What did not come, or came broken, is no evidence. */
function countersOf(text: string, names: MetricNames): Counters | null {
  if (text.trim() === "") return null;
  try {
    return selectCounters(parsePrometheusText(text), names);
  } catch {
    return null;
  }
}
