import { faultAt } from "../language/document.ts";
import type { Fault } from "../language/fault.ts";
import { type Entry, property, textOf, textsOf } from "../language/token.ts";
import { isIdentifier } from "./identifier.ts";
import { tellJobFaults } from "./job-fault.ts";
import { readPermissions } from "./permission.ts";
import { readCondition, readJobSteps } from "./read-step.ts";
import type { JobDefinition } from "./workflow.ts";

/** Reads one entry of `jobs:`. `needs` are still as the author wrote them. */
export function readJob(faults: Fault[], file: string, entry: Entry): JobDefinition | undefined {
  const { name: id, key, value } = entry;
  if (!isIdentifier(id)) {
    faultAt(
      faults,
      file,
      key,
      `The job id '${id}' is invalid; letters, digits, '_' and '-' are accepted, beginning with a letter or '_', below 100 characters, not '__'`,
    );
  }
  tellJobFaults(faults, file, entry);
  const base = {
    id,
    token: key,
    name: property(value, "name"),
    needs: textsOf(property(value, "needs")).map(({ text }) => text),
    condition: readCondition(faults, file, property(value, "if"), "job"),
    strategy: property(value, "strategy"),
    concurrency: property(value, "concurrency"),
    permissions: readPermissions(property(value, "permissions")),
  };
  const usesToken = property(value, "uses");
  if (usesToken) {
    const secrets = property(value, "secrets");
    return {
      ...base,
      kind: "call",
      uses: textOf(usesToken) ?? "",
      usesToken,
      with: property(value, "with"),
      secrets: textOf(secrets) === "inherit" ? "inherit" : secrets,
    };
  }
  return {
    ...base,
    kind: "steps",
    runsOn: property(value, "runs-on"),
    env: property(value, "env"),
    environment: property(value, "environment"),
    outputs: property(value, "outputs"),
    defaults: property(value, "defaults"),
    timeoutMinutes: property(value, "timeout-minutes"),
    continueOnError: property(value, "continue-on-error"),
    container: property(value, "container"),
    services: property(value, "services"),
    steps: readJobSteps(faults, file, property(value, "steps")),
  };
}
