import { z } from "zod";
import { SluiceError } from "../error.ts";
import type { Ended } from "../tools/process.ts";
import type { Shop } from "../tools/shop.ts";
import { type Cosign, openCosign } from "./cosign.ts";
import { failureOf } from "./failure.ts";
import { patiently } from "./patience.ts";
import { describePolicy, type Policy, policyArgs } from "./policy.ts";
import { type ImageReference, referenceText } from "./reference.ts";
import { registryFaultIn } from "./registry.ts";
import { DEFAULT_PATIENCE_MS, type SignSettings } from "./sign.ts";
import { type Verified, verifiedBy } from "./verify.ts";

export interface SignedImage extends Verified {
  reference: string;
  alreadySigned: boolean;
}

/** cosign's exit code for an image that carries nothing at all. */
const NOTHING_FOUND = 10;

/** What `cosign verify` tells of each thing it found good. */
const Found = z.array(z.object({ critical: z.object({ type: z.string() }) }));
/** An attestation by the same key is good for `cosign verify` too; these alone are signatures. */
const SIGNATURE_TYPES = new Set([
  "https://sigstore.dev/cosign/sign/v1",
  "cosign container image signature",
]);

/**
 * Checks that an image was signed as `policy` demands. Throws `unsigned`, `signature-invalid`, or that the
 * registry or the log could not be asked.
 */
export async function verifyImage(
  image: ImageReference,
  policy: Policy,
  { shop }: { shop: Shop },
): Promise<Verified> {
  const reference = referenceText(image);
  const ended = await askRegistry(await openCosign(shop), reference, policy);
  if (ended.code === 0 && holdsSignature(ended.stdout)) return verifiedBy(policy, image.digest);
  if (ended.code === 0 || ended.code === NOTHING_FOUND) {
    throw new SluiceError("unsigned", `${reference} has no signature`, {
      hint: "sign it with the cosign-sign action; attestations are no signature",
    });
  }
  const fault = registryFaultIn(ended.stderr);
  throw failureOf(ended, {
    code: fault?.code ?? "signature-invalid",
    message: fault
      ? `the signature of ${reference} could not be read`
      : `${reference} is not signed by ${describePolicy(policy)}`,
    hint: fault?.hint ?? "take the image from the release that signed it",
    outage: {
      message: `the signature of ${reference} could not be checked`,
      hint: "nothing was accepted; try again when it answers",
    },
  });
}

function askRegistry(cosign: Cosign, reference: string, policy: Policy): Promise<Ended> {
  const { args, env } = policyArgs(policy);
  return cosign(["verify", ...args, "--output", "json", reference], env);
}

function holdsSignature(stdout: string): boolean {
  try {
    const found = Found.parse(JSON.parse(stdout));
    return found.some(({ critical }) => SIGNATURE_TYPES.has(critical.type));
  } catch {
    return false;
  }
}

/** Signs an image where it is, once: a good signature by the same signer that is there already is enough. */
export async function signImage(
  image: ImageReference,
  { signer, shop, patienceMs = DEFAULT_PATIENCE_MS }: SignSettings,
): Promise<SignedImage> {
  const reference = referenceText(image);
  const patience = { patienceMs, ...shop };
  const check = () => patiently(() => verifyImage(image, signer.policy, { shop }), patience);
  const there = await check().catch(unlessUnsigned);
  if (there !== undefined) return { ...there, reference, alreadySigned: true };
  const ended = await patiently(() => signOnce(reference, signer), patience);
  if (ended.code === 0) return { ...(await check()), reference, alreadySigned: false };
  // Two jobs may sign at once: whoever comes second is refused, and finds what it wanted.
  const meanwhile = await check().catch(unlessUnsigned);
  if (meanwhile !== undefined) return { ...meanwhile, reference, alreadySigned: true };
  throw notSigned(reference, ended);
}

function unlessUnsigned(error: unknown): undefined {
  const isNo =
    error instanceof SluiceError &&
    (error.code === "unsigned" || error.code === "signature-invalid");
  if (!isNo) throw error;
}

/** Throws only for an outage, which is worth another attempt. */
async function signOnce(
  reference: string,
  { args, cosign, env }: SignSettings["signer"],
): Promise<Ended> {
  const ended = await cosign(["sign", "--yes", ...args, reference], await env());
  if (ended.code === 0) return ended;
  const error = notSigned(reference, ended);
  if (error.code === "transparency-log-unavailable") throw error;
  return ended;
}

function notSigned(reference: string, ended: Ended): SluiceError {
  const fault = registryFaultIn(ended.stderr);
  const leftBehind = `${reference} is left behind in the registry without a signature`;
  return failureOf(ended, {
    code: fault?.code ?? "signing-failed",
    message: `${reference} was not signed`,
    hint: fault?.hint ?? `${leftBehind}; see what cosign says`,
    outage: {
      message: `${reference} was not signed`,
      hint: `${leftBehind}: do not deploy it. Run the job again when the service answers; what is already signed is not signed twice`,
    },
  });
}
