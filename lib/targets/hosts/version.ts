import type { Version } from "../target.ts";

/**
 * Of a state: who wrote it (a lease's token), the how many-th it is, and whether the guard wrote it when nobody renewed.
 * A later writer's is newer, whatever was counted before: it began with what a majority had.
 */
export interface Stamp {
  writer: number;
  count: number;
  reverted: boolean;
}

const NOTHING: Stamp = { writer: 0, count: 0, reverted: false };

export function stampOf(version: string): Stamp {
  const [writer, count, reverted] = version.split(".").map(Number);
  return writer === undefined || count === undefined
    ? NOTHING
    : { writer, count, reverted: reverted === 1 };
}

export function versionOf({ writer, count, reverted }: Stamp): Version {
  return (count === 0 && writer === 0 ? "0" : `${writer}.${count}.${reverted ? 1 : 0}`) as Version;
}

/** Positive when `a` is the newer one. */
export function compareVersions(a: string, b: string): number {
  const [left, right] = [stampOf(a), stampOf(b)];
  return (
    left.writer - right.writer ||
    left.count - right.count ||
    Number(left.reverted) - Number(right.reverted)
  );
}
