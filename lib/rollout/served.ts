import type { Release } from "../targets/target.ts";
import type { Digest } from "../units/digest.ts";
import type { RolloutState } from "./state.ts";

/** More than any target keeps the bytes of. */
const REMEMBERED = 16;

/** What has served, the latest last, once `release` does too. A state of before this was kept knows two of them. */
export function servedWith(state: RolloutState, release: Release): Digest[] {
  const before = state.served ?? knownOf(state);
  return [...before.filter((digest) => digest !== release.digest), release.digest].slice(
    -REMEMBERED,
  );
}

/** Whether it was let through here before; true where nobody can tell. */
export function hasServed(state: RolloutState, { digest }: Pick<Release, "digest">): boolean {
  return state.served?.includes(digest) ?? true;
}

function knownOf({ previous, stable }: RolloutState): Digest[] {
  return [previous, stable?.release].flatMap((release) => (release ? [release.digest] : []));
}
