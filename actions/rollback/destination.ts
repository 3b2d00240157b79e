import { SluiceError } from "../../lib/error.ts";
import { hasServed } from "../../lib/rollout/served.ts";
import type { RolloutState } from "../../lib/rollout/state.ts";
import type { Release } from "../../lib/targets/target.ts";

/** Where to go back to: the release in hand is dropped, or another release takes over. */
export type Destination =
  | { type: "stable" }
  | { type: "already"; release: Release }
  | { type: "release"; release: Release };

/** A rollout is giving a release the traffic of another one, and is not over. */
export function isReplacing({ rollout, stable }: RolloutState): boolean {
  return rollout !== null && rollout.phase !== "finished" && stable !== null;
}

/**
 * Finds what `to` names among the releases whose bytes are `present`. Throws `no-such-release` with what is
 * there when there is none. While a rollout replaces stable, that one is what was there before.
 */
export function destination(
  to: string,
  state: RolloutState,
  present: readonly Release[],
): Destination {
  if (to === "stable" || (to === "previous" && isReplacing(state))) return { type: "stable" };
  const serving = state.stable?.release;
  const others = present.filter((release) => release.digest !== serving?.digest);
  if (to === "previous") {
    const previous = others.find((release) => release.digest === state.previous?.digest);
    if (previous) return { type: "release", release: previous };
    throw nothingThere("there is no previous release to go back to", state, others);
  }
  if (serving && isNamed(serving, to)) return { type: "already", release: serving };
  const named = others.filter((release) => isNamed(release, to));
  const served = named.find((release) => hasServed(state, release));
  if (served) return { type: "release", release: served };
  // What was found worse, or was never judged, would get all traffic past every gate.
  if (named.length > 0) throw nothingThere(`${to} is present, but has never served`, state, others);
  throw nothingThere(`${to} is not present`, state, others);
}

/** A version with or without its leading v, or a digest. */
function isNamed(release: Release, name: string): boolean {
  const bare = (version: string) => version.replace(/^v/, "");
  return bare(release.version) === bare(name) || release.digest === name;
}

function nothingThere(
  problem: string,
  state: RolloutState,
  others: readonly Release[],
): SluiceError {
  const serving = state.stable
    ? `${state.stable.release.version} is serving`
    : "nothing is serving";
  const able = others.filter((release) => hasServed(state, release));
  const there =
    able.length > 0
      ? `served before, and present: ${able.map((release) => release.version).join(", ")}`
      : "no other release that served before is present";
  return new SluiceError("no-such-release", `${problem}: ${serving}; ${there}`, {
    hint: "name one that served before and is present, or deploy the one you want from its archive, by its gates",
  });
}
