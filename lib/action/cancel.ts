import { SluiceError } from "../error.ts";

/** Fires once, on the first SIGINT or SIGTERM; `dispose` gives the signals back. */
export interface Cancellation extends Disposable {
  readonly signal: AbortSignal;
  /** For faults outside of the run's own promise: lets it clean up as if it were cancelled. */
  abort(reason: unknown): void;
}

const SIGNALS = ["SIGINT", "SIGTERM"] as const;

/**
 * GitHub cancels with SIGINT, SIGTERM 7.5 s later, and kills 2.5 s after that. The handlers stay for the second
 * signal, whose default would end the process in the middle of giving traffic back.
 */
export function listenForCancellation(say: (message: string) => void): Cancellation {
  const controller = new AbortController();
  const handlers = SIGNALS.map((name) => {
    const handler = () => {
      if (controller.signal.aborted) return say(`${name} received; still cleaning up`);
      say(`${name} received; cleaning up`);
      controller.abort(
        new SluiceError("cancelled", `cancelled by ${name}`, {
          hint: "start the job again when you want it to continue",
        }),
      );
    };
    process.on(name, handler);
    return { name, handler };
  });
  return {
    signal: controller.signal,
    abort: (reason) => controller.abort(reason),
    [Symbol.dispose]() {
      for (const { name, handler } of handlers) process.off(name, handler);
    },
  };
}
