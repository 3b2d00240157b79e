/** A number as short as it can be and still be right. */
export function short(value: number): string {
  const size = Math.abs(value);
  if (size >= 1e6) return value.toExponential(0).replace("e+", "e");
  if (size >= 1e4) return `${Number((value / 1e3).toPrecision(3))}k`;
  if (size > 0 && size < 0.01) return value.toExponential(0);
  return String(Number(value.toPrecision(3)));
}

/** `02:14:05` in UTC; with tenths where the ticks are closer than a second. */
export function clock(ms: number, tenths = false): string {
  return new Date(ms).toISOString().slice(11, tenths ? 21 : 19);
}

/** `12.5 s`, `3 min 20 s`. */
export function span(ms: number): string {
  const seconds = ms / 1e3;
  if (seconds < 100) return `${Number(seconds.toFixed(1))} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 100) return `${minutes} min ${Math.round(seconds % 60)} s`;
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
