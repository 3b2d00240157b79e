import { mkdtemp, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { SluiceError } from "../error.ts";
import { canonicalJson } from "../evidence/canonical.ts";
import { digestOfFile } from "../evidence/digest.ts";
import type { Statement } from "../evidence/statement.ts";
import type { Shop } from "../tools/shop.ts";
import type { Digest } from "../units/digest.ts";
import type { Attestation, AttestationKind } from "./attestation.ts";
import { readStatement } from "./bundle.ts";
import { openCosign } from "./cosign.ts";
import { failureOf } from "./failure.ts";
import { patiently } from "./patience.ts";
import { describePolicy, type Policy, policyArgs } from "./policy.ts";
import { DEFAULT_PATIENCE_MS, type SignSettings } from "./sign.ts";

export interface Attested {
  kind: AttestationKind;
  predicateType: string;
  /** Where its bundle is; undefined when it is in a registry alone. */
  bundle: string | undefined;
  bundleDigest: Digest | undefined;
  /** The very same was attested before. */
  alreadyAttested: boolean;
}

/** Signs a statement about bytes and writes its bundle; checked as anybody else would before it is there. */
export async function attestFile(
  { kind, statement }: Attestation,
  settings: SignSettings & { bundle: string; digest: Digest },
): Promise<Attested> {
  const { bundle, digest, signer, shop, patienceMs = DEFAULT_PATIENCE_MS } = settings;
  const patience = { patienceMs, ...shop };
  const attested = async (alreadyAttested: boolean): Promise<Attested> => ({
    kind,
    predicateType: statement.predicateType,
    bundle,
    bundleDigest: await digestOfFile(bundle),
    alreadyAttested,
  });
  if (await isThere(bundle, digest, statement, signer.policy, shop)) return attested(true);
  const folder = await mkdtemp(join(tmpdir(), "sluice-attest-"));
  const partial = `${bundle}.${process.pid}.partial`;
  try {
    const file = join(folder, "statement.json");
    await writeFile(file, canonicalJson(statement));
    await patiently(() => attestOnce(file, partial, kind, signer), patience);
    const { predicateType } = statement;
    await patiently(
      () => verifyAttestation(partial, digest, predicateType, signer.policy, { shop }),
      patience,
    );
    await rename(partial, bundle);
  } finally {
    await rm(partial, { force: true });
    await rm(folder, { recursive: true, force: true });
  }
  return attested(false);
}

async function attestOnce(
  statement: string,
  bundle: string,
  kind: AttestationKind,
  { args, cosign, env }: SignSettings["signer"],
): Promise<void> {
  const ended = await cosign(
    ["attest-blob", "--yes", ...args, "--statement", statement, "--bundle", bundle],
    await env(),
  );
  if (ended.code === 0) return;
  throw failureOf(ended, {
    code: "signing-failed",
    message: `the ${kind} attestation was not signed`,
    hint: "nothing was written; see what cosign says",
    outage: {
      message: `the ${kind} attestation was not signed`,
      hint: "the artifact is signed, but not all that is known of it is: run the job again when the service answers",
    },
  });
}

/** Checks that the bundle is an attestation of `predicateType` about `digest`, signed as `policy` demands. */
export async function verifyAttestation(
  bundle: string,
  digest: Digest,
  predicateType: string,
  policy: Policy,
  { shop }: { shop: Shop },
): Promise<void> {
  const cosign = await openCosign(shop);
  const { args, env } = policyArgs(policy);
  const about = ["--digest", digest.slice("sha256:".length), "--digestAlg", "sha256"];
  const what = ["--type", predicateType, "--bundle", bundle];
  const ended = await cosign(["verify-blob-attestation", ...args, ...about, ...what], env);
  if (ended.code === 0) return;
  throw failureOf(ended, {
    code: "signature-invalid",
    message: `${bundle} is no ${predicateType} about ${digest} by ${describePolicy(policy)}`,
    hint: "take the attestation from the release that made it",
    outage: {
      message: `the attestation ${bundle} could not be checked`,
      hint: "nothing was accepted; try again when it answers",
    },
  });
}

async function isThere(
  bundle: string,
  digest: Digest,
  statement: Statement,
  policy: Policy,
  shop: Shop,
): Promise<boolean> {
  try {
    const found = await readStatement(bundle, bundle);
    if (canonicalJson(found) !== canonicalJson(statement)) return false;
    await verifyAttestation(bundle, digest, statement.predicateType, policy, { shop });
    return true;
  } catch (error) {
    if (error instanceof SluiceError && SAYS_NO.has(error.code)) return false;
    throw error;
  }
}

const SAYS_NO: ReadonlySet<string> = new Set(["unsigned", "signature-invalid"]);
