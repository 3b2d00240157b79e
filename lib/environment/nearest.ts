/** The one of `known` that `given` was most likely meant to be; undefined when none is near. */
export function nearest(given: string, known: readonly string[]): string | undefined {
  const limit = Math.max(1, Math.floor(given.length / 3));
  let best: string | undefined;
  let bestDistance = limit + 1;
  for (const candidate of known) {
    const distance = editDistance(plain(given), plain(candidate));
    if (distance < bestDistance) [best, bestDistance] = [candidate, distance];
  }
  return best;
}

/** `onInconclusive`, `on_inconclusive` and `on-inconclusive` are the same slip of the pen. */
function plain(key: string): string {
  return key.toLowerCase().replaceAll(/[-_\s]/g, "");
}

const MAX_COMPARED_CHARACTERS = 64;

/** Insertions, deletions and replacements from one text to the other. */
function editDistance(left: string, right: string): number {
  const a = left.slice(0, MAX_COMPARED_CHARACTERS);
  const b = right.slice(0, MAX_COMPARED_CHARACTERS);
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const replaced = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(replaced, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
