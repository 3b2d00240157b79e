import { SluiceError } from "../../lib/error.ts";
import { TOOLS } from "../../lib/tools/catalogue.ts";
import { ensure } from "../../lib/tools/ensure.ts";
import { lastWords, run } from "../../lib/tools/process.ts";
import type { Shop } from "../../lib/tools/shop.ts";

/** Throws `refused` unless `bundle` holds that signer's signature of `file`, by the cosign that is pinned already. */
export async function checkSignature(
  file: string,
  bundle: string,
  signer: { identity: string; issuer: string },
  shop: Shop,
): Promise<void> {
  const cosign = await ensure("cosign", TOOLS.cosign.version, shop);
  const args = [
    "verify-blob",
    ...["--bundle", bundle],
    ...["--certificate-identity", signer.identity],
    ...["--certificate-oidc-issuer", signer.issuer],
    file,
  ];
  const ended = await run(cosign.path, args, { env: shop.env, signal: shop.signal });
  if (ended.code === 0) return;
  const message = `the sums are not signed by ${signer.identity}: ${lastWords(ended)}`;
  const hint = "pin nothing of it; see whether the publisher tells of another signer";
  throw new SluiceError("refused", message, { hint });
}
