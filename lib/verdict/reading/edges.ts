import { edgeMetric, latencyQuestions } from "../metric/metrics.ts";
import { openStream, type Stream } from "../metric/stream.ts";
import type { VerdictState } from "../state.ts";
import { chooseEdges, goodEdgeOf, outerEdges } from "./latency.ts";
import type { Reading } from "./reading.ts";

/** The edges are chosen once, from what stable had counted before the window they are first used in. */
export function withEdges(
  state: VerdictState,
  before: Reading,
  isComparing: boolean,
): VerdictState {
  if (state.edges.length > 0) return state;
  const edges = chooseEdges(before.baseline, isComparing);
  if (edges.length === 0) return state;
  const goodEdge = goodEdgeOf(before.baseline, edges);
  return { ...opened(state, edges, goodEdge), goodEdge };
}

/**
 * Edges beyond all that warm processes reach, for the time in which fresh ones are cold: then every request is slower
 * than stable's usual quantiles, and nothing could be told there.
 */
export function withOuterEdges(state: VerdictState, past: Reading): VerdictState {
  return opened(state, outerEdges(past.baseline, state.edges), null);
}

function opened(
  state: VerdictState,
  edges: readonly number[],
  goodEdge: number | null,
): VerdictState {
  const { all, worseAlone } = latencyQuestions(state.settings);
  const streams = edges.map((edge): [string, Stream] => [
    edgeMetric(edge),
    openStream(edge === goodEdge ? all : worseAlone),
  ]);
  return {
    ...state,
    edges: [...state.edges, ...edges],
    streams: { ...state.streams, ...Object.fromEntries(streams) },
  };
}
