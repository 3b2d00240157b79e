import { X509Certificate } from "node:crypto";
import { open } from "node:fs/promises";
import { z } from "zod";
import { SluiceError } from "../error.ts";
import { type Digest, parseDigest } from "../units/digest.ts";

/** Where a file's bundle is unless somebody says otherwise; the name that cosign's users expect. */
export function bundleBeside(file: string): string {
  return `${file}.sigstore.json`;
}

/** An attestation carries an SBOM at most; nothing larger is read. */
const MAX_BUNDLE_BYTES = 32 * 1024 * 1024;

/** The part of a Sigstore bundle that is looked at here; cosign checks the rest. */
const Bundle = z.object({
  mediaType: z.string().regex(/^application\/vnd\.dev\.sigstore\.bundle/),
  verificationMaterial: z.object({
    publicKey: z.object({ hint: z.string() }).optional(),
    certificate: z.object({ rawBytes: z.base64() }).optional(),
    tlogEntries: z.array(z.unknown()).optional(),
  }),
  messageSignature: z
    .object({ messageDigest: z.object({ algorithm: z.string(), digest: z.base64() }) })
    .optional(),
  dsseEnvelope: z.object({ payload: z.base64(), payloadType: z.string() }).optional(),
});

export interface BundleFacts {
  /** What it is about, as it says itself: nothing that may be trusted, only told. */
  digest: Digest | undefined;
  /** The fingerprint of the key, where it was one. */
  keyHint: Digest | undefined;
  /** Whom the certificate names, where it was one. */
  identity: string | undefined;
  /** Whether an entry of a transparency log came with it. */
  logged: boolean;
}

/**
 * What the bundle of a signature says of itself. Throws `unsigned` when there is none, and `signature-invalid`
 * when it is no bundle, or that of an attestation: cosign would take an attestation for a signature, and one by
 * the same key may well say that the file did *not* pass.
 */
export async function readBundle(bundle: string, file: string): Promise<BundleFacts> {
  const { messageSignature, verificationMaterial } = await parseBundle(bundle, file);
  if (messageSignature === undefined) {
    throw new SluiceError("signature-invalid", `${bundle} is an attestation, not a signature`, {
      hint: `give the bundle that signing ${file} wrote: ${bundleBeside(file)}`,
    });
  }
  const { algorithm, digest } = messageSignature.messageDigest;
  const { publicKey, certificate, tlogEntries = [] } = verificationMaterial;
  return {
    digest: algorithm === "SHA2_256" ? digestOfBase64(digest) : undefined,
    keyHint: publicKey && digestOfBase64(publicKey.hint),
    identity: certificate && identityIn(certificate.rawBytes),
    logged: tlogEntries.length > 0,
  };
}

/** The statement that an attestation's bundle carries, not yet checked by anybody. */
export async function readStatement(bundle: string, file: string): Promise<unknown> {
  const { dsseEnvelope } = await parseBundle(bundle, file);
  if (dsseEnvelope === undefined) {
    throw new SluiceError("signature-invalid", `${bundle} is a signature, not an attestation`);
  }
  return parseJson(Buffer.from(dsseEnvelope.payload, "base64").toString("utf8"), bundle);
}

async function parseBundle(bundle: string, file: string): Promise<z.output<typeof Bundle>> {
  const read = Bundle.safeParse(parseJson(await textOf(bundle, file), bundle));
  if (read.success) return read.data;
  throw noBundle(bundle, read.error);
}

async function textOf(bundle: string, file: string): Promise<string> {
  const handle = await open(bundle).catch((cause: NodeJS.ErrnoException) => {
    const code = cause.code === "ENOENT" ? "unsigned" : "signature-invalid";
    throw new SluiceError(code, `${file} has no signature: ${bundle} cannot be read`, {
      hint: "sign it with the cosign-sign action, and let the bundle travel with it",
      cause,
    });
  });
  await using opened = handle;
  const { size } = await opened.stat();
  if (size > MAX_BUNDLE_BYTES) throw noBundle(bundle, `it has ${size} bytes`);
  return opened.readFile("utf8").catch((cause: unknown) => {
    throw noBundle(bundle, cause);
  });
}

function parseJson(text: string, bundle: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw noBundle(bundle, cause);
  }
}

function noBundle(bundle: string, cause: unknown): SluiceError {
  return new SluiceError("signature-invalid", `${bundle} is no Sigstore bundle, or only a part`, {
    hint: "sign again with cosign 3, which writes bundles, or fetch the bundle again",
    cause,
  });
}

function digestOfBase64(text: string): Digest | undefined {
  return parseDigest(Buffer.from(text, "base64").toString("hex"));
}

/** Fulcio's certificates name one subject; Node quotes one that could be misread, and then it is not told. */
function identityIn(certificate: string): string | undefined {
  try {
    const { subjectAltName } = new X509Certificate(Buffer.from(certificate, "base64"));
    return /^(?:URI|email):([^\s,"]+)$/.exec(subjectAltName ?? "")?.[1];
  } catch {
    return undefined;
  }
}
