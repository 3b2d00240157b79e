import { SLOTS, type Weights } from "../target.ts";

/** What all edges have, by their own word: the wanted weights, or the first that is another. */
export function readBack(
  wanted: Weights,
  edges: ReadonlyArray<readonly [edge: string, servers: ReadonlyMap<string, number>]>,
): Weights {
  for (const [, servers] of edges)
    for (const [name, weight] of servers) {
      const slot = SLOTS.find((one) => name.endsWith(`-${one}`));
      if (slot && weight !== wanted[slot]) return { ...wanted, [slot]: weight };
    }
  return wanted;
}
