import type { Reason } from "./command.ts";

export interface Fill {
  maker: number;
  price: number;
  qty: number;
}

/** What became of one command. */
export interface Outcome {
  id: number;
  status: Status;
  filled: number;
  /** What was taken off by a cancel or a reduce, or the part of an order that was not to rest. */
  canceled: number;
  fills: readonly Fill[];
  reason?: Reason;
}

/** `accepted` is an order that now rests, all of it or what is left. */
export type Status = "accepted" | "filled" | "canceled" | "reduced" | "moved" | "rejected";

/** Most commands trade with nobody. */
export const NO_FILLS: readonly Fill[] = [];
