import { faultAt, readWorkflowDocument } from "../language/document.ts";
import type { Fault } from "../language/fault.ts";
import { entriesOf, property, type Token, textOf, textsOf } from "../language/token.ts";
import { readInputs } from "./input.ts";
import { tellConcurrencyFaults } from "./job-fault.ts";
import { resolveNeeds } from "./needs.ts";
import { readPermissions } from "./permission.ts";
import { readJob } from "./read-job.ts";
import { tellTriggerFaults } from "./trigger-fault.ts";
import type { CallInterface, Workflow } from "./workflow.ts";

/** Reads a workflow file; everything that GitHub would refuse is in `faults`. */
export function readWorkflow(
  file: string,
  content: string,
): { workflow: Workflow | undefined; faults: Fault[] } {
  const { root, faults } = readWorkflowDocument(file, content);
  if (!root) return { workflow: undefined, faults };
  const triggers = readTriggers(property(root, "on"));
  // What is not readable was told already.
  const wasReadable = faults.length === 0;
  if (triggers.size === 0 && wasReadable) {
    faultAt(faults, file, root, "The workflow has no 'on': it would never run");
  }
  tellTriggerFaults(faults, file, triggers);
  tellConcurrencyFaults(faults, file, property(root, "concurrency"));
  const jobsToken = property(root, "jobs");
  const jobs = entriesOf(jobsToken).flatMap((entry) => readJob(faults, file, entry) ?? []);
  if (jobs.length === 0 && wasReadable)
    faultAt(faults, file, jobsToken ?? root, "The workflow has no jobs");
  const workflow: Workflow = {
    file,
    name: textOf(property(root, "name")) || file,
    runName: property(root, "run-name"),
    triggers,
    dispatchInputs: readInputs(faults, file, property(triggers.get("workflow_dispatch"), "inputs")),
    call: readCall(faults, file, triggers.get("workflow_call")),
    env: property(root, "env"),
    defaults: property(root, "defaults"),
    permissions: readPermissions(property(root, "permissions")),
    concurrency: property(root, "concurrency"),
    jobs: resolveNeeds(faults, file, jobs, jobsToken),
  };
  return { workflow, faults };
}

/** `on: push`, `on: [push, …]` and `on: {push: …}` are the same thing. */
function readTriggers(token: Token | undefined): Map<string, Token> {
  const entries = entriesOf(token);
  if (entries.length > 0) return new Map(entries.map(({ name, value }) => [name, value]));
  return new Map(textsOf(token).map(({ text, token: item }) => [text, item]));
}

function readCall(
  faults: Fault[],
  file: string,
  token: Token | undefined,
): CallInterface | undefined {
  if (!token) return undefined;
  const outputs = entriesOf(property(token, "outputs")).flatMap(({ name, value }) => {
    const expression = property(value, "value");
    return expression ? [[name, expression] as const] : [];
  });
  return {
    inputs: readInputs(faults, file, property(token, "inputs")),
    secrets: entriesOf(property(token, "secrets")).map(({ name, value }) => ({
      name,
      required: textOf(property(value, "required")) === "true",
    })),
    outputs: new Map(outputs),
  };
}
