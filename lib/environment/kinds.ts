import type { VerdictSettings } from "../verdict/verdict.ts";
import type { EnvironmentFile } from "./schema.ts";

/** What a kind of errors may contribute to the evidence when nobody says otherwise. */
export const USUAL_KIND_SHARE = 0.1;

/** A kind that is measured is judged: without a share of its own it gets the usual one. */
export function judgedKinds({
  service,
  verdict,
}: Pick<EnvironmentFile, "service" | "verdict">): VerdictSettings {
  const measured = Object.keys(service.metrics.kinds ?? {});
  if (measured.length === 0) return verdict;
  const kinds = sharesOfKinds(measured, verdict.weights?.kinds ?? {});
  return { ...verdict, weights: { latency: verdict.weights?.latency ?? 0, kinds } };
}

export function sharesOfKinds(
  measured: readonly string[],
  given: Readonly<Record<string, number>>,
): Record<string, number> {
  return Object.fromEntries(measured.map((kind) => [kind, given[kind] ?? USUAL_KIND_SHARE]));
}
