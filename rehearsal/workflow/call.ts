import { faultAt } from "../language/document.ts";
import type { Fault } from "../language/fault.ts";
import { BooleanToken, MappingToken, NumberToken, StringToken } from "../language/github.ts";
import { entriesOf, type Token } from "../language/token.ts";
import { findInput, type InputDefinition, wrongCallValue } from "./input.ts";
import type { CallJob, Workflow } from "./workflow.ts";

/** Tells where a call does not fit the workflow that it calls, as GitHub does before it starts. */
export function tellCallFaults(
  faults: Fault[],
  file: string,
  job: CallJob,
  called: Workflow,
): void {
  if (!called.call) {
    faultAt(
      faults,
      file,
      job.usesToken,
      `'${called.file}' can't be called: it has no 'on: workflow_call'`,
    );
    return;
  }
  tellInputs(faults, file, job, called.call.inputs);
  tellSecrets(faults, file, job, called);
}

function tellInputs(
  faults: Fault[],
  file: string,
  job: CallJob,
  definitions: readonly InputDefinition[],
): void {
  const given = entriesOf(job.with);
  const accepted = definitions.map((definition) => definition.name).join(", ") || "none";
  for (const { name, key, value } of given) {
    const definition = findInput(definitions, name);
    if (!definition) {
      faultAt(
        faults,
        file,
        key,
        `Input '${name}' is not defined in the called workflow; its inputs are: ${accepted}`,
      );
      continue;
    }
    const literal = literalOf(value);
    const wrong = literal === undefined ? undefined : wrongCallValue(definition, literal);
    if (wrong) faultAt(faults, file, value, `Input '${name}' of the called workflow is ${wrong}`);
  }
  for (const definition of definitions) {
    const isGiven = given.some(({ name }) => name.toLowerCase() === definition.name.toLowerCase());
    if (definition.required && !isGiven) {
      faultAt(
        faults,
        file,
        job.usesToken,
        `Input '${definition.name}' is required by the called workflow, but not given`,
      );
    }
  }
}

function literalOf(token: Token): string | number | boolean | undefined {
  const isLiteral =
    token instanceof StringToken || token instanceof NumberToken || token instanceof BooleanToken;
  return isLiteral ? token.value : undefined;
}

function tellSecrets(faults: Fault[], file: string, job: CallJob, called: Workflow): void {
  if (job.secrets === "inherit") return;
  if (job.secrets && !(job.secrets instanceof MappingToken)) return; // the schema has told it
  const definitions = called.call?.secrets ?? [];
  const given = entriesOf(job.secrets);
  const accepted = definitions.map((definition) => definition.name).join(", ") || "none";
  for (const { name, key } of given) {
    if (definitions.some((definition) => definition.name.toLowerCase() === name.toLowerCase()))
      continue;
    faultAt(
      faults,
      file,
      key,
      `Secret '${name}' is not defined in the called workflow; its secrets are: ${accepted}`,
    );
  }
  for (const definition of definitions) {
    const isGiven = given.some(({ name }) => name.toLowerCase() === definition.name.toLowerCase());
    if (definition.required && !isGiven) {
      faultAt(
        faults,
        file,
        job.usesToken,
        `Secret '${definition.name}' is required by the called workflow, but not given`,
      );
    }
  }
}
