import type { ArmCounters, Counters } from "./counters.ts";
import { addHistograms } from "./histogram.ts";

/**
 * One arm out of its instances. Without one of them the sum would look like a reset, or like fewer errors
 * than there were: then there is no total, which is no evidence for either side.
 */
export function armOf(instances: Record<string, Counters | null>): ArmCounters {
  const all = Object.values(instances);
  const [first, ...rest] = all;
  if (!first) return { total: null, instances };
  let total: Counters = first;
  for (const next of rest) {
    if (!next) return { total: null, instances };
    total = add(total, next);
  }
  return { total, instances };
}

function add(a: Counters, b: Counters): Counters {
  return {
    requests: a.requests + b.requests,
    errors: a.errors + b.errors,
    ...(a.kinds && b.kinds ? { kinds: addKinds(a.kinds, b.kinds) } : {}),
    ...(a.latency && b.latency ? { latency: addHistograms(a.latency, b.latency) } : {}),
  };
}

/** A kind that one of them never had is zero there. */
function addKinds(a: Record<string, number>, b: Record<string, number>): Record<string, number> {
  const names = [...new Set([...Object.keys(a), ...Object.keys(b)])];
  return Object.fromEntries(names.map((name) => [name, (a[name] ?? 0) + (b[name] ?? 0)]));
}
