import { rename, rm } from "node:fs/promises";
import { SluiceError } from "../error.ts";
import type { Shop } from "../tools/shop.ts";
import type { Digest } from "../units/digest.ts";
import { failureOf } from "./failure.ts";
import { patiently } from "./patience.ts";
import type { Signer } from "./signer.ts";
import { type VerifiedFile, verifyFile } from "./verify.ts";

export interface SignSettings {
  signer: Signer;
  shop: Shop;
  /** How long an outage is waited out. */
  patienceMs?: number;
}

/** A signature that was made, or found, and checked as anybody else would. */
export interface Signed extends VerifiedFile {
  bundle: string;
  alreadySigned: boolean;
}

/** Long enough for a log that is being restarted, short enough for somebody who waits for a release. */
export const DEFAULT_PATIENCE_MS = 120_000;

/**
 * Signs `file` and writes the bundle. A good signature by the same signer that is already there is taken as it
 * is; whatever else is at that path is replaced, and only by a bundle that was checked. With `digest`, no signature
 * of other bytes is handed out, whoever puts them there meanwhile: throws `digest-mismatch`.
 */
export async function signFile(
  file: string,
  {
    signer,
    bundle,
    shop,
    digest,
    patienceMs = DEFAULT_PATIENCE_MS,
  }: SignSettings & { bundle: string; digest?: Digest },
): Promise<Signed> {
  const there = await existing(file, bundle, signer, shop);
  if (there !== undefined) {
    mustBeOf(digest, there, file);
    return { ...there, bundle, alreadySigned: true };
  }
  const partial = `${bundle}.${process.pid}.partial`;
  try {
    await patiently(() => signOnce(file, partial, signer), { patienceMs, ...shop });
    const verified = await patiently(() => verifyFile(file, partial, signer.policy, { shop }), {
      patienceMs,
      ...shop,
    });
    mustBeOf(digest, verified, file);
    await rename(partial, bundle);
    return { ...verified, bundle, alreadySigned: false };
  } finally {
    await rm(partial, { force: true });
  }
}

function mustBeOf(promised: Digest | undefined, { digest }: VerifiedFile, file: string): void {
  if (promised === undefined || promised === digest) return;
  throw new SluiceError(
    "digest-mismatch",
    `${file} became ${digest} while it was signed; ${promised} was to be signed`,
    { hint: "something that runs beside this step writes to it; no signature was kept" },
  );
}

async function existing(
  file: string,
  bundle: string,
  { policy }: Signer,
  shop: Shop,
): Promise<VerifiedFile | undefined> {
  try {
    return await verifyFile(file, bundle, policy, { shop });
  } catch (error) {
    if (!(error instanceof SluiceError)) throw error;
    if (error.code === "signature-invalid") shop.say(`${bundle} is replaced: ${error.message}`);
    else if (error.code !== "unsigned") throw error;
    return undefined;
  }
}

async function signOnce(file: string, bundle: string, signer: Signer): Promise<void> {
  const { args, cosign } = signer;
  const ended = await cosign(
    ["sign-blob", "--yes", ...args, "--bundle", bundle, file],
    await signer.env(),
  );
  if (ended.code === 0) return;
  throw failureOf(ended, {
    code: "signing-failed",
    message: `${file} was not signed`,
    hint: "nothing was written; see what cosign says",
    outage: {
      message: `${file} was not signed`,
      hint: `${file} is left behind without a signature: do not hand it on. Run the job again when the service answers: what is already signed is not signed twice. A job that never reaches it signs with a key and transparency-log: false`,
    },
  });
}
