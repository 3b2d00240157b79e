import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { z } from "zod";
import { canonicalJson } from "../evidence/canonical.ts";
import { Statement } from "../evidence/statement.ts";
import type { Ended } from "../tools/process.ts";
import type { Attested } from "./attest-file.ts";
import type { Attestation, AttestationKind } from "./attestation.ts";
import { failureOf } from "./failure.ts";
import { patiently } from "./patience.ts";
import { describePolicy, policyArgs } from "./policy.ts";
import { type ImageReference, referenceText } from "./reference.ts";
import { registryFaultIn } from "./registry.ts";
import { DEFAULT_PATIENCE_MS, type SignSettings } from "./sign.ts";
import type { Signer } from "./signer.ts";

/** What `cosign verify-attestation` prints for each that it found good: an envelope on a line of its own. */
const Envelope = z.object({ payload: z.base64() });

/** Attaches a statement to an image in its registry, once, and reads it back. */
export async function attestImage(
  image: ImageReference,
  { kind, statement }: Attestation,
  { signer, shop, patienceMs = DEFAULT_PATIENCE_MS }: SignSettings,
): Promise<Attested> {
  const reference = referenceText(image);
  const patience = { patienceMs, ...shop };
  const { predicateType } = statement;
  const attested = { kind, predicateType, bundle: undefined, bundleDigest: undefined };
  const isThere = async () => holds(await ask(reference, predicateType, signer), statement);
  if (await isThere()) return { ...attested, alreadyAttested: true };
  const folder = await mkdtemp(join(tmpdir(), "sluice-attest-"));
  try {
    // Of an image, cosign 3.1 takes only a predicate: the statement around it is its own.
    const file = join(folder, "predicate.json");
    await writeFile(file, canonicalJson(statement.predicate));
    await patiently(() => attestOnce(reference, file, kind, predicateType, signer), patience);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  const ended = await ask(reference, predicateType, signer);
  if (holds(ended, statement)) return { ...attested, alreadyAttested: false };
  const missing = `the ${kind} attestation of ${reference} is not there after it was attached`;
  throw failureOf(ended, words(missing, describePolicy(signer.policy), ended));
}

async function attestOnce(
  reference: string,
  predicate: string,
  kind: AttestationKind,
  predicateType: string,
  { args, cosign, env }: Signer,
): Promise<void> {
  const what = ["--type", predicateType, "--predicate", predicate];
  const ended = await cosign(["attest", "--yes", ...args, ...what, reference], await env());
  if (ended.code === 0) return;
  const message = `the ${kind} attestation of ${reference} was not attached`;
  throw failureOf(ended, words(message, "see what cosign says", ended));
}

function ask(reference: string, predicateType: string, { policy, cosign }: Signer): Promise<Ended> {
  const { args, env } = policyArgs(policy);
  return cosign(["verify-attestation", ...args, "--type", predicateType, reference], env);
}

/** Whether one of those that are good says what `statement` says; its subject cosign has compared. */
function holds({ code, stdout }: Ended, { predicateType, predicate }: Statement): boolean {
  if (code !== 0) return false;
  const wanted = canonicalJson({ predicateType, predicate });
  return stdout.split("\n").some((line) => saidIn(line) === wanted);
}

const Said = Statement.pick({ predicateType: true, predicate: true });

function saidIn(line: string): string | undefined {
  try {
    const { payload } = Envelope.parse(JSON.parse(line));
    const text = Buffer.from(payload, "base64").toString("utf8");
    return canonicalJson(Said.parse(JSON.parse(text)));
  } catch {
    return undefined;
  }
}

function words(message: string, hint: string, { stderr }: Ended) {
  const fault = registryFaultIn(stderr);
  const outageHint =
    "the image is signed, but not all that is known of it is: run the job again when the service answers";
  return {
    code: fault?.code ?? ("signing-failed" as const),
    message,
    hint: fault?.hint ?? hint,
    outage: { message, hint: outageHint },
  };
}
