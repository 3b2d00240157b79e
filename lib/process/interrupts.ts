/** A terminal, npm and our own launcher may each pass on the same Ctrl-C. */
const ONE_KEYSTROKE_MS = 400;
const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

export type Interrupt = (typeof SIGNALS)[number];

/** What somebody who ends this process wants of it. */
export interface Interrupts {
  /** Fires with the first Ctrl-C, and with every other wish that it may end. */
  readonly first: AbortSignal;
  /** Fires when it is wished once more. */
  readonly again: AbortSignal;
  /** From here on the next one ends the process, as it does without us. */
  readonly stop: () => void;
}

/** Listens from now on; `onFirst` may return the reason that `first` fires with. */
export function listenForInterrupts(
  onFirst: (signal: Interrupt) => unknown = () => {},
): Interrupts {
  const first = new AbortController();
  const again = new AbortController();
  let lastMs = Number.NEGATIVE_INFINITY;
  const onSignal = (signal: Interrupt): void => {
    const isSame = performance.now() - lastMs < ONE_KEYSTROKE_MS;
    lastMs = performance.now();
    if (isSame) return;
    if (first.signal.aborted) again.abort();
    else first.abort(onFirst(signal));
  };
  for (const name of SIGNALS) process.on(name, onSignal);
  return {
    first: first.signal,
    again: again.signal,
    stop: () => {
      for (const name of SIGNALS) process.off(name, onSignal);
    },
  };
}
