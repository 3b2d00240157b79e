/** What a rule between keys finds wrong: where, and what would be accepted. */
export interface Breach {
  path: PropertyKey[];
  accepted: string;
}

export function breach(path: PropertyKey[], accepted: string): Breach[] {
  return [{ path, accepted }];
}

/** A breach for each of the durations that is no time at all. */
export function notZero(path: readonly PropertyKey[], durations: Record<string, number>): Breach[] {
  return Object.entries(durations)
    .filter(([, ms]) => ms <= 0)
    .flatMap(([key]) => breach([...path, key], "more than 0s"));
}
