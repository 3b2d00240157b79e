/** How a holder's place in a concurrency group ended before it got it. */
export type Place = { readonly release: () => void } | "replaced" | "full" | "aborted";

/** So many may wait with `queue: max`; GitHub cancels what comes then. */
const MAX_WAITING = 100;

interface Waiting {
  readonly admit: () => void;
  readonly replace: () => void;
}

interface Group {
  holder: { readonly cancel: () => void } | undefined;
  waiting: Waiting[];
}

/**
 * GitHub's concurrency groups: one runs, one waits, and a newer one takes the place of the one that waits
 * (or queues behind it with `queue: max`).
 */
export class ConcurrencyGroups {
  readonly #groups = new Map<string, Group>();

  /** Waits for the group; `cancel` is called when somebody else cancels what is in progress. */
  async enter(
    name: string,
    options: {
      cancelInProgress: boolean;
      queueAll: boolean;
      cancel: () => void;
      onWait: () => void;
    },
    signal: AbortSignal,
  ): Promise<Place> {
    const key = name.toLowerCase();
    const group = this.#groups.get(key) ?? { holder: undefined, waiting: [] };
    this.#groups.set(key, group);
    const release = (): void => this.#release(group);
    if (!group.holder) {
      group.holder = options;
      return { release };
    }
    options.onWait();
    if (group.waiting.length >= MAX_WAITING) return "full";
    if (!options.queueAll) for (const older of group.waiting.splice(0)) older.replace();
    return new Promise((resolve) => {
      const onAbort = (): void => {
        group.waiting = group.waiting.filter((other) => other !== waiting);
        resolve("aborted");
      };
      const waiting: Waiting = {
        admit: () => {
          signal.removeEventListener("abort", onAbort);
          group.holder = options;
          resolve({ release });
        },
        replace: () => {
          signal.removeEventListener("abort", onAbort);
          resolve("replaced");
        },
      };
      group.waiting.push(waiting);
      signal.addEventListener("abort", onAbort, { once: true });
      if (signal.aborted) onAbort();
      else if (options.cancelInProgress) group.holder?.cancel();
    });
  }

  #release(group: Group): void {
    group.holder = undefined;
    group.waiting.shift()?.admit();
  }
}

/** Lets a number of jobs run at the same time: GitHub's runners are not endless either. */
export class Slots {
  #free: number;
  readonly #waiting: (() => void)[] = [];

  constructor(count: number) {
    this.#free = count;
  }

  get areTaken(): boolean {
    return this.#free === 0;
  }

  async take(): Promise<() => void> {
    if (this.#free > 0) this.#free--;
    else await new Promise<void>((resolve) => this.#waiting.push(resolve));
    let given = false;
    return () => {
      if (given) return;
      given = true;
      const next = this.#waiting.shift();
      if (next) next();
      else this.#free++;
    };
  }
}
