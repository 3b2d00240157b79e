import type { VerdictSettings } from "../verdict/verdict.ts";
import type { RolloutFile } from "./rollout-schema.ts";
import { type Breach, breach } from "./rule.ts";
import { DEFAULT_STEPS } from "./typed.ts";

interface Sections {
  verdict: VerdictSettings;
  rollout: RolloutFile;
  /** Undefined where the target's own keys are wrong. */
  kind: "local" | "hosts" | undefined;
}

type Rule = (sections: Sections) => Breach[];

const BASELINE = ["verdict", "baseline"];

const targetHasRoom: Rule = ({ kind }) =>
  kind === "hosts"
    ? breach(
        BASELINE,
        "stable with a target of kind hosts, whose machines have ports and units for two slots (fresh: with kind local)",
      )
    : [];

const somethingIsCompared: Rule = ({ rollout: { strategy, steps } }) => {
  if (strategy !== "canary")
    return breach(BASELINE, `stable with the strategy ${strategy} (fresh: with canary)`);
  const compares = (steps ?? DEFAULT_STEPS[strategy]).some(({ weight }) => weight < 100);
  return compares
    ? []
    : breach(BASELINE, "stable without a step below 100: at 100 nothing is compared");
};

/** What must hold where the candidate is to be compared with fresh processes of stable. */
export function baselineBreaches(sections: Sections): Breach[] {
  if (sections.verdict.baseline !== "fresh") return [];
  return [targetHasRoom, somethingIsCompared].flatMap((rule) => rule(sections));
}
