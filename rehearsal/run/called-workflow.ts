import { SluiceError } from "../../lib/error.ts";
import { evaluate, type Scope } from "../language/expression.ts";
import { entriesOf } from "../language/token.ts";
import { toText, type Value } from "../language/value.ts";
import type { Texts } from "../runner/running-job.ts";
import {
  defaultValue,
  findInput,
  type InputDefinition,
  wrongCallValue,
} from "../workflow/input.ts";
import type { CallJob } from "../workflow/workflow.ts";
import type { Leg } from "./job-matrix.ts";
import { contextsOfLeg } from "./run-context.ts";
import { type JobReport, runWorkflow, within } from "./workflow-run.ts";

/** Runs the workflow that a job calls; its result is a failure when any job in it failed. */
export async function runCall(leg: Leg, job: CallJob): Promise<JobReport> {
  const { run } = leg;
  const called = run.loaded.calls.get(job.id);
  if (!called) {
    throw new SluiceError("refused", `'${job.uses}' is not on this machine`, {
      hint: "Add --repo owner/repo@ref=<path of a checkout of it>.",
    });
  }
  const scope: Scope = { contexts: { ...contextsOfLeg(leg), secrets: run.secrets } };
  const startedAt = performance.now();
  const { emit } = run.setting;
  emit({ type: "job-started", job: leg.path, name: leg.name });
  const end = await runWorkflow({
    ...run,
    loaded: called,
    prefix: `${leg.path}/`,
    inputs: callInputs(job, called.workflow.call?.inputs ?? [], scope),
    secrets: callSecrets(job, run.secrets, scope),
    permissions: job.permissions ?? run.loaded.workflow.permissions ?? run.permissions,
    before: run.before?.[job.id]?.jobs,
    only: inside(run.only, job.id),
    from: inside(run.from, job.id),
    cancel: leg.signal,
  });
  const durationMs = Math.round(performance.now() - startedAt);
  const { result, outputs, jobs } = end;
  emit({ type: "job-finished", job: leg.path, name: leg.name, result, outputs, durationMs });
  return {
    result,
    outputs,
    name: leg.name,
    reason: undefined,
    url: undefined,
    durationMs,
    legs: [],
    jobs,
  };
}

/** The part of a path that is about the called workflow. */
function inside(path: string | undefined, id: string): string | undefined {
  return (path === undefined ? undefined : within(path, id)) || undefined;
}

function callInputs(
  job: CallJob,
  definitions: readonly InputDefinition[],
  scope: Scope,
): { [name: string]: Value } {
  const inputs: { [name: string]: Value } = {};
  const wrong: string[] = [];
  for (const definition of definitions) {
    inputs[definition.name] = definition.default?.isExpression
      ? evaluate(definition.default, scope)
      : defaultValue(definition);
  }
  for (const { name, value } of entriesOf(job.with)) {
    const definition = findInput(definitions, name);
    if (!definition) continue;
    const given = evaluate(value, scope);
    const fault = wrongCallValue(definition, given);
    if (fault) wrong.push(`Input '${name}' of ${job.uses} is ${fault}`);
    inputs[definition.name] = definition.type === "string" ? toText(given) : given;
  }
  if (wrong.length > 0) throw new SluiceError("invalid-input", wrong.join("; "));
  return inputs;
}

/** Only what the caller passes on; the token is always there. */
function callSecrets(job: CallJob, own: Texts, scope: Scope): Texts {
  if (job.secrets === "inherit") return own;
  const secrets: { [name: string]: string } = {};
  if (own.GITHUB_TOKEN !== undefined) secrets.GITHUB_TOKEN = own.GITHUB_TOKEN;
  for (const { name, value } of entriesOf(job.secrets)) {
    const text = toText(evaluate(value, scope));
    if (text !== "") secrets[name] = text;
  }
  return secrets;
}
