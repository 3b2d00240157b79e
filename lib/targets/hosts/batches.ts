import { otherSlot, type Slot, type Weights } from "../target.ts";
import type { Routing } from "./haproxy.ts";

/** How hosts are changed over one after the other. */
export interface RollingSettings {
  /** Alone in the first batch: no other is touched before it has shown that it is well. */
  barrier: string;
  /** Hosts in each batch after that. */
  size: number;
}

/** Names of hosts by batch: the barrier host first. */
export function batchesOf(
  hosts: readonly string[],
  { barrier, size }: RollingSettings,
): string[][] {
  const others = hosts.filter((name) => name !== barrier);
  const batches = Array.from({ length: Math.ceil(others.length / size) }, (_, index) =>
    others.slice(index * size, (index + 1) * size),
  );
  return [[barrier], ...batches];
}

/** Percent of all hosts after each batch: ascending, the last one 100. */
export function sharesOf(batches: ReadonlyArray<readonly string[]>): number[] {
  const total = batches.flat().length;
  return batches.map((_, index) =>
    Math.round((100 * batches.slice(0, index + 1).flat().length) / total),
  );
}

/**
 * Weights in a rolling release: a host is wholly on the candidate, or wholly on stable. As many batches are on the
 * candidate as fit into its percentage.
 */
export function rollingRouting(
  weights: Weights,
  candidate: Slot,
  batches: ReadonlyArray<readonly string[]>,
): Routing {
  if (weights[candidate] === 0 || weights[candidate] === 100)
    return { weights, servers: new Map() };
  const shares = sharesOf(batches);
  const servers = new Map<string, number>();
  for (const [index, names] of batches.entries()) {
    const isOver = (shares[index] ?? 100) <= weights[candidate];
    for (const name of names) {
      servers.set(`${name}-${candidate}`, isOver ? 100 : 0);
      servers.set(`${name}-${otherSlot(candidate)}`, isOver ? 0 : 100);
    }
  }
  return { weights, servers };
}
