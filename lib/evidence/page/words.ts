import { stops } from "../gates.ts";
import type { GateOutcome, ReleaseRecord, RolloutStep } from "../record.ts";

export interface Sign {
  /** Shown with the word: nobody has to tell colours apart. */
  sign: string;
  word: string;
  tone: "good" | "bad" | "open" | "plain";
}

export const OUTCOME_SIGNS: { [K in ReleaseRecord["outcome"]]: Sign } = {
  promoted: { sign: "✓", word: "promoted", tone: "good" },
  "rolled-back": { sign: "↩", word: "rolled back", tone: "bad" },
  inconclusive: { sign: "?", word: "inconclusive", tone: "open" },
  failed: { sign: "✕", word: "failed", tone: "bad" },
};

export const GATE_SIGNS: { [K in GateOutcome]: Sign } = {
  passed: { sign: "✓", word: "passed", tone: "good" },
  failed: { sign: "✕", word: "failed", tone: "bad" },
  inconclusive: { sign: "?", word: "inconclusive", tone: "open" },
  skipped: { sign: "–", word: "skipped", tone: "plain" },
};

/** `12,345`; a dash where nobody counted. */
export function amount(count: number | null): string {
  return count === null ? "–" : count.toLocaleString("en-US");
}

/** `0.12 %`, with two digits that say something. */
export function share(part: number, whole: number): string {
  if (whole === 0) return "–";
  return `${Number(((100 * part) / whole).toPrecision(2))} %`;
}

export function shortNumber(value: number): string {
  if (value >= 1e6) return "over a million";
  if (value > 0 && value < 0.01) return "below 0.01";
  return value.toLocaleString("en-US", { maximumSignificantDigits: 3 });
}

/** The sentence that says why a release ended as it did. */
export function reasonOf({ gates }: ReleaseRecord): string {
  const stopper = gates.find(stops);
  const last = gates.findLast(({ outcome }) => outcome === "passed");
  return (stopper ?? last ?? gates[0])?.reason ?? "no gate was reached";
}

/** `25 %`, and what the fresh baseline had meanwhile, if there was one. */
export function weightWords({ weight, baselineWeight }: RolloutStep): string {
  return baselineWeight === undefined ? `${weight} %` : `${weight} %, baseline ${baselineWeight} %`;
}

/** What the candidate was compared with. */
export function comparedWith(steps: readonly RolloutStep[]): "Stable" | "Fresh stable" {
  return steps.some(({ baselineWeight }) => baselineWeight !== undefined)
    ? "Fresh stable"
    : "Stable";
}
