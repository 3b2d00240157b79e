import { SLOTS, type Weights } from "../target.ts";
import type { Routing } from "./haproxy.ts";

/** What all edges have, by their own word: the wanted weights, or the first that is another. */
export function readBack(
  { weights: wanted, servers: own }: Routing,
  edges: ReadonlyArray<readonly [edge: string, servers: ReadonlyMap<string, number>]>,
): Weights {
  for (const [, servers] of edges)
    for (const [name, weight] of servers) {
      const slot = SLOTS.find((one) => name.endsWith(`-${one}`));
      if (slot && weight !== (own.get(name) ?? wanted[slot])) return { ...wanted, [slot]: weight };
    }
  return wanted;
}
