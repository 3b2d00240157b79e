import { inlineText, type Log, type Summary } from "../../lib/action/action.ts";
import type { Environment, VerifySettings } from "../../lib/environment/environment.ts";
import { SluiceError } from "../../lib/error.ts";
import { findBundle } from "../../lib/signing/find-bundle.ts";
import { describePolicy, policyOf } from "../../lib/signing/policy.ts";
import { type VerifiedFile, verifyFile } from "../../lib/signing/verify.ts";
import { openShop } from "../../lib/tools/shop.ts";
import type { Digest } from "../../lib/units/digest.ts";

/** What is known of the signature when the release is placed. */
export type Verification = VerifiedFile | { mode: "off" };

export interface Question {
  archive: string;
  digest: Digest;
  /** What was downloaded together, where that was a folder. */
  folder: string | undefined;
  /** The one that the user named. */
  bundle: string | undefined;
}

interface Around {
  log: Log;
  env: NodeJS.ProcessEnv;
  signal: AbortSignal;
}

/** What the environment says about signatures; throws `invalid-environment` when it says nothing. */
export function mustDecide({ verify, name }: Environment, file: string): VerifySettings {
  if (verify !== undefined) return verify;
  throw new SluiceError(
    "invalid-environment",
    `${file}: verify: is missing, so nobody has said whose releases ${name} takes`,
    {
      hint: "write `verify: { key: sluice.pub }` with the public key in the repository, `verify: { identity: …, issuer: … }` for keyless signatures, or `verify: off` to deploy whatever is given; docs/signing.md has examples. Nothing was deployed",
    },
  );
}

/** Throws `unsigned` or `signature-invalid` unless the archive is signed as `settings` demand. */
export async function verification(
  settings: VerifySettings,
  question: Question,
  { log, env, signal }: Around,
): Promise<Verification> {
  if (settings.by === "nobody") {
    log.warning("verify: off in the environment file: whoever made this archive, it is deployed", {
      title: "deploy: signature not checked",
    });
    return { mode: "off" };
  }
  const { archive, digest, folder } = question;
  const policy = await policyOf(settings, env);
  const bundle = question.bundle ?? (await findBundle(archive, digest, folder));
  const shop = openShop({ env, signal, say: log.info });
  const verified = await verifyFile(archive, bundle, policy, { shop });
  if (verified.digest !== digest) {
    throw new SluiceError("digest-mismatch", `${archive} was changed while it was checked`);
  }
  log.info(`${archive} is signed by ${verified.by}, as verify: demands: ${describePolicy(policy)}`);
  return verified;
}

/** For the gate's reason. */
export function verificationWords(verification: Verification): string {
  return verification.mode === "off"
    ? "its signature was not checked (verify: off)"
    : `signed by ${verification.by}`;
}

export function summariseVerification(summary: Summary, verification: Verification): void {
  if (verification.mode === "off") {
    summary.markdown("**Its signature was not checked**: the environment file says `verify: off`.");
    return;
  }
  const { by, bundleDigest, logged } = verification;
  summary.table(
    ["Signed by", "Bundle", "Transparency log"],
    [[inlineText(by), `\`${bundleDigest}\``, logged ? "checked" : "not demanded"]],
  );
}
