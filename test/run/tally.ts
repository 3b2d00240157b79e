/** What one part of the test run came to. */
export interface Tally {
  passed: number;
  failed: number;
  skipped: Skipped[];
}

export interface Skipped {
  name: string;
  reason: string;
}

export const NOTHING: Tally = { passed: 0, failed: 0, skipped: [] };

export function addTallies(tallies: readonly Tally[]): Tally {
  return {
    passed: tallies.reduce((sum, { passed }) => sum + passed, 0),
    failed: tallies.reduce((sum, { failed }) => sum + failed, 0),
    skipped: tallies.flatMap(({ skipped }) => skipped),
  };
}

/** The end of the run: each skip with its reason, then the one line that counts. */
export function describeTally({ passed, failed, skipped }: Tally): string {
  const skips = skipped.map(({ name, reason }) => `  skipped: ${name} — ${reason}`);
  const line = `${passed} passed, ${failed} failed, ${skipped.length} skipped`;
  return [...skips, ...(skips.length > 0 ? [""] : []), line].join("\n");
}
