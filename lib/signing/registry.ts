import type { ErrorCode } from "../error.ts";

/** What a registry's refusal means, and what to do about it. */
export interface RegistryFault {
  code: ErrorCode;
  hint: string;
}

/** From the most telling to the least; of cosign's message, whose wording is the registry's. */
const FAULTS: ReadonlyArray<readonly [RegExp, RegistryFault]> = [
  [
    /\b409\b|immutable|already exists|cannot be overwritten/i,
    {
      code: "refused",
      hint: "this registry keeps signatures under the tag sha256-…, and does not let it be overwritten: exempt tags that begin with sha256- from immutability",
    },
  ],
  [
    /\b40[13]\b|unauthorized|denied|forbidden/i,
    {
      code: "refused",
      hint: "log in to the registry in an earlier step (docker/login-action) as somebody who may push there",
    },
  ],
  [
    /\b404\b|MANIFEST_UNKNOWN|NAME_UNKNOWN|not found/i,
    {
      code: "invalid-input",
      hint: "push the image first, and give the digest that the registry answered with",
    },
  ],
  [
    /connection (refused|reset)|no such host|i\/o timeout|deadline exceeded|\b50[0234]\b|\b429\b|EOF\b/i,
    { code: "target-unreachable", hint: "run the job again when the registry answers" },
  ],
];

/** What is wrong with the registry; undefined when it was not the registry that failed, or in no usual way. */
export function registryFaultIn(stderr: string): RegistryFault | undefined {
  const line = stderr.split("\n").find((one) => one.startsWith("Error:") && one.includes("/v2/"));
  return line === undefined ? undefined : FAULTS.find(([pattern]) => pattern.test(line))?.[1];
}
