/**
 * What the page carries for its charts: short rows, so that an hour of samples stays small. Times are
 * milliseconds after `startMs`.
 */
export interface ChartData {
  startMs: number;
  endMs: number;
  arms: Array<{ version: string; windows: WindowRow[] }>;
  evidence: Array<{ version: string; threshold: number; points: PointRow[] }>;
  marks: Array<{ at: number; version: string; kind: string; label: string }>;
  rollouts: RolloutBar[];
}

/** From, to, percent of traffic, requests, errors. */
export type WindowRow = [number, number, number, number | null, number | null];

/** When, and how much evidence. */
export type PointRow = [number, number];

/** One release's rollout: its steps as stretches of time. */
export interface RolloutBar {
  version: string;
  outcome: string;
  /** From, to, percent, outcome. */
  steps: Array<[number, number, number, string]>;
}
