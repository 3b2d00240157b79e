/**
 * How clumped stable's events are: learned from stable alone, before and during the rollout, and always used for
 * later windows only. One failing dependency or one retrying client makes ten errors out of one cause; a test
 * that took them for ten independent ones would roll back good releases.
 */
export interface Dispersion {
  /** The window before, to difference with: neither a day curve nor an outage that both arms see is a clump. */
  readonly before: Tally;
  readonly single: Squares;
  /** The same over blocks of windows, for causes that last longer than one. */
  readonly block: Tally & { readonly windows: number };
  readonly blockBefore: Tally;
  readonly blocks: Squares;
  /** Windows with an event. */
  readonly busy: number;
  readonly windows: number;
  /** Share of recent windows with an event. */
  readonly busyShare: number;
}

export interface Tally {
  readonly requests: number;
  readonly events: number;
}

interface Squares {
  readonly squares: number;
  readonly events: number;
  readonly pairs: number;
}

const NOTHING: Tally = { requests: 0, events: 0 };
const NO_SQUARES: Squares = { squares: 0, events: 0, pairs: 0 };
/** Before anything was seen, a window may be busy or not. */
const UNKNOWN_SHARE = 0.5;

export const UNKNOWN_DISPERSION: Dispersion = {
  before: NOTHING,
  single: NO_SQUARES,
  block: { ...NOTHING, windows: 0 },
  blockBefore: NOTHING,
  blocks: NO_SQUARES,
  busy: 0,
  windows: 0,
  busyShare: UNKNOWN_SHARE,
};

const BLOCK_WINDOWS = 8;
const MEMORY_WINDOWS = 60;

/** Takes in one window of stable. */
export function learn(known: Dispersion, window: Tally): Dispersion {
  if (window.requests <= 0) return known;
  const isBusy = window.events > 0 ? 1 : 0;
  const memory = Math.min(known.windows + 2, MEMORY_WINDOWS);
  const learned = {
    ...known,
    before: window,
    single: compare(known.single, known.before, window),
    busy: known.busy + isBusy,
    windows: known.windows + 1,
    busyShare: known.busyShare + (isBusy - known.busyShare) / memory,
  };
  const block = {
    requests: known.block.requests + window.requests,
    events: known.block.events + window.events,
    windows: known.block.windows + 1,
  };
  if (block.windows < BLOCK_WINDOWS) return { ...learned, block };
  return {
    ...learned,
    block: { ...NOTHING, windows: 0 },
    blockBefore: { requests: block.requests, events: block.events },
    blocks: compare(known.blocks, known.blockBefore, block),
  };
}

/** With one rate q behind both: E(squares) = φ·q·(n+m), E(events) = q·(n+m). */
function compare(sums: Squares, a: Tally, b: Tally): Squares {
  if (a.requests <= 0 || b.requests <= 0) return sums;
  const contrast = b.events * a.requests - a.events * b.requests;
  return {
    squares: sums.squares + (contrast * contrast) / (a.requests * b.requests),
    events: sums.events + a.events + b.events,
    pairs: sums.pairs + 1,
  };
}

/** φ: variance over mean of the events in a window, pulled towards `assumed` while little has been seen. */
export function clumpSize(known: Dispersion, assumed: number): number {
  return (assumed + known.busy * factor(known.single)) / (1 + known.busy);
}

/** How much longer than one window the causes last: 1 unless the blocks clearly say otherwise. */
export function persistence(known: Dispersion): number {
  const seen = Math.min(known.blocks.pairs, known.busy);
  if (seen < 6) return 1;
  const ratio = factor(known.blocks) / factor(known.single);
  return ratio > 1 + 2 * Math.sqrt(3 / seen) ? ratio : 1;
}

function factor({ squares, events }: Squares): number {
  return events > 0 ? Math.max(1, squares / events) : 1;
}

/** Events are so rare that those of one window have one cause. */
export function isSparse(known: Dispersion): boolean {
  return known.busyShare <= 0.3;
}

/** Causes per busy window when a share of all windows is busy: -ln(1-p)/p of a Poisson stream. */
export function causesPerBusyWindow(busyShare: number): number {
  const share = Math.min(busyShare, 0.9);
  return share > 0 ? -Math.log1p(-share) / share : 1;
}
