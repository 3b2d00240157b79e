const UNIT_MS: Readonly<Record<string, number>> = {
  ms: 1,
  s: 1_000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
};

/** Milliseconds of a duration as k6 writes it: `1m30s`, `500ms`, or a number of milliseconds. */
export function parseK6DurationMs(given: string | number): number | undefined {
  if (typeof given === "number") return Number.isFinite(given) && given >= 0 ? given : undefined;
  const parts = [...given.matchAll(/(\d+(?:\.\d+)?)(ms|d|h|m|s)/g)];
  if (parts.length === 0 || parts.map(([part]) => part).join("") !== given) return undefined;
  return parts.reduce(
    (ms, [, amount, unit]) => ms + Number(amount) * (UNIT_MS[unit ?? ""] ?? 0),
    0,
  );
}
