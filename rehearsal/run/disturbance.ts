import { SluiceError } from "../../lib/error.ts";
import { parseDurationMs } from "../../lib/units/duration.ts";
import type { JobPath, RunHappening } from "../run-event.ts";

/** A moment of a run: `job/step`, where the step is named by its id, its name or its number, and `+5s` after it. */
export interface Moment {
  readonly at: string;
  readonly delayMs: number;
}

/** Reads `job/step` or `job/step+5s`. */
export function parseMoment(text: string): Moment {
  const match = /^(.+?)(?:\+([0-9.]+(?:ms|s|m)))?$/.exec(text);
  const at = match?.[1] ?? "";
  if (!at.includes("/")) {
    throw new SluiceError(
      "invalid-input",
      `'${text}' is given; job/step is accepted, and job/step+5s`,
      {
        hint: "Name a step by its id, its name or its number, as the log shows them.",
      },
    );
  }
  return { at, delayMs: parseDurationMs(match?.[2] ?? "0s") ?? 0 };
}

/** What goes wrong on purpose: a run that is cancelled, runners that are lost. */
export class Disturbances {
  readonly #cancelAfter: Moment | undefined;
  readonly #loseRunner: Moment | undefined;
  readonly #cancelled = new AbortController();
  readonly #lost = new Map<JobPath, AbortController>();
  readonly #timers = new Set<NodeJS.Timeout>();

  constructor(cancelAfter: Moment | undefined, loseRunner: Moment | undefined) {
    this.#cancelAfter = cancelAfter;
    this.#loseRunner = loseRunner;
  }

  /** Fires when the run is to be cancelled. */
  get cancel(): AbortSignal {
    return this.#cancelled.signal;
  }

  /** Fires when this job's runner is lost. */
  lost(job: JobPath): AbortSignal {
    const controller = this.#lost.get(job) ?? new AbortController();
    this.#lost.set(job, controller);
    return controller.signal;
  }

  /** Sees all that happens, and acts when its moment has come. */
  see(happening: RunHappening): void {
    if (happening.type === "step-finished" && isAt(this.#cancelAfter, happening)) {
      this.#later(this.#cancelAfter, () => this.#cancelled.abort());
    }
    if (happening.type === "step-started" && isAt(this.#loseRunner, happening)) {
      this.#later(this.#loseRunner, () => this.#lost.get(happening.job)?.abort());
    }
  }

  cancelRun(): void {
    this.#cancelled.abort();
  }

  stop(): void {
    for (const timer of this.#timers) clearTimeout(timer);
  }

  #later(moment: Moment | undefined, act: () => void): void {
    // At once: a timer, however short, could come after what the moment is to be before.
    if (!moment?.delayMs) act();
    else this.#timers.add(setTimeout(act, moment.delayMs));
  }
}

function isAt(
  moment: Moment | undefined,
  step: {
    readonly job: JobPath;
    readonly step: number;
    readonly name: string;
    readonly id?: string;
  },
): boolean {
  if (!moment) return false;
  const names = [step.name, String(step.step), ...(step.id === undefined ? [] : [step.id])];
  return names.some((name) => `${step.job}/${name}` === moment.at);
}
