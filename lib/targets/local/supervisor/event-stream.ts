import type { AnySlot, Weights } from "../../target.ts";
import type { SlotTraffic } from "./proxy/traffic.ts";

/** What a live display or a report needs to draw a timeline. One JSON object a line. */
export type SiteEvent = { atMs: number } & (
  | { kind: "weights"; weights: Weights; by: "runner" | "lost-lease" | "now" }
  | { kind: "instance"; slot: AnySlot; name: string; up: boolean; reason: string }
  | { kind: "placed"; slot: AnySlot; version: string }
  | { kind: "retired"; slot: AnySlot; version: string }
  | { kind: "lease"; holder: string | null; how: "acquired" | "given-back" | "ran-out" }
  /** Totals since the supervisor was started, told once a second. */
  | { kind: "traffic"; slots: Record<AnySlot, SlotTraffic>; unserved: number }
);

type WithoutTime<E> = E extends SiteEvent ? Omit<E, "atMs"> : never;

/** Hands events to whoever listens now; nothing is kept. */
export class EventStream {
  readonly #listeners = new Set<(event: SiteEvent) => void>();

  emit(event: WithoutTime<SiteEvent>): void {
    const told = { ...event, atMs: Date.now() } as SiteEvent;
    for (const listener of this.#listeners) listener(told);
  }

  listen(listener: (event: SiteEvent) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}
