/** From a value to a pixel. */
export type Scale = (value: number) => number;

export function linear(from: [number, number], to: [number, number]): Scale {
  const [low, high] = from;
  const width = high - low || 1;
  return (value) => to[0] + ((value - low) / width) * (to[1] - to[0]);
}

/** Logarithmic; what is outside of `from` stays at its edge. */
export function logarithmic(from: [number, number], to: [number, number]): Scale {
  const inside = linear([Math.log10(from[0]), Math.log10(from[1])], to);
  return (value) => inside(Math.log10(Math.min(from[1], Math.max(from[0], value))));
}

/** Round numbers from 0 to at least `most`, about `count` of them. */
export function ticks(most: number, count: number): number[] {
  if (!(most > 0)) return [0, 1];
  const rough = most / count;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = power * ([1, 2, 5, 10].find((factor) => factor * power >= rough) ?? 10);
  const steps = Math.ceil(most / step - 1e-9);
  return Array.from({ length: steps + 1 }, (_, index) => Number((index * step).toPrecision(6)));
}

const TIME_STEPS_MS = [
  100, 200, 500, 1e3, 2e3, 5e3, 1e4, 15e3, 3e4, 6e4, 12e4, 3e5, 6e5, 9e5, 18e5, 36e5, 72e5, 216e5,
  864e5,
];

/** Round moments between two, at most `count`. `originMs` is the moment that the range counts from. */
export function timeTicks(range: [number, number], originMs: number, count: number): number[] {
  const rough = (range[1] - range[0]) / Math.max(1, count);
  const step = TIME_STEPS_MS.find((one) => one >= rough) ?? Math.ceil(rough / 864e5) * 864e5;
  const first = Math.ceil((range[0] + originMs) / step) * step - originMs;
  const found: number[] = [];
  for (let at = first; at <= range[1]; at += step) found.push(at);
  return found;
}
