import { readFileSync } from "node:fs";
import { Refusal } from "./refusal.ts";

/**
 * Faults on purpose, so that a release can be bad in a known way. They come from one explicit file beside this
 * one, which a normal build does not contain; there is no environment variable or request that switches them on.
 */
export interface Fault {
  /** True when this order, by this user, must fail with 500. */
  fails(user: number): boolean;
  /** How long this order is held back; 0 for nearly all. */
  delayMs(): number;
  /** Extra work for an order that took `handledMs`, done on the thread that answers. */
  slowDown(handledMs: number): void;
  describe(): Record<string, number>;
}

const FIELDS: Record<string, { max: number }> = {
  errorRate: { max: 1 },
  fromUser: { max: 0xffffffff },
  seed: { max: 0xffffffff },
  latencyMs: { max: 60_000 },
  latencyRate: { max: 1 },
  slowdown: { max: 100 },
  coldMs: { max: 60_000 },
  coldOrders: { max: 0xffffffff },
};

/** How fast the quickest handling is forgotten: a machine that became slower is noticed within some hundred orders. */
const FORGETTING = 1.002;

/** The faults that `file` asks for, or null when there is no such file. A file that is wrong is not ignored. */
export function loadFault(file: string): Fault | null {
  const text = readIfPresent(file);
  if (text === null) return null;
  const values = check(file, parse(file, text));
  const random = mulberry32(values.seed ?? 1);
  const errorRate = values.errorRate ?? 0;
  // Fails for some users only: what a test by others cannot find.
  const fromUser = values.fromUser ?? 0;
  const latencyMs = values.latencyMs ?? 0;
  const latencyRate = values.latencyRate ?? (latencyMs > 0 ? 1 : 0);
  const slowdown = values.slowdown ?? 0;
  const { coldMs = 0, coldOrders = 0 } = values;
  const cold = warmingUp(coldMs, coldOrders);
  return {
    fails: (user) => errorRate > 0 && user >= fromUser && random() < errorRate,
    delayMs: () => cold() + (latencyMs > 0 && random() < latencyRate ? latencyMs : 0),
    slowDown: slowdown > 0 ? slower(slowdown) : () => {},
    describe: () => ({
      errorRate,
      fromUser,
      latencyMs,
      latencyRate,
      slowdown,
      coldMs,
      coldOrders,
    }),
  };
}

/** A process whose caches fill with the orders it handles: its first `orders` are held back, each a little less. */
function warmingUp(ms: number, orders: number): () => number {
  let handled = 0;
  return () => {
    if (handled >= orders) return 0;
    const left = orders - handled;
    handled += 1;
    return Math.ceil((ms * left) / orders);
  };
}

/**
 * Work in proportion to the quickest handling of late, which is what an order costs when nothing is in its way. In
 * proportion to each order's own time it would feed on the queue that it makes, without end.
 */
function slower(slowdown: number): (handledMs: number) => void {
  let quickestMs = Infinity;
  return (handledMs) => {
    quickestMs = Math.min(quickestMs * FORGETTING, handledMs);
    work(slowdown * quickestMs);
  };
}

/** Costs CPU, as code that became slower does; a timer could not be as short, and would leave the CPU to others. */
function work(forMs: number): void {
  const until = performance.now() + forMs;
  while (performance.now() < until);
}

function readIfPresent(file: string): string | null {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return null;
    throw new Refusal(`${file} can't be read`, "make it readable or remove it", error);
  }
}

function parse(file: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Refusal(`${file} is not JSON`, "mend it or remove it", error);
  }
}

function check(file: string, given: unknown): Record<string, number> {
  if (typeof given !== "object" || given === null || Array.isArray(given)) {
    throw new Refusal(`${file} is not an object`, `write {"errorRate": 0.01, "seed": 1}`);
  }
  const values: Record<string, number> = {};
  for (const [name, value] of Object.entries(given)) {
    const field = FIELDS[name];
    const accepted = Object.keys(FIELDS).join(", ");
    if (field === undefined) {
      throw new Refusal(`${file} has "${name}"`, `accepted are ${accepted}`);
    }
    if (typeof value !== "number" || !(value >= 0 && value <= field.max)) {
      const shown = JSON.stringify(value);
      throw new Refusal(
        `${file}: ${name} is ${shown}`,
        `accepted is a number from 0 to ${field.max}`,
      );
    }
    values[name] = value;
  }
  return values;
}

/** A small, well-known 32-bit generator: the same seed fails the same orders. */
function mulberry32(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}
