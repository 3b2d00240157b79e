import { inlineText, type Log, type Summary } from "../../lib/action/action.ts";
import { readEnvironment } from "../../lib/environment/read.ts";
import { type ErrorCode, SluiceError } from "../../lib/error.ts";
import type { Gate } from "../../lib/evidence/record.ts";
import { rolloutEvidence } from "../../lib/evidence/rollout.ts";
import { placeCandidate } from "../../lib/rollout/candidate.ts";
import { systemClock } from "../../lib/rollout/clock.ts";
import { conduct } from "../../lib/rollout/conduct.ts";
import { type EntryRequest, enter } from "../../lib/rollout/entry.ts";
import { freshBaselinePercent, wantsFreshBaseline } from "../../lib/rollout/fresh-baseline.ts";
import type { HeldLease } from "../../lib/rollout/lease.ts";
import { describePlan, planRollout } from "../../lib/rollout/plan.ts";
import { pastSamples } from "../../lib/rollout/sample.ts";
import { withLease, withoutWords } from "../../lib/rollout/session.ts";
import type { Rollout, RolloutOutcome } from "../../lib/rollout/state.ts";
import { holderOf } from "../../lib/targets/holder.ts";
import { openTarget } from "../../lib/targets/open.ts";
import type { Release, Target } from "../../lib/targets/target.ts";
import type { Digest } from "../../lib/units/digest.ts";
import { expectations } from "./expectation.ts";
import { judged } from "./judged.ts";
import { Progress, shortNumber } from "./progress.ts";
import { mustKeepBaseline, overridden, type RolloutOverrides } from "./rollout-settings.ts";
import { TraceFile } from "./trace-file.ts";

interface PromoteContext {
  inputs: RolloutOverrides & { "environment-file": string; digest: Digest; trace: string };
  outputs: { set(known: Partial<PromoteOutputs>): void };
  log: Log;
  summary: Summary;
  signal: AbortSignal;
  env: NodeJS.ProcessEnv;
}

interface PromoteOutputs {
  gate: Gate;
  outcome: RolloutOutcome;
  held: boolean;
  rollout: ReturnType<typeof rolloutEvidence>;
  trace: string;
  "seconds-to-zero": number | null;
}

type Ended =
  | { type: "rollout"; rollout: Rollout }
  /** It was serving before this run, and no rollout of it is known any more. */
  | { type: "serving"; release: Release };

/** Conducts the rollout to its end; the action's outputs are set however it ends. */
export async function promote(context: PromoteContext): Promise<PromoteOutputs> {
  const { inputs, log, signal, env } = context;
  const environment = await readEnvironment(inputs["environment-file"]);
  const settings = overridden(environment.rollout, inputs);
  const target = await openTarget(environment);
  const holder = holderOf(env, process.pid);
  const request: EntryRequest = {
    digest: inputs.digest,
    id: `${holder.key}/${Date.now()}`,
    plan: planRollout(settings),
    verdict: environment.verdict,
  };
  mustKeepBaseline(request.plan, request.verdict);
  log.info(`plan: ${describePlan(request.plan)}${besides(request)}`);
  for (const line of await expectations(target, request, signal)) log.info(line);
  const trace = new TraceFile(inputs.trace);
  let held: HeldLease | undefined;
  const warn = (message: string) => log.warning(message);
  const ended = await withLease(
    { target, holder, leaseMs: settings.leaseMs, clock: systemClock, warn },
    (lease) => {
      held = lease;
      return rollOut({ target, lease, request, trace, log, signal });
    },
  );
  return conclude(ended, trace, { ...context, environment: environment.name }, held?.without ?? []);
}

/** What the fresh baseline has at each weight. */
function besides({ verdict, plan }: EntryRequest): string {
  if (!wantsFreshBaseline(verdict, plan)) return "";
  const weights = plan.steps.map(({ weightPercent }) => `${freshBaselinePercent(weightPercent)} %`);
  return `, beside fresh processes of stable with ${weights.join(" → ")}`;
}

interface RollOut {
  target: Target;
  lease: HeldLease;
  request: EntryRequest;
  trace: TraceFile;
  log: Log;
  signal: AbortSignal;
}

async function rollOut(r: RollOut): Promise<Ended> {
  const { target, lease, log, signal } = r;
  const { value, version } = await target.read();
  const past = pastSamples(await target.past());
  const entry = enter(value, { ...r.request, past });
  switch (entry.type) {
    case "already":
      log.notice(`nothing to do: ${entry.release.version} went through this before`);
      return entry.rollout
        ? { type: "rollout", rollout: entry.rollout }
        : { type: "serving", release: entry.release };
    case "place-again":
      log.info(`${entry.release.version} was taken off its slot; placing it again`);
      await placeCandidate(entry.release, {
        target,
        token: lease.token,
        signal: AbortSignal.any([signal, lease.lost]),
      });
      return rollOut(r);
    case "resume":
      log.notice(`going on with the rollout that was ${entry.state.rollout?.phase}`);
      break;
    case "begin":
      log.info(`stable's own past: ${past.length} readings`);
      for (const sample of past) r.trace.append(sample);
      break;
  }
  const progress = new Progress();
  const state = await conduct(
    { state: entry.state, version },
    {
      target,
      lease,
      signal,
      clock: systemClock,
      onProgress({ rollout }, event) {
        if (event.type === "sampled") r.trace.append(event.sample);
        if (rollout) for (const line of progress.lines(rollout, event)) log.info(line);
      },
    },
  );
  if (!state.rollout) throw new SluiceError("internal", "the rollout ended without a state");
  return { type: "rollout", rollout: state.rollout };
}

const FAILURE: Record<Exclude<RolloutOutcome, "promoted">, { code: ErrorCode; hint: string }> = {
  "rolled-back": {
    code: "worse",
    hint: "mend the release and tag a new version; `sluice replay` on the trace shows every window",
  },
  inconclusive: {
    code: "inconclusive",
    hint: "look at traffic and metrics of both slots, then re-run this job",
  },
  failed: { code: "cancelled", hint: "re-run this job to start over" },
};

function conclude(
  ended: Ended,
  trace: TraceFile,
  context: PromoteContext & { environment: string },
  missing: readonly string[],
): PromoteOutputs {
  const { environment } = context;
  if (ended.type === "serving") return alreadyServing(ended.release, trace, environment);
  const { rollout } = ended;
  const outcome = rollout.outcome ?? "inconclusive";
  const why = rollout.reason ?? rollout.parked ?? "the rollout ended without a reason";
  const reason = [why, withoutWords(missing)].filter(Boolean).join("; ");
  const evidence = rolloutEvidence(rollout);
  const outputs: PromoteOutputs = {
    gate: judged(rollout.release, { outcome: gateOutcome(outcome), reason }, evidence, environment),
    outcome,
    held: rollout.parked !== null,
    rollout: evidence,
    trace: trace.path,
    "seconds-to-zero": evidence.secondsToZero,
  };
  summarise(context.summary, rollout, outcome, reason);
  if (outcome === "promoted") {
    context.log.info(`promoted: ${reason}`);
    return outputs;
  }
  context.outputs.set(outputs);
  const { code, hint } = FAILURE[outcome];
  throw new SluiceError(code, `${rollout.release.version} ${outcome}: ${reason}`, { hint });
}

function gateOutcome(outcome: RolloutOutcome): Gate["outcome"] {
  if (outcome === "promoted") return "passed";
  return outcome === "inconclusive" ? "inconclusive" : "failed";
}

function alreadyServing(release: Release, trace: TraceFile, environment: string): PromoteOutputs {
  const reason = `${release.version} (${release.digest}) is serving already`;
  const rollout = {
    plan: { strategy: "canary" as const, steps: [] },
    steps: [],
    secondsToZero: null,
  };
  return {
    gate: judged(release, { outcome: "passed", reason }, rollout, environment),
    outcome: "promoted",
    held: false,
    rollout,
    trace: trace.path,
    "seconds-to-zero": null,
  };
}

function summarise(
  summary: Summary,
  rollout: Rollout,
  outcome: RolloutOutcome,
  reason: string,
): void {
  summary.heading(`${rollout.release.version}: ${outcome}`);
  summary.markdown(inlineText(reason));
  summary.table(
    [
      "Weight",
      "Outcome",
      "Candidate failed",
      rollout.baseline ? "Fresh stable failed" : "Stable failed",
      "Evidence (of threshold)",
    ],
    rollout.steps.map(({ weightPercent, baselinePercent, outcome: ended, evidence, early }) => [
      baselinePercent === undefined
        ? `${weightPercent} %`
        : `${weightPercent} %, baseline ${baselinePercent} %`,
      early === undefined ? ended : `${ended} early`,
      evidence ? `${evidence.candidate.errors} of ${evidence.candidate.requests}` : "–",
      evidence ? `${evidence.baseline.errors} of ${evidence.baseline.requests}` : "–",
      evidence ? `${shortNumber(evidence.worse)} (${shortNumber(evidence.threshold)})` : "–",
    ]),
  );
}
