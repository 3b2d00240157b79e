import { readFileSync } from "node:fs";
import { Refusal } from "./refusal.ts";

/**
 * Faults on purpose, so that a release can be bad in a known way. They come from one explicit file beside this
 * one, which a normal build does not contain; there is no environment variable or request that switches them on.
 */
export interface Fault {
  /** True when this order must fail with 500. */
  fails(): boolean;
  /** How long this order is held back; 0 for nearly all. */
  delayMs(): number;
  describe(): Record<string, number>;
}

const FIELDS: Record<string, { max: number }> = {
  errorRate: { max: 1 },
  seed: { max: 0xffffffff },
  latencyMs: { max: 60_000 },
  latencyRate: { max: 1 },
};

/** The faults that `file` asks for, or null when there is no such file. A file that is wrong is not ignored. */
export function loadFault(file: string): Fault | null {
  const text = readIfPresent(file);
  if (text === null) return null;
  const values = check(file, parse(file, text));
  const random = mulberry32(values.seed ?? 1);
  const errorRate = values.errorRate ?? 0;
  const latencyMs = values.latencyMs ?? 0;
  const latencyRate = values.latencyRate ?? (latencyMs > 0 ? 1 : 0);
  return {
    fails: () => errorRate > 0 && random() < errorRate,
    delayMs: () => (latencyMs > 0 && random() < latencyRate ? latencyMs : 0),
    describe: () => ({ errorRate, latencyMs, latencyRate }),
  };
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
