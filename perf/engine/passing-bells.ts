import { Bell } from "../../engine/pipeline/bell.ts";

/** Looks before sleeping: enough while both sides run, few enough when one of them has no CPU. */
export const SPINS = 1000;

/** What the ring's records hold. */
export type RingContent = "commands" | "numbers";

export interface Bells {
  reader: Bell;
  writer: Bell;
}

export function bellsOf(buffer: SharedArrayBuffer): Bells {
  const words = new Int32Array(buffer);
  return { reader: new Bell(words, 0), writer: new Bell(words, 16) };
}
