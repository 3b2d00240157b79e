import { SluiceError } from "../error.ts";
import { digestOfFile } from "../evidence/digest.ts";
import type { Shop } from "../tools/shop.ts";
import type { Digest } from "../units/digest.ts";
import { type BundleFacts, readBundle } from "./bundle.ts";
import { type Cosign, openCosign } from "./cosign.ts";
import { failureOf } from "./failure.ts";
import { describePolicy, type Policy, policyArgs, signerOf } from "./policy.ts";

/** A signature that was checked and is good. */
export interface Verified {
  mode: Policy["by"];
  /** The key's fingerprint, or the identity. */
  by: string;
  /** Of what was signed. */
  digest: Digest;
  /** Whether the check included the transparency log. */
  logged: boolean;
}

export interface VerifiedFile extends Verified {
  /** Of the bundle's own bytes. */
  bundleDigest: Digest;
}

/** That `digest` is signed as `policy` demands. */
export function verifiedBy(policy: Policy, digest: Digest): Verified {
  const logged = policy.by === "identity" || policy.transparencyLog;
  return { mode: policy.by, by: signerOf(policy), digest, logged };
}

/**
 * Checks that `file`, byte for byte, was signed as `policy` demands, by the bundle at `bundle`. Throws `unsigned`
 * when there is no bundle, `signature-invalid` when it does not hold, `transparency-log-unavailable` when nobody
 * could tell.
 */
export async function verifyFile(
  file: string,
  bundle: string,
  policy: Policy,
  { shop }: { shop: Shop },
): Promise<VerifiedFile> {
  const facts = await readBundle(bundle, file);
  const digest = await digestOfFile(file);
  if (facts.digest !== undefined && facts.digest !== digest) {
    throw otherBytes(file, digest, bundle, facts.digest);
  }
  await check(file, bundle, policy, facts, await openCosign(shop));
  const verified = verifiedBy(policy, digest);
  // Of several identities that the policy accepts, the one that the certificate, now checked, names.
  const by = policy.by === "identity" ? (facts.identity ?? verified.by) : verified.by;
  return { ...verified, by, bundleDigest: await digestOfFile(bundle) };
}

async function check(
  file: string,
  bundle: string,
  policy: Policy,
  facts: BundleFacts,
  cosign: Cosign,
): Promise<void> {
  const { args, env } = policyArgs(policy);
  const ended = await cosign(["verify-blob", ...args, "--bundle", bundle, file], env);
  if (ended.code === 0) return;
  throw failureOf(ended, {
    code: "signature-invalid",
    message: `the signature of ${file} is not good: it must be by ${describePolicy(policy)}${signedBy(facts, policy)}`,
    hint: "take the artifact and its bundle from the release that signed them; if the signer has changed on purpose, change `verify` in the environment file",
    outage: {
      message: `the signature of ${file} could not be checked`,
      hint: "nothing was accepted; try again when it answers, or give a trusted root that needs no network",
    },
  });
}

/** Who signed instead, where the bundle tells. */
function signedBy({ keyHint, identity, logged }: BundleFacts, policy: Policy): string {
  const says = identity === undefined ? "" : ` of ${identity}`;
  if (policy.by === "identity") {
    return keyHint === undefined
      ? `, and this one is by a certificate${says}`
      : `, and this one is by a key, ${keyHint}`;
  }
  if (keyHint === undefined) return `, and this one is by a certificate${says}`;
  if (keyHint !== policy.key.fingerprint) return `, and this one says ${keyHint}`;
  if (policy.transparencyLog && !logged) return " and in the transparency log, which it is not";
  return "";
}

function otherBytes(file: string, is: Digest, bundle: string, signed: Digest): SluiceError {
  return new SluiceError(
    "signature-invalid",
    `${bundle} is the signature of other bytes: ${file} is ${is}, signed was ${signed}`,
    {
      hint: "the file was changed after it was signed, or the bundle is that of another file; take both from the same release",
    },
  );
}
