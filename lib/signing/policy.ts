import type { VerifyByIdentity, VerifyByKey } from "../environment/environment.ts";
import type { PublicKey } from "./public-key.ts";
import { readPublicKey } from "./public-key.ts";

/** Whose signature is accepted, ready to be checked. */
export type Policy = KeyPolicy | IdentityPolicy;

export interface KeyPolicy extends Omit<VerifyByKey, "key"> {
  key: PublicKey;
}

export type IdentityPolicy = VerifyByIdentity;

/** The policy that `verify:` of an environment, or a person on the command line, asks for. */
export async function policyOf(
  settings: VerifyByKey | VerifyByIdentity,
  env: NodeJS.ProcessEnv,
): Promise<Policy> {
  if (settings.by === "identity") return settings;
  return { ...settings, key: await readPublicKey(settings.key, env) };
}

/** Who must have signed, in a word: the key's fingerprint, or the identity. */
export function signerOf(policy: Policy): string {
  if (policy.by === "key") return policy.key.fingerprint;
  const { identity } = policy;
  return "exactly" in identity ? identity.exactly : identity.matching;
}

/** Who must have signed, for a sentence. */
export function describePolicy(policy: Policy): string {
  if (policy.by === "key") return `the key ${policy.key.fingerprint}`;
  const { identity, issuer, repository } = policy;
  const whose = "exactly" in identity ? "" : "an identity that matches ";
  const within = repository === undefined ? "" : ` in a run of ${repository}`;
  return `${whose}${signerOf(policy)}${within} (${issuer})`;
}

/** The variable in which a public key travels to cosign: no file, nothing in argv but the name. */
const KEY_VARIABLE = "SLUICE_PUBLIC_KEY";

/** What cosign is told of the policy: arguments, and variables beside them. */
export function policyArgs(policy: Policy): { args: string[]; env: NodeJS.ProcessEnv } {
  const root = policy.trustedRoot === undefined ? [] : ["--trusted-root", policy.trustedRoot];
  if (policy.by === "key") {
    // The key is what is trusted; without this, cosign wants the log's keys even when no log is asked.
    const log = policy.transparencyLog ? [] : ["--insecure-ignore-tlog=true"];
    return {
      args: ["--key", `env://${KEY_VARIABLE}`, ...log, ...root],
      env: { [KEY_VARIABLE]: policy.key.pem },
    };
  }
  const { identity, issuer, repository } = policy;
  const whose =
    "exactly" in identity
      ? ["--certificate-identity", identity.exactly]
      : ["--certificate-identity-regexp", wholly(identity.matching)];
  const within =
    repository === undefined ? [] : ["--certificate-github-workflow-repository", repository];
  return { args: [...whose, "--certificate-oidc-issuer", issuer, ...within, ...root], env: {} };
}

/** Of `^a|b$` each half would match a part of anybody's name; cosign looks for a match anywhere. */
function wholly(pattern: string): string {
  return `^(?:${pattern})$`;
}
