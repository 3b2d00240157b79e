import { describeBlindness, isBlind } from "../../lib/rollout/blind.ts";
import { leansAgainst, plannedHoldMs, requestsInStep } from "../../lib/rollout/hold.ts";
import type { RolloutEvent } from "../../lib/rollout/machine.ts";
import type { Rollout, StepRecord } from "../../lib/rollout/state.ts";
import { formatDuration } from "../../lib/units/duration.ts";
import { nameOfBaseline } from "../../lib/verdict/verdict.ts";

/** Sampled lines are told this often at most; what changes is told at once. */
const TELL_EVERY_MS = 1_000;

/** Turns what a rollout does into lines for a person who follows the log. */
export class Progress {
  #toldAtMs = 0;
  #steps = 0;
  #ended = 0;

  /** The lines that this event is worth; mostly none. */
  lines(rollout: Rollout, event: RolloutEvent): string[] {
    const opened = rollout.steps.slice(this.#steps).map(openingLine);
    const closed = rollout.steps.filter((step) => step.outcome !== "running").slice(this.#ended);
    this.#steps = rollout.steps.length;
    this.#ended += closed.length;
    return [...closed.map(closingLine), ...opened, ...this.#sampled(rollout, event)].concat(
      phaseLine(rollout, event),
    );
  }

  #sampled(rollout: Rollout, event: RolloutEvent): string[] {
    const running = rollout.steps.at(-1);
    if (event.type !== "sampled" || running?.outcome !== "running") return [];
    if (event.atMs - this.#toldAtMs < TELL_EVERY_MS) return [];
    this.#toldAtMs = event.atMs;
    return [evidenceLine(running, rollout)];
  }
}

function openingLine(step: StepRecord): string {
  const { weightPercent, baselinePercent } = step;
  const beside = baselinePercent === undefined ? "" : `, ${baselinePercent} % to a fresh baseline`;
  return `→ ${weightPercent} % to the candidate${beside}`;
}

function closingLine(step: StepRecord): string {
  const took = formatDuration((step.endedAtMs ?? step.startedAtMs) - step.startedAtMs);
  if (step.early === undefined) return `  ${step.weightPercent} % ${step.outcome} after ${took}`;
  return `  ${step.weightPercent} % ${step.outcome} early after ${took}; ${step.early}`;
}

/** `  25 %  3s of 5s watched · candidate 12/1480 errors · stable 4/4440 · evidence 0.7 of 100`. */
function evidenceLine(step: StepRecord, rollout: Rollout): string {
  const holdMs = plannedHoldMs(rollout);
  const watched = `${formatDuration(step.watchedMs)} of ${formatDuration(holdMs)} watched${waitingFor(step, rollout, holdMs)}`;
  const { evidence } = step;
  if (!evidence) return `  ${step.weightPercent} %  ${watched} · no counters could be read yet`;
  const { candidate, baseline, worse, threshold } = evidence;
  return [
    `  ${step.weightPercent} %  ${watched}`,
    `candidate ${candidate.errors}/${candidate.requests} failed`,
    `${nameOfBaseline(rollout.verdict.settings)} ${baseline.errors}/${baseline.requests}`,
    `evidence ${shortNumber(worse)} of ${shortNumber(threshold)}`,
  ].join(" · ");
}

/** What a step that was watched long enough still waits for. */
function waitingFor(step: StepRecord, rollout: Rollout, holdMs: number): string {
  if (step.watchedMs < holdMs) return "";
  if (leansAgainst(step)) return ", waiting since it looks worse";
  const requests = requestsInStep(step);
  const { minStepRequests } = rollout.plan;
  if (requests < minStepRequests)
    return `, waiting for ${minStepRequests} requests on the candidate (${requests} until now)`;
  return isBlind(rollout) ? `, waiting ${describeBlindness(rollout)}` : "";
}

function phaseLine(rollout: Rollout, event: RolloutEvent): string[] {
  if (event.type === "baseline-placed")
    return [
      "fresh processes of stable are healthy beside it, for the candidate to be compared with",
    ];
  if (event.type === "routed" && rollout.phase === "retiring")
    return rollout.outcome === "promoted"
      ? ["all traffic is on the candidate; the old slot is drained and retired"]
      : ["all traffic is back on stable; the candidate is drained and retired"];
  if (rollout.parked !== null) return [`held: ${rollout.parked}`];
  return [];
}

export function shortNumber(value: number): string {
  if (value >= 1e6 || (value > 0 && value < 0.01)) return value.toExponential(1);
  return String(Number(value.toPrecision(3)));
}
