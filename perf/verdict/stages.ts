import { COLD_SECONDS, type Scenario } from "./scenario.ts";
import { DAY_SECONDS, INSTANCES, PLAN } from "./trace.ts";

/** What comes between two readings of a bad release, to somebody who knows all about it. */
export interface Stage {
  /** Independent causes of errors that are to be expected. */
  candidateEvents: number;
  baselineEvents: number;
  /** The candidate's share of all events, and what it would be were it not worse. */
  share: number;
  goodShare: number;
  /** Bad requests that stable would not have had. */
  excess: number;
}

/** From the onset of the fault to the end of the plan; `phase` is where the day curve begins. */
export function stagesOf(scenario: Scenario, phase: number): Stage[] {
  const seconds = PLAN.flatMap(({ weight, seconds: held }) => Array<number>(held).fill(weight))
    .map((weight, second) => rates(scenario, weight, second, phase))
    .slice(scenario.onsetSeconds);
  const readings = Math.floor(seconds.length / scenario.sampleSeconds);
  return Array.from({ length: readings }, (_, index) =>
    stage(seconds.slice(index * scenario.sampleSeconds, (index + 1) * scenario.sampleSeconds)),
  );
}

interface Rates extends Omit<Stage, "share" | "goodShare"> {
  candidateGood: number;
  baselineGood: number;
}

/**
 * A good release that looks most like this bad one has as many errors in all and as many good answers on either arm, so
 * that nothing but the candidate's share of the errors tells them apart.
 */
function rates(scenario: Scenario, weight: number, second: number, phase: number): Rates {
  const { baseError, ratio, burst, isOneInstance, overweight, isFresh, coldError } = scenario;
  const at = scenario.pastSeconds + second;
  const requests =
    scenario.rate * (1 + scenario.dayCurve * Math.sin(phase + (2 * Math.PI * at) / DAY_SECONDS));
  const routed = Math.min(1, weight * overweight);
  // Whoever knows the fault knows the instance as well, and compares it alone.
  const candidate = requests * routed * (isOneInstance ? 1 / INSTANCES : 1);
  const baseline = isFresh ? requests * Math.min(routed, 1 - routed) : requests - candidate;
  const cold = coldError * Math.exp(-second / COLD_SECONDS);
  const bad = Math.min(1, cold + Math.min(1, baseError * ratio));
  const usual = Math.min(1, (isFresh ? cold : 0) + baseError);
  const isAlone = burst === 1;
  return {
    candidateEvents: (candidate * bad) / burst,
    baselineEvents: (baseline * usual) / burst,
    // How many requests there are says nothing of bursts, which may be larger than what was good.
    candidateGood: isAlone ? candidate * (1 - bad) : candidate,
    baselineGood: isAlone ? baseline * (1 - usual) : baseline,
    excess: candidate * (Math.min(1, baseError * ratio) - baseError),
  };
}

function stage(seconds: readonly Rates[]): Stage {
  const sum = (of: (second: Rates) => number) =>
    seconds.reduce((total, second) => total + of(second), 0);
  const candidateEvents = sum((second) => second.candidateEvents);
  const baselineEvents = sum((second) => second.baselineEvents);
  const candidateGood = sum((second) => second.candidateGood);
  const baselineGood = sum((second) => second.baselineGood);
  return {
    candidateEvents,
    baselineEvents,
    share: candidateEvents / (candidateEvents + baselineEvents),
    goodShare: candidateGood / (candidateGood + baselineGood),
    excess: sum((second) => second.excess),
  };
}
