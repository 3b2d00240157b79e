/** Enough of semver for what people write: `24`, `24.x`, `>=3.9 <3.13`, `^24.1`, `lts/*`, `latest`, `3.13-dev`. */
export function satisfies(own: string, wanted: string): boolean {
  return wanted.split("||").some((alternative) => {
    const parts = alternative.trim().replace(/([<>=^~])\s+/g, "$1");
    return parts.split(/[\s,]+/).every((part) => satisfiesOne(own, part));
  });
}

function satisfiesOne(own: string, wanted: string): boolean {
  const text = wanted.replace(/^v/, "");
  if (/^(lts\/.*|latest|node|current|stable|oldstable|\*|x)?$/.test(text)) return true;
  const match = /^(>=|<=|>|<|==?|\^|~)?v?(\d+)(?:\.(\d+|x|\*))?(?:\.(\d+|x|\*))?/.exec(text);
  if (!match) return false;
  const [, sign = "", ...numbers] = match;
  const given = numbers.filter((part) => part !== undefined && /^\d+$/.test(part)).map(Number);
  const difference = compare(own.split(".").map(Number), given);
  switch (sign) {
    case ">=":
      return difference >= 0;
    case "<=":
      return difference <= 0;
    case ">":
      return difference > 0;
    case "<":
      return difference < 0;
    case "^":
      return difference >= 0 && Number(own.split(".")[0]) === given[0];
    case "~": {
      const fixed = given.slice(0, Math.min(2, given.length));
      return difference >= 0 && compare(own.split(".").map(Number), fixed) === 0;
    }
    default:
      return difference === 0;
  }
}

/** Only as far as the second says something. */
function compare(own: readonly number[], given: readonly number[]): number {
  for (const [at, number] of given.entries()) {
    const difference = (own[at] ?? 0) - number;
    if (difference !== 0) return difference;
  }
  return 0;
}
