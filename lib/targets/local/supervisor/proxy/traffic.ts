import type { AnySlot } from "../../../target.ts";

/** What the proxy saw of one slot since it started; these only grow. */
export interface SlotTraffic {
  /** Requests that this slot was the last to have. */
  requests: number;
  /** Answered by it with a status of 500 or more. */
  failed: number;
  /** In its hand, and never answered in full. */
  lost: number;
  /** Could not be handed to it, and went elsewhere. */
  handedOn: number;
  /** Their client went away first. */
  abandoned: number;
  /** Upgraded connections that were opened. */
  upgrades: number;
}

export interface Traffic {
  slots: Record<AnySlot, SlotTraffic>;
  /** Answered 503 by the proxy: no slot could serve. */
  unserved: number;
}

export function noTraffic(): Traffic {
  return { slots: { blue: none(), green: none(), baseline: none() }, unserved: 0 };
}

function none(): SlotTraffic {
  return { requests: 0, failed: 0, lost: 0, handedOn: 0, abandoned: 0, upgrades: 0 };
}
