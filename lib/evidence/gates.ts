import { canonicalJson } from "./canonical.ts";
import { type Job, type Needs, outputOf, parseJson } from "./needs.ts";
import { Gate } from "./record.ts";

/** The gate at which an environment's reviewers decide; it has no action, only a job that waits for them. */
const APPROVAL = "approval";
const APPROVAL_JOBS = new Set(["approve", "approval"]);

/** The order in which gates are met; those with other names stay behind the one they came after. */
export const GATE_ORDER = [
  "build",
  "trivy-scan",
  "cosign-sign",
  "deploy",
  "k6-gate",
  APPROVAL,
  "canary-promote",
  "rollback",
];

/**
 * What every gate found, by the jobs that ran before. A job that ended badly without a gate of its own that says
 * so becomes a failed gate: silence never passes. Jobs that were not reached are named in the reason of the gate
 * that stopped the release.
 */
export function gatesOf(needs: Needs): Gate[] {
  const found = Object.entries(needs).flatMap(([id, job]) => gatesOfJob(id, job));
  const gates = inOrder(withoutDoubles(found));
  const unreached = Object.keys(needs).filter((id) => needs[id]?.result === "skipped");
  const stopper = gates.findIndex(stops);
  if (unreached.length === 0) return gates;
  if (stopper !== -1) return gates.with(stopper, naming(gates[stopper], unreached));
  if (gates.some(promotes)) return gates;
  return [...gates, ...unreached.map(skippedByWorkflow)];
}

/** The gate did not let the release through: it found against it, or could not decide. */
export function stops({ outcome }: Pick<Gate, "outcome">): boolean {
  return outcome === "failed" || outcome === "inconclusive";
}

/** The gate without which nothing is promoted. */
export function promotes({ name, outcome }: Gate): boolean {
  return name === "canary-promote" && outcome === "passed";
}

/** The rollback action did its work: the release was serving, and is no more. */
export function takesBack({ name, outcome }: Pick<Gate, "name" | "outcome">): boolean {
  return name === "rollback" && outcome === "passed";
}

function gatesOfJob(id: string, job: Job): Gate[] {
  const told = Object.keys(job.outputs)
    .filter((name) => name === "gate" || name.startsWith("gate-"))
    .flatMap((name) => gateOutput(id, job, name));
  // A gate that was skipped on purpose says nothing of why the job ended badly.
  const silent = !told.some(stops);
  if (job.result === "failure" && silent) return [...told, failedSilently(id, job, told)];
  if (job.result === "cancelled" && silent) {
    return [...told, { name: gateName(id), outcome: "failed", reason: `job ${id} was cancelled` }];
  }
  if (job.result === "success" && isApproval(id) && told.length === 0) {
    // That there are reviewers is the environment's setting, which nobody here has looked at.
    const reason =
      "the environment's protection rules let it through: its reviewers, if it has any";
    return [{ name: APPROVAL, outcome: "passed", reason }];
  }
  return told;
}

function gateOutput(id: string, job: Job, name: string): Gate[] {
  const text = outputOf(job, name);
  if (text === undefined) return [];
  const read = Gate.safeParse(parseJson(text));
  if (read.success) return [read.data];
  const gate = name === "gate" ? gateName(id) : name.slice("gate-".length);
  return [{ name: gate, outcome: "failed", reason: `output ${name} of job ${id} is no gate` }];
}

/** The gate at which a job stopped that does not say so itself. */
function failedSilently(id: string, job: Job, told: readonly Gate[]): Gate {
  const name = firstUntold(job) ?? gateName(id);
  if (name === APPROVAL) {
    const reason = "the approval was refused, or nobody gave it in time";
    return { name, outcome: "failed", reason };
  }
  const last = told.findLast((gate) => gate.name !== "rollback");
  const after = last === undefined ? "" : ` after its gate ${last.name} had passed`;
  const reason = `job ${id} failed${after} and no gate says why; its log does`;
  return { name, outcome: "failed", reason };
}

/** Of the gates that a job has outputs for, the first that it put nothing into: it got no further. */
function firstUntold(job: Job): string | undefined {
  const untold = Object.keys(job.outputs)
    .filter((output) => output.startsWith("gate-") && outputOf(job, output) === undefined)
    .map((output) => output.slice("gate-".length))
    .map((name) => (name === "promote" ? "canary-promote" : name))
    .filter((name) => name !== "rollback");
  return untold.sort((a, b) => GATE_ORDER.indexOf(a) - GATE_ORDER.indexOf(b))[0];
}

function isApproval(id: string): boolean {
  return APPROVAL_JOBS.has(id.toLowerCase());
}

function gateName(id: string): string {
  return isApproval(id) ? APPROVAL : id;
}

function naming(gate: Gate | undefined, unreached: readonly string[]): Gate {
  if (gate === undefined) throw new RangeError("no gate to name the others in");
  return { ...gate, reason: `${gate.reason} (not reached: ${unreached.join(", ")})` };
}

function skippedByWorkflow(id: string): Gate {
  return {
    name: gateName(id),
    outcome: "skipped",
    reason: `the workflow's condition skipped job ${id}`,
  };
}

/** A called workflow hands its gates on, so one may come twice. One about other bytes is another one, however alike. */
function withoutDoubles(gates: readonly Gate[]): Gate[] {
  return [...new Map(gates.map((gate) => [canonicalJson(gate), gate])).values()];
}

function inOrder(gates: readonly Gate[]): Gate[] {
  let rank = -1;
  const ranked = gates.map((gate) => {
    const own = GATE_ORDER.indexOf(gate.name);
    if (own !== -1) rank = own;
    return { gate, rank };
  });
  return ranked.sort((a, b) => a.rank - b.rank).map(({ gate }) => gate);
}
