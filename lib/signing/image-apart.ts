import { rename, rm } from "node:fs/promises";
import { SluiceError } from "../error.ts";
import { digestOfFile } from "../evidence/digest.ts";
import { verifyAttestation } from "./attest-file.ts";
import { failureOf } from "./failure.ts";
import { patiently } from "./patience.ts";
import { type ImageReference, referenceText } from "./reference.ts";
import { registryFaultIn } from "./registry.ts";
import { DEFAULT_PATIENCE_MS, type Signed, type SignSettings } from "./sign.ts";
import { verifiedBy } from "./verify.ts";

/** An image's signature is a statement with nothing in it but the image. */
const SIGNATURE_TYPE = "https://sigstore.dev/cosign/sign/v1";

/** Signs an image without writing to its registry: the signature is the bundle alone, and travels on its own. */
export async function signImageApart(
  image: ImageReference,
  { bundle, signer, shop, patienceMs = DEFAULT_PATIENCE_MS }: SignSettings & { bundle: string },
): Promise<Signed> {
  const check = (path: string) =>
    verifyAttestation(path, image.digest, SIGNATURE_TYPE, signer.policy, { shop });
  const signed = async (alreadySigned: boolean) => ({
    ...verifiedBy(signer.policy, image.digest),
    bundle,
    bundleDigest: await digestOfFile(bundle),
    alreadySigned,
  });
  const isThere = await check(bundle).then(
    () => true,
    (error: unknown) => {
      if (error instanceof SluiceError && error.code === "signature-invalid") return false;
      throw error;
    },
  );
  if (isThere) return signed(true);
  const partial = `${bundle}.${process.pid}.partial`;
  try {
    await patiently(() => signOnce(image, partial, signer), { patienceMs, ...shop });
    await patiently(() => check(partial), { patienceMs, ...shop });
    await rename(partial, bundle);
  } finally {
    await rm(partial, { force: true });
  }
  return signed(false);
}

async function signOnce(
  image: ImageReference,
  bundle: string,
  { args, cosign, env }: SignSettings["signer"],
): Promise<void> {
  const reference = referenceText(image);
  const apart = ["--upload=false", "--bundle", bundle];
  const ended = await cosign(["sign", "--yes", ...args, ...apart, reference], await env());
  if (ended.code === 0) return;
  const fault = registryFaultIn(ended.stderr);
  throw failureOf(ended, {
    code: fault?.code ?? "signing-failed",
    message: `${reference} was not signed`,
    hint: fault?.hint ?? "nothing was written; see what cosign says",
    outage: {
      message: `${reference} was not signed`,
      hint: "the image has no signature: do not deploy it. Run the job again when the service answers",
    },
  });
}
