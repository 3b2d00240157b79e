/**
 * How clumped stable's events are: learned from stable alone, before and during the rollout, and always used for
 * later windows only. One failing dependency or one retrying client makes ten errors out of one cause; a test
 * that took them for ten independent ones would roll back good releases.
 */
export interface Dispersion {
  /** The window before, to difference with: neither a day curve nor an outage that both arms see is a clump. */
  readonly before: Tally;
  /** The candidate's, if it had traffic: its events are as clumped. */
  readonly candidateBefore: Tally;
  readonly single: Squares;
  /** The same over blocks of windows, for causes that last longer than one. */
  readonly block: Tally & { readonly windows: number };
  /** Finished blocks, the latest last. */
  readonly blocks: readonly Tally[];
  /** Per scale: so many blocks against as many before them. */
  readonly scales: readonly Squares[];
  /** All of stable's windows together. */
  readonly seen: Tally;
  /** Windows with an event. */
  readonly busy: number;
  readonly candidateBusy: number;
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
const NO_BLOCK: Dispersion["block"] = { requests: 0, events: 0, windows: 0 };
/** Windows in a block, and blocks in each half of a contrast: 5, 10 and 20 windows. */
const BLOCK_WINDOWS = 5;
const SCALES = [1, 2, 4];
const MOST_BLOCKS = 8;
/** Before anything was seen, a window may be busy or not. */
const UNKNOWN_SHARE = 0.5;

export const UNKNOWN_DISPERSION: Dispersion = {
  before: NOTHING,
  candidateBefore: NOTHING,
  single: NO_SQUARES,
  block: NO_BLOCK,
  blocks: [],
  scales: SCALES.map(() => NO_SQUARES),
  seen: NOTHING,
  busy: 0,
  candidateBusy: 0,
  windows: 0,
  busyShare: UNKNOWN_SHARE,
};

const MEMORY_WINDOWS = 60;

/** Takes in one window of stable. */
export function learn(known: Dispersion, window: Tally): Dispersion {
  if (window.requests <= 0) return known;
  const { block, blocks, scales } = known;
  const requests = block.requests + window.requests;
  const events = block.events + window.events;
  const windows = block.windows + 1;
  if (windows < BLOCK_WINDOWS)
    return withWindow(known, window, { requests, events, windows }, blocks, scales);
  const finished = [...blocks, { requests, events }].slice(-MOST_BLOCKS);
  const contrasted = scales.map((sums, index) => contrast(sums, finished, SCALES[index] ?? 1));
  return withWindow(known, window, NO_BLOCK, finished, contrasted);
}

/**
 * Takes in one window of fresh processes. That they become warm looks like a cause that lasts for many windows, but
 * the candidate becomes warm beside them: how long causes last is known from stable's own past alone.
 */
export function learnOfFresh(known: Dispersion, window: Tally): Dispersion {
  if (window.requests <= 0) return known;
  return withWindow(known, window, known.block, known.blocks, known.scales);
}

/** Written out, here and below: millions of windows go through it, and copying key by key takes longer. */
function withWindow(
  known: Dispersion,
  window: Tally,
  block: Dispersion["block"],
  blocks: Dispersion["blocks"],
  scales: Dispersion["scales"],
): Dispersion {
  const isBusy = window.events > 0 ? 1 : 0;
  const memory = Math.min(known.windows + 2, MEMORY_WINDOWS);
  return {
    before: window,
    candidateBefore: known.candidateBefore,
    single: compare(known.single, known.before, window),
    block,
    blocks,
    scales,
    seen: plus(known.seen, window),
    busy: known.busy + isBusy,
    candidateBusy: known.candidateBusy,
    windows: known.windows + 1,
    busyShare: known.busyShare + (isBusy - known.busyShare) / memory,
  };
}

/**
 * Takes in one window of the candidate. However often it fails, how much its successive windows differ tells how
 * clumped its errors are; how long their causes last is known from stable alone.
 */
export function learnOfCandidate(known: Dispersion, window: Tally): Dispersion {
  if (window.requests <= 0) return known;
  return {
    before: known.before,
    candidateBefore: window,
    single: compare(known.single, known.candidateBefore, window),
    block: known.block,
    blocks: known.blocks,
    scales: known.scales,
    seen: known.seen,
    busy: known.busy,
    candidateBusy: known.candidateBusy + (window.events > 0 ? 1 : 0),
    windows: known.windows,
    busyShare: known.busyShare,
  };
}

/** What comes next is of other processes, or of another time: nothing to difference with. */
export function begunAnew(known: Dispersion): Dispersion {
  return {
    ...known,
    before: NOTHING,
    candidateBefore: NOTHING,
    block: NO_BLOCK,
    blocks: [],
  };
}

/** Both together. */
export function plus(a: Tally, b: Tally): Tally {
  return { requests: a.requests + b.requests, events: a.events + b.events };
}

/** The last `length` blocks against as many before them. */
function contrast(sums: Squares, blocks: readonly Tally[], length: number): Squares {
  if (blocks.length < 2 * length) return sums;
  const end = blocks.length;
  const before = together(blocks, end - 2 * length, end - length);
  return compare(sums, before, together(blocks, end - length, end));
}

function together(blocks: readonly Tally[], from: number, to: number): Tally {
  let requests = 0;
  let events = 0;
  for (let index = from; index < to; index += 1) {
    requests += blocks[index]?.requests ?? 0;
    events += blocks[index]?.events ?? 0;
  }
  return { requests, events };
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

/**
 * φ: variance over mean of the events in a window, with a margin on what it is above 1, and pulled towards
 * `assumed` while little has been seen.
 */
export function clumpSize(known: Dispersion, assumed: number, margin: number): number {
  const seen = factor(known.single);
  const likely = likelyClump(known, assumed);
  const busy = known.busy + known.candidateBusy;
  const careful = seen + (margin + MARGIN_WINDOWS / (1 + busy)) * (seen - 1);
  const most = Math.max(likely, seen + margin * (seen - 1));
  return tempered(likely, Math.min(careful, most), busy);
}

/** Clumps are hardly larger than what a busy window holds: ten at once do not look like windows with two each. */
function likelyClump({ seen, busy }: Dispersion, assumed: number): number {
  if (busy < LEAST_BUSY) return assumed;
  return Math.min(assumed, Math.max(1, (CLUMP_PER_WINDOW * seen.events) / busy));
}

const LEAST_BUSY = 2;
/** Their sizes vary, and the large ones count for more. */
const CLUMP_PER_WINDOW = 2;

/**
 * How much longer than one window the causes last, as the scale says that clearly says most; 1 when none does.
 * Pulled towards `assumed` while little has been seen.
 */
export function persistence(known: Dispersion, assumed: number): number {
  const single = factor(known.single);
  let seen = 1;
  for (let index = 0; index < known.scales.length; index += 1) {
    const sums = known.scales[index] as Squares;
    const looks = Math.min(sums.pairs, known.busy) / (SCALES[index] ?? 1);
    const ratio = factor(sums) / single;
    if (looks > 0 && ratio > 1 + 2 * Math.sqrt(3 / looks)) {
      seen = Math.max(seen, ratio + BLOCK_MARGIN * (ratio - 1));
    }
  }
  return tempered(assumed, seen, known.busy);
}

/** While few busy windows were seen, that they look less clumped than they are may be luck. */
const MARGIN_WINDOWS = 8;
/** A cause that runs on from one block into the next is missing from the contrast between them. */
const BLOCK_MARGIN = 0.5;
/** What is assumed counts for as much as so many busy windows that were seen. */
const ASSUMPTION_WINDOWS = 0.4;

function tempered(assumed: number, seen: number, busyWindows: number): number {
  return (ASSUMPTION_WINDOWS * assumed + busyWindows * seen) / (ASSUMPTION_WINDOWS + busyWindows);
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
