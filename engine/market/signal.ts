import type { Side } from "../core/command.ts";
import type { MarketListener } from "./market.ts";
import { RollingScore, type Score } from "./score.ts";
import { TopOfBook } from "./top-of-book.ts";

const WINDOW = 1_000;
const NEAR_LEVELS = 1;
const FAR_LEVELS = 5;
/** How far one outcome moves the weights. */
const RATE = 0.05;

interface Prediction {
  features: number[];
  upProbability: number;
  twiceMid: number;
}

interface Watched {
  top: TopOfBook;
  score: RollingScore;
  weights: number[];
  /** Stands until the middle moves. */
  open: Prediction | null;
}

/**
 * A model that says where the middle of a market goes next, and what it was worth: a logistic regression on the imbalance of the
 * best level and of the best five. Each time that the middle has moved it says how likely up is, and learns from the
 * next move only after it was scored by it; so nothing is measured on what it was fitted to. It knows nothing but market data.
 */
export class ImbalanceSignal implements MarketListener {
  readonly #symbols: Watched[];
  readonly #touched = new Set<number>();
  #sequence = 0;

  constructor(symbols: number) {
    this.#symbols = Array.from({ length: symbols }, () => ({
      top: new TopOfBook(),
      score: new RollingScore(WINDOW),
      weights: [0, 0, 0],
      open: null,
    }));
  }

  score(symbol: number): Score {
    return (this.#symbols[symbol] as Watched).score;
  }

  level(symbol: number, side: Side, price: number, qty: number, sequence: number): void {
    // In the middle of a command a book is not what anybody could have seen.
    if (sequence !== this.#sequence) this.settle();
    this.#sequence = sequence;
    this.#symbols[symbol]?.top.level(side, price, qty);
    this.#touched.add(symbol);
  }

  trade(): void {}

  /** What was missed may hold moves, so what was said before is void. */
  reset(): void {
    this.#touched.clear();
    for (const watched of this.#symbols) {
      watched.top.clear();
      watched.open = null;
    }
  }

  /** All of the last command has been told. */
  settle(): void {
    for (const symbol of this.#touched) look(this.#symbols[symbol]);
    this.#touched.clear();
  }
}

function look(watched: Watched | undefined): void {
  if (watched === undefined) return;
  const { top, open } = watched;
  const { twiceMid } = top;
  if (twiceMid === null || open === null) {
    watched.open = twiceMid === null ? null : predict(watched, twiceMid);
    return;
  }
  if (twiceMid === open.twiceMid) return;
  const isUp = twiceMid > open.twiceMid;
  watched.score.add(open.upProbability, isUp);
  const error = Number(isUp) - open.upProbability;
  watched.weights = watched.weights.map(
    (weight, at) => weight + RATE * error * (open.features[at] ?? 0),
  );
  watched.open = predict(watched, twiceMid);
}

function predict({ top, weights }: Watched, twiceMid: number): Prediction {
  const features = [1, top.imbalance(NEAR_LEVELS), top.imbalance(FAR_LEVELS)];
  const sum = weights.reduce((total, weight, at) => total + weight * (features[at] ?? 0), 0);
  return { features, upProbability: 1 / (1 + Math.exp(-sum)), twiceMid };
}
