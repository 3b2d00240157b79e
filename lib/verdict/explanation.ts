import type { Count } from "./state.ts";
import type { VerdictSettings } from "./terms.ts";
import type { Finding } from "./verdict.ts";

/** One paragraph for whoever is on call. */
export function explain(
  { settings }: { settings: VerdictSettings },
  { outcome, evidence }: Pick<Finding, "outcome" | "evidence">,
): string {
  const compared =
    `The candidate failed ${share(evidence.candidate)}, stable ${share(evidence.baseline)} in the same time` +
    `${ratio(evidence.candidate, evidence.baseline)}.`;
  const worse = `Evidence that it is worse than tolerated (ratio ${settings.toleratedRatio}): ${amount(evidence.worse)} of the ${amount(evidence.threshold)} needed.`;
  const good = `Evidence that it is less than ${settings.goodEnoughRatio} times as bad: ${amount(evidence.goodEnough)} of the ${amount(evidence.goodEnoughThreshold)} needed.`;
  switch (outcome) {
    case "rollback":
      return `Worse: go back. ${compared} ${worse} A release that is not worse gets here in at most ${percent(settings.alpha)} of all rollouts, however often one looks.`;
    case "promote":
      return `Good enough to go on. ${compared} ${good}`;
    case "continue":
    case "inconclusive":
      return `Not decided. ${compared} ${worse} ${good}`;
  }
}

function share({ requests, errors }: Count): string {
  if (requests === 0) return "no request, having had none";
  return `${errors} of ${requests} requests (${percent(errors / requests)})`;
}

function ratio(candidate: Count, baseline: Count): string {
  if (candidate.requests === 0 || baseline.errors === 0) return "";
  const times = candidate.errors / candidate.requests / (baseline.errors / baseline.requests);
  return `, ${amount(times)} times the rate`;
}

function percent(fraction: number): string {
  return `${Number((fraction * 100).toPrecision(2))} %`;
}

function amount(value: number): string {
  if (value >= 1e6) return "over a million";
  return `${Number(value.toPrecision(value >= 100 ? 3 : 2))}`;
}
