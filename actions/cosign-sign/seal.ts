import { basename, join } from "node:path";
import { type Attested, attestFile } from "../../lib/signing/attest-file.ts";
import { attestImage } from "../../lib/signing/attest-image.ts";
import { attestationsOf, type Claim } from "../../lib/signing/attestation.ts";
import { bundleBeside } from "../../lib/signing/bundle.ts";
import { signImage } from "../../lib/signing/image.ts";
import { signImageApart } from "../../lib/signing/image-apart.ts";
import { type SignSettings, signFile } from "../../lib/signing/sign.ts";
import type { Digest } from "../../lib/units/digest.ts";
import type { Subject } from "./subject.ts";

/** A subject that carries a good signature, and all that was to be said of it. */
export interface Sealed {
  subject: Subject;
  alreadySigned: boolean;
  logged: boolean;
  /** Absolute; undefined where the registry holds it. */
  bundle: string | undefined;
  bundleDigest: Digest | undefined;
  attested: Attested[];
}

interface SealSettings extends SignSettings {
  /** Where the user wants the bundle. */
  bundle: string | undefined;
  /** Whether the registry holds what belongs to an image. */
  push: boolean;
  workspace: string;
}

/** Signs one subject, then says what is known of it: what is not signed is not to be spoken for. */
export async function seal(
  subject: Subject,
  claims: readonly Claim[],
  settings: SealSettings,
): Promise<Sealed> {
  if (subject.kind === "image" && settings.push) return sealInRegistry(subject, claims, settings);
  const beside = subject.kind === "file" ? subject.path : imageFile(subject, settings.workspace);
  const bundle = settings.bundle ?? bundleBeside(beside);
  const signed =
    subject.kind === "file"
      ? await signFile(subject.path, { ...settings, bundle, digest: subject.digest })
      : await signImageApart(subject.image, { ...settings, bundle });
  const attested: Attested[] = [];
  for (const attestation of attestationsOf(claims, subject)) {
    const own = bundleBeside(`${beside}.${attestation.kind}`);
    const { digest } = subject;
    attested.push(await attestFile(attestation, { ...settings, bundle: own, digest }));
  }
  const { alreadySigned, logged, bundleDigest } = signed;
  return { subject, alreadySigned, logged, bundle, bundleDigest, attested };
}

async function sealInRegistry(
  subject: Extract<Subject, { kind: "image" }>,
  claims: readonly Claim[],
  settings: SealSettings,
): Promise<Sealed> {
  const { alreadySigned, logged } = await signImage(subject.image, settings);
  const attested: Attested[] = [];
  for (const attestation of attestationsOf(claims, subject)) {
    attested.push(await attestImage(subject.image, attestation, settings));
  }
  return {
    subject,
    alreadySigned,
    logged,
    bundle: undefined,
    bundleDigest: undefined,
    attested,
  };
}

/** What an image's bundle is called where it has no file: `app-0123456789ab`. */
function imageFile({ name, digest }: Subject, workspace: string): string {
  return join(workspace, `${basename(name)}-${digest.slice(7, 19)}`);
}
