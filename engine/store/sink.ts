import type { Core } from "../core/core.ts";
import type { Changes } from "./changes.ts";

/** Where a projection goes. Each call is one network round trip or a few, and may fail: it is then asked again. */
export interface Sink {
  /** Commands in one write, at most. */
  readonly batch: number;
  /** The last sequence that it holds; null when it only wants the present, whatever it holds. */
  open(): Promise<number | null>;
  /** Takes all of `changes` or nothing; what it has already, it does not take twice. */
  write(changes: Changes, core: Core): Promise<void>;
  /** Takes the state as it is, since the commands up to it are no longer to be had. */
  rebase(from: number, core: Core): Promise<void>;
  /** Fails when it can't be reached. */
  ping(): Promise<void>;
  close(): Promise<void>;
}
