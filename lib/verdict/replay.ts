import { SluiceError } from "../error.ts";
import type { Sample } from "./sample.ts";
import type { VerdictSettings } from "./terms.ts";
import {
  beginVerdict,
  explainState,
  type Finding,
  observeBriefly,
  type VerdictState,
} from "./verdict.ts";

/** How a whole trace ends. */
export interface Ending {
  /** rollback if that was ever decided; else promote if the evidence ever sufficed; else inconclusive. */
  outcome: "rollback" | "promote" | "inconclusive";
  /** When it was decided; the last moment of the trace if nothing was; null if the trace is empty. */
  t: number | null;
  evidence: Finding["evidence"];
  explanation: string;
}

export interface Replayed {
  t: number;
  weight: number;
  outcome: Finding["outcome"];
  evidence: Finding["evidence"];
  /** The line repeats the moment before it: it was skipped. */
  skipped?: "duplicate";
}

/** A recorded trace, judged line by line by the very code that judges a rollout. */
export class Replay {
  #state: VerdictState;
  #last: Replayed | null = null;
  #decided: Ending | null = null;
  #promoted: Ending | null = null;

  constructor(settings: VerdictSettings) {
    this.#state = beginVerdict(settings);
  }

  /** Throws when the clock goes back; `where` is what the error names. */
  observe(sample: Sample, where: { file: string; line: number }): Replayed {
    const before = this.#last;
    if (before && sample.t < before.t) throw clockWentBack(sample.t, before.t, where);
    if (before && sample.t === before.t) return { ...before, skipped: "duplicate" };
    const { state, weighed } = observeBriefly(this.#state, sample);
    this.#state = state;
    this.#last = { t: sample.t, weight: sample.weight, ...weighed };
    if (weighed.outcome === "rollback" && !this.#decided) this.#decided = this.#ending("rollback");
    if (weighed.outcome === "promote" && !this.#promoted) this.#promoted = this.#ending("promote");
    return this.#last;
  }

  end(): Ending {
    return this.#decided ?? this.#promoted ?? this.#ending("inconclusive");
  }

  #ending(outcome: Ending["outcome"]): Ending {
    const { evidence, explanation } = explainState(this.#state);
    return { outcome, t: this.#last?.t ?? null, evidence, explanation };
  }
}

function clockWentBack(t: number, before: number, { file, line }: { file: string; line: number }) {
  return new SluiceError(
    "invalid-input",
    `${file}:${line}: t: ${t} is before ${before}, the line before it`,
    {
      hint: "lines stand in the order of time; a line that repeats a moment is skipped",
    },
  );
}
