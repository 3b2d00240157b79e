import type { Rehearsal } from "../run.ts";

export function planText(_rehearsal: Rehearsal): { text: string; graph: unknown } {
  return { text: "", graph: {} };
}
