import type { Ticker } from "../judge.ts";
import { ARGO_TUNABLE } from "./argo.ts";
import { FLAGGER_TUNABLE } from "./flagger.ts";
import { KAYENTA_TUNABLE } from "./kayenta.ts";

/** The settings among which each peer is tuned, peer by peer. */
export const PEERS: ReadonlyArray<readonly Ticker[]> = [
  ARGO_TUNABLE,
  FLAGGER_TUNABLE,
  KAYENTA_TUNABLE,
];

export const ALL_SETTINGS: readonly Ticker[] = PEERS.flat();
